package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.meter.ModuleBuilder;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A guest that never ends stops when its fuel is gone, and nothing that it does helps it. */
@Timeout(30)
class OutOfFuelTest {
    /** Function 0 is {@code run}. */
    private static ModuleBuilder running(String body) {
        ModuleBuilder module = new ModuleBuilder().memory(1);
        module.tag("");
        module.export("run", module.function("", "", "i", body));
        module.table('r', 1);
        return module.elements(0, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "loop - br 0 end",
        "loop - i32.const 1 br_if 0 end",
        "loop - i32.const 0 br_table [ 0 ] 0 end",
        "loop - loop - br 1 end end",
        "loop - i32.const 0 i32.const 7 i32.const 60000 memory.fill br 0 end",
        "loop - local.get 0 i32.const 1 memory.grow i32.add local.set 0 br 0 end",
        "loop - block - try_table - [ catch_all 0 ] throw 0 end end br 0 end",
        "loop - block - try_table - [ catch_all 0 ] loop - br 0 end end end br 0 end",
        "loop - i32.const 0 i32.const 1 i32.store 0 br 0 end"
    })
    void endlessBodiesStopWithExactlyTheirFuelUsed(String body) {
        Random random = new Random(7);
        for (int i = 0; i < 6; i++) {
            long fuel = random.nextInt(1 << (4 * i + 3));
            for (EngineKind engine : EngineKind.values()) {
                GuestInstance guest = Guests.start(running(body), engine);

                assertThat(Guests.call(guest, fuel, "run"))
                        .as("%s with %s", engine, fuel)
                        .isEqualTo(
                                "OUT_OF_FUEL used all of its %1$s units of fuel fuel %1$s", fuel);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"call 0", "i32.const 0 call_indirect 0 0", "call 0 call 0"})
    void recursionEndsAtWhicheverLimitComesFirst(String body) {
        for (EngineKind engine : EngineKind.values()) {
            GuestInstance guest = Guests.start(running(body), engine);

            assertThat(Guests.call(guest, 500, "run"))
                    .isEqualTo("OUT_OF_FUEL used all of its 500 units of fuel fuel 500");
            assertThat(Guests.call(guest, 1_000_000, "run"))
                    .startsWith("CALL_DEPTH_EXCEEDED nested its calls deeper than 16384 fuel ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void startFunctionPaysToo(EngineKind engine) {
        ModuleBuilder module = running("loop - br 0 end").start(0);
        GuestInstance guest =
                Guests.compile(module.valid(), engine).instantiate(List.of(), GuestLimits.GENEROUS);
        guest.begin(CallBudget.ofFuel(12_345));

        assertThatThrownBy(guest::initialize)
                .hasMessage(
                        "CRD-501 [test] used all of its 12345 units of fuel\n"
                                + "  help: raise the fuel limit, or find the loop that burns it");
        assertThat(guest.fuelUsed()).isEqualTo(12_345);
    }

    @ParameterizedTest
    @EnumSource
    void noHandlerSeesIt(EngineKind engine) {
        String swallow =
                "loop - block - try_table - [ catch_all 0 ] call 0 end"
                        + " i32.const 0 i32.const 1 i32.store 0 end br 0 end";
        ModuleBuilder module = new ModuleBuilder().memory(1);
        module.function("", "", "", "loop - br 0 end");
        module.export("run", module.function("", "", "", swallow));
        GuestInstance guest = Guests.start(module, engine);

        assertThat(Guests.call(guest, 100_000, "run"))
                .isEqualTo("OUT_OF_FUEL used all of its 100000 units of fuel fuel 100000");
        assertThat(guest.memory().readInt(0)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void leafThatOverspendsIsStoppedWhenItReturns(EngineKind engine) {
        ModuleBuilder module = ModuleBuilder.running("", "i", "nop nop nop i32.const 7");
        GuestInstance guest = Guests.start(module, engine);

        assertThat(Guests.call(guest, 5, "run")).isEqualTo("[7] fuel 5");
        assertThat(Guests.call(guest, 4, "run"))
                .isEqualTo("OUT_OF_FUEL used all of its 4 units of fuel fuel 4");
        assertThat(Guests.call(guest, 0, "run"))
                .isEqualTo("OUT_OF_FUEL used all of its 0 units of fuel fuel 0");
    }

    @Test
    void fuelBeyondOneSliceIsCountedExactly() {
        String count = "loop - local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end";
        ModuleBuilder module = ModuleBuilder.running("i", "", count);
        GuestInstance guest = Guests.start(module, EngineKind.COMPILED);
        long rounds = 500_000_000;

        assertThat(Guests.call(guest, Long.MAX_VALUE, "run", rounds))
                .isEqualTo("[] fuel " + (2 + 5 * rounds));
        assertThat(Guests.call(guest, 2 + 5 * rounds - 1, "run", rounds)).startsWith("OUT_OF_FUEL");
    }
}
