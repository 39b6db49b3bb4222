package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.meter.ModuleBuilder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What small bodies cost, to the unit; the numbers are data. */
class FuelCostsTest {
    private static final HostFunction HOST =
            new HostFunction(
                    "host",
                    "id",
                    FunctionType.of(List.of(ValType.I32), List.of(ValType.I32)),
                    (instance, args) -> args);

    /**
     * Function 0 is the host's {@code (i32) -> i32}; 1 does nothing; 2 throws tag 0; 3 calls itself
     * as often as its argument says; 4 has seventeen locals. Table 0 holds function 1, type 0 is
     * the host's.
     */
    private static ModuleBuilder around(String locals, String body) {
        ModuleBuilder module = new ModuleBuilder();
        module.imported("host", "id", "i", "i");
        int tag = module.tag("");
        int nothing = module.function("", "", "", "");
        module.function("", "", "", "throw " + tag);
        module.function("i", "", "", "local.get 0 if - local.get 0 i32.const 1 i32.sub call 3 end");
        module.function("", "", "i".repeat(17), "");
        module.memory(1, 100);
        module.table('r', 10, 1_000);
        module.elements(0, nothing).passiveElements(nothing, nothing);
        module.passiveData(new byte[100]);
        module.global('i', "i32.const 0");
        return module.export("run", module.function("", "", locals.trim(), body));
    }

    @ParameterizedTest(name = "{3}: {2} costs {0}")
    @CsvFileSource(resources = "/fuel-costs.csv", numLinesToSkip = 1, delimiter = ';')
    void bodyCosts(long units, String locals, String body, String why) {
        for (EngineKind engine : EngineKind.values()) {
            ModuleBuilder module = around(locals == null ? "" : locals, body == null ? "" : body);
            GuestInstance guest = Guests.start(module, engine, HOST);

            assertThat(Guests.call(guest, 1_000_000, "run"))
                    .as("%s: %s", why, engine)
                    .isEqualTo("[] fuel " + units);
            assertThat(Guests.call(guest, units, "run"))
                    .as("%s: just enough in %s", why, engine)
                    .startsWith("[]");
        }
    }

    @ParameterizedTest(name = "{3}: {2} stops at {0}")
    @CsvFileSource(resources = "/fuel-costs.csv", numLinesToSkip = 1, delimiter = ';')
    void oneUnitLessIsNotEnough(long units, String locals, String body, String why) {
        for (EngineKind engine : EngineKind.values()) {
            ModuleBuilder module = around(locals == null ? "" : locals, body == null ? "" : body);
            GuestInstance guest = Guests.start(module, engine, HOST);
            long less = units - 1;

            assertThat(Guests.call(guest, less, "run"))
                    .as("%s: %s", why, engine)
                    .isEqualTo(
                            "OUT_OF_FUEL used all of its " + less + " units of fuel fuel " + less);
        }
    }
}
