package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.types.FunctionType;
import dev.cordon.meter.ModuleBuilder;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Instances of one module share nothing, and a host's failure leaves an instance usable. */
class IsolationTest {
    private static ModuleBuilder everything() {
        ModuleBuilder module = new ModuleBuilder().memory(1);
        module.table('r', 2, 100);
        module.global('i', "i32.const 5");
        module.passiveData((byte) 1, (byte) 2, (byte) 3, (byte) 4);
        String change =
                "i32.const 9 global.set 0 i32.const 0 i32.const 77 i32.store 0"
                        + " i32.const 2 memory.grow drop ref.null r i32.const 50 table.grow 0 drop"
                        + " i32.const 0 ref.func 1 table.set 0 data.drop 0 elem.drop 0";
        String look =
                "global.get 0 i32.const 0 i32.load 0 memory.size table.size 0"
                        + " i32.const 0 table.get 0 ref.is_null";
        module.export("change", module.function("", "", "", change));
        module.export("look", module.function("", "iiiii", "", look));
        String use =
                "i32.const 0 i32.const 0 i32.const 4 memory.init 0"
                        + " i32.const 0 i32.const 0 i32.const 1 table.init 0 0";
        module.export("use", module.function("", "", "", use));
        return module.passiveElements(1);
    }

    @ParameterizedTest
    @EnumSource
    void instancesOfOneModuleShareNothing(EngineKind engine) {
        CompiledModule module = Guests.compile(everything().valid(), engine);
        GuestInstance changed = Guests.start(module, GuestLimits.GENEROUS);
        GuestInstance before = Guests.start(module, GuestLimits.GENEROUS);

        assertThat(Guests.call(changed, 100_000, "change")).startsWith("[]");
        GuestInstance after = Guests.start(module, GuestLimits.GENEROUS);

        assertThat(Guests.call(changed, 100, "look")).startsWith("[9, 77, 3, 52, 0]");
        assertThat(Guests.call(before, 100, "look")).startsWith("[5, 0, 1, 2, 1]");
        assertThat(Guests.call(after, 100, "look")).startsWith("[5, 0, 1, 2, 1]");
        assertThat(Guests.call(changed, 100, "use")).startsWith("TRAP out of bounds memory access");
        assertThat(Guests.call(before, 100, "use")).startsWith("[]");
        assertThat(Guests.call(after, 100, "use")).startsWith("[]");
    }

    private static ModuleBuilder calling() {
        ModuleBuilder module = new ModuleBuilder().memory(1);
        module.imported("host", "act", "", "");
        String caught =
                "block - try_table - [ catch_all 0 ] call 0 end end"
                        + " i32.const 0 i32.const 1 i32.store 0";
        module.export("run", module.function("", "", "", caught));
        return module.export("fine", module.function("", "i", "", "i32.const 3"));
    }

    private static HostFunction act(Runnable action) {
        return new HostFunction(
                "host",
                "act",
                FunctionType.of(List.of(), List.of()),
                (instance, args) -> {
                    action.run();
                    return null;
                });
    }

    /** What a host function throws to end a run. */
    private static final class Leave extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @EnumSource
    void whatAHostFunctionThrowsPassesThroughTheGuest(EngineKind engine) {
        Leave leave = new Leave();
        HostFunction throwing =
                act(
                        () -> {
                            throw leave;
                        });
        GuestInstance guest = Guests.start(calling(), engine, throwing);
        guest.begin(CallBudget.ofFuel(1_000));

        assertThatThrownBy(() -> guest.invoke("run")).isSameAs(leave);
        // entry, block, try_table, call 3, the host's 20, and what was to come after the block
        assertThat(guest.fuelUsed()).isEqualTo(29);
        assertThat(guest.memory().readInt(0)).isZero();
        assertThat(Guests.call(guest, 1_000, "fine")).isEqualTo("[3] fuel 2");
    }

    @ParameterizedTest
    @EnumSource
    void hostFunctionPaysFromTheSameTank(EngineKind engine) {
        GuestInstance[] guest = new GuestInstance[1];
        guest[0] = Guests.start(calling(), engine, act(() -> guest[0].charge(500)));

        assertThat(Guests.call(guest[0], 1_000, "run")).isEqualTo("[] fuel 529");
        assertThat(Guests.call(guest[0], 529, "run")).isEqualTo("[] fuel 529");
        assertThat(Guests.call(guest[0], 525, "run"))
                .isEqualTo("OUT_OF_FUEL used all of its 525 units of fuel fuel 525");
    }

    @ParameterizedTest
    @EnumSource
    void hostFunctionThatSwallowsTheEndDoesNotSaveTheGuest(EngineKind engine) {
        GuestInstance[] guest = new GuestInstance[1];
        HostFunction swallowing =
                act(
                        () ->
                                assertThatThrownBy(() -> guest[0].charge(5_000))
                                        .hasMessageStartingWith("CRD-501"));
        guest[0] = Guests.start(calling(), engine, swallowing);

        assertThat(Guests.call(guest[0], 1_000, "run"))
                .isEqualTo("OUT_OF_FUEL used all of its 1000 units of fuel fuel 1000");
    }
}
