package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.QuotaExceededException;
import dev.cordon.meter.ModuleBuilder;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** No unit of fuel is lost or won, whatever the slices are. */
class FuelTankTest {
    private static GuestInstance guest(long fuel) {
        GuestInstance guest =
                Guests.start(ModuleBuilder.running("", "", ""), EngineKind.INTERPRETER);
        guest.begin(CallBudget.ofFuel(fuel));
        return guest;
    }

    @Property(tries = 300)
    void chargesAddUpUntilTheTankIsEmpty(
            @ForAll @LongRange(max = 1L << 40) long fuel, @ForAll long seed) {
        GuestInstance guest = guest(fuel);
        Random random = new Random(seed);
        long used = 0;
        while (true) {
            long units = random.nextLong(1L << random.nextInt(1, 40));
            if (used + units > fuel) {
                assertThatThrownBy(() -> guest.charge(units))
                        .isInstanceOf(QuotaExceededException.class)
                        .hasMessageStartingWith("CRD-501 [test] used all of its " + fuel + " unit");
                break;
            }
            guest.charge(units);
            used += units;
            assertThat(guest.fuelUsed()).isEqualTo(used);
        }
        assertThat(guest.fuelUsed()).isEqualTo(fuel);
    }

    @Test
    void emptyTankStaysEmpty() {
        GuestInstance guest = guest(100);
        guest.charge(100);
        guest.charge(0);

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> guest.charge(1)).hasMessageStartingWith("CRD-501");
            assertThat(guest.fuelUsed()).isEqualTo(100);
        }
    }

    @Test
    void unlimitedFuelIsStillCounted() {
        GuestInstance guest = guest(CallBudget.UNLIMITED);
        guest.charge(1L << 50);
        guest.charge(3);

        assertThat(guest.fuelUsed()).isEqualTo((1L << 50) + 3);
    }

    @Test
    void nextCallStartsWithAFullTank() {
        GuestInstance guest = guest(100);
        guest.charge(70);
        guest.begin(CallBudget.ofFuel(100));

        assertThat(guest.fuelUsed()).isZero();
        guest.charge(100);
        assertThat(guest.fuelUsed()).isEqualTo(100);
    }

    @Test
    void checkpointSeesDeadlineAndCancellation() {
        GuestInstance guest = guest(100);
        guest.checkpoint();
        assertThat(guest.nanosLeft()).isEqualTo(Long.MAX_VALUE);

        guest.begin(new CallBudget(100, System.nanoTime() - 1, () -> false));
        assertThat(guest.nanosLeft()).isNegative();
        assertThatThrownBy(guest::checkpoint)
                .hasMessage(
                        "CRD-502 [test] was still running at its deadline\n"
                                + "  help: raise the deadline, or give it less to do");

        AtomicBoolean cancelled = new AtomicBoolean();
        guest.begin(new CallBudget(100, System.nanoTime() + 60_000_000_000L, cancelled::get));
        guest.checkpoint();
        assertThat(guest.nanosLeft()).isBetween(1L, 60_000_000_000L);
        cancelled.set(true);
        assertThatThrownBy(guest::checkpoint)
                .hasMessage(
                        "CRD-507 [test] was cancelled by its caller\n"
                                + "  help: call again if that was not meant");
    }
}
