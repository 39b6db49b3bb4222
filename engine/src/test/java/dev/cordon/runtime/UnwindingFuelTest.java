package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.meter.ModuleBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Work that is done while deep calls return has no loop head and no entry to be seen at; its sum
 * must neither go unseen nor overflow the slice.
 */
@Timeout(60)
class UnwindingFuelTest {
    private static final int LEAF_CALLS = 20_000;
    private static final int DEPTH = 4_000;

    /** Calls itself n times, and each time, on the way back, an inexpensive function very often. */
    private static ModuleBuilder module() {
        ModuleBuilder module = new ModuleBuilder();
        int leaf = module.function("", "", "", "nop ".repeat(60));
        String deeper = "local.get 0 if - local.get 0 i32.const 1 i32.sub call 1 end ";
        String back =
                "local.get 0 i32.const 0 i32.ge_s if - "
                        + ("call " + leaf + " ").repeat(LEAF_CALLS)
                        + "end";
        int run = module.function("i", "", "", deeper + back);
        return module.export("run", run);
    }

    @Test
    void workOnTheWayBackIsStoppedAtTheLimit() {
        for (EngineKind engine : EngineKind.values()) {
            GuestInstance guest = Guests.start(module(), engine);

            assertThat(Guests.call(guest, 3_000_000, "run", DEPTH))
                    .as(engine.name())
                    .isEqualTo("OUT_OF_FUEL used all of its 3000000 units of fuel fuel 3000000");
        }
    }

    @Test
    void workOnTheWayBackIsCountedBeyondWhatAnIntHolds() {
        GuestInstance guest = Guests.start(module(), EngineKind.COMPILED);

        guest.begin(CallBudget.ofFuel(CallBudget.UNLIMITED));
        guest.invoke("run", DEPTH);

        assertThat(guest.fuelUsed()).isGreaterThan((long) DEPTH * LEAF_CALLS * 60);
        assertThat(guest.fuelUsed()).isLessThan((long) DEPTH * LEAF_CALLS * 70);
    }
}
