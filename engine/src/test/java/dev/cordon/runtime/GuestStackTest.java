package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.error.GuestTrapException;
import dev.cordon.meter.ModuleBuilder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A trap says which functions it left, whoever ran them. */
class GuestStackTest {
    private static GuestTrapException trap(GuestInstance guest, String export) {
        guest.begin(CallBudget.ofFuel(CallBudget.UNLIMITED));
        return catchThrowableOfType(GuestTrapException.class, () -> guest.invoke(export));
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void innermostFunctionComesFirst(EngineKind engine) {
        ModuleBuilder module = new ModuleBuilder();
        int inner = module.function("", "", "", "unreachable");
        int middle = module.function("", "", "", "call " + inner);
        int outer = module.function("", "", "", "call " + middle);
        GuestInstance guest =
                Guests.start(module.export("run", outer).export("inner", inner), engine);

        assertThat(trap(guest, "run").guestStack()).hasSize(3);
        assertThat(trap(guest, "run").guestStack())
                .as("nothing is left of the trap before")
                .isEqualTo(trap(guest, "run").guestStack())
                .startsWith(trap(guest, "inner").guestStack().get(0));
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void deepStackIsCut(EngineKind engine) {
        ModuleBuilder module = new ModuleBuilder();
        String body = "local.get 0 i32.eqz if - unreachable end local.get 0 i32.const 1 i32.sub";
        int down = module.function("i", "", "", body + " call 0");
        int run = module.function("", "", "", "i32.const 100 call " + down);
        GuestInstance guest = Guests.start(module.export("run", run), engine);

        assertThat(trap(guest, "run").guestStack()).hasSize(TrappedFunctions.MAX_FRAMES);
    }
}
