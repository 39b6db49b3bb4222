package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.types.FunctionType;
import dev.cordon.meter.ModuleBuilder;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Host functions cost little fuel and may take long; the guest ends on time all the same. */
class SlowHostTest {
    private static final long MILLIS = 1_000_000;

    /** {@code loop} calls the host for ever, {@code once} once and then works for ever. */
    private static GuestInstance guest(EngineKind engine, Runnable action) {
        ModuleBuilder module = new ModuleBuilder();
        module.imported("host", "act", "", "");
        module.export("loop", module.function("", "", "", "loop - call 0 br 0 end"));
        module.export("once", module.function("", "", "", "call 0 loop - br 0 end"));
        HostFunction act =
                new HostFunction(
                        "host",
                        "act",
                        FunctionType.of(List.of(), List.of()),
                        (instance, args) -> {
                            action.run();
                            return null;
                        });
        return Guests.start(module, engine, act);
    }

    private static void sleep(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noHostFunctionIsCalledOnceTheCallerGaveUp(EngineKind engine) {
        AtomicBoolean cancelled = new AtomicBoolean();
        AtomicInteger calls = new AtomicInteger();
        GuestInstance guest =
                guest(
                        engine,
                        () -> {
                            if (calls.incrementAndGet() == 3) {
                                cancelled.set(true);
                            }
                        });
        guest.begin(new CallBudget(CallBudget.UNLIMITED, CallBudget.NO_DEADLINE, cancelled::get));

        assertThat(Guests.invoke(guest, "loop")).startsWith("CANCELLED");
        assertThat(calls).hasValue(3);
    }

    @ParameterizedTest
    @EnumSource
    void noHostFunctionIsCalledPastTheDeadline(EngineKind engine) {
        long deadline = System.nanoTime() + 300 * MILLIS;
        AtomicInteger late = new AtomicInteger();
        GuestInstance guest =
                guest(
                        engine,
                        () -> {
                            sleep(20 * MILLIS);
                            if (System.nanoTime() - deadline >= 0) {
                                late.incrementAndGet();
                            }
                        });
        guest.begin(new CallBudget(CallBudget.UNLIMITED, deadline, () -> false));

        assertThat(Guests.invoke(guest, "loop")).startsWith("DEADLINE_EXCEEDED");
        assertThat(late.get()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLeftOfASliceEndsOnTimeAfterALongHostCall(EngineKind engine) {
        long deadline = System.nanoTime() + 2_000 * MILLIS;
        GuestInstance guest = guest(engine, () -> sleep(deadline - System.nanoTime() - MILLIS));
        guest.begin(new CallBudget(CallBudget.UNLIMITED, deadline, () -> false));

        assertThat(Guests.invoke(guest, "once")).startsWith("DEADLINE_EXCEEDED");
        // The first slice would have been 62 million units, and the time was enough for few.
        assertThat(guest.fuelUsed()).isLessThan(10_000_000);
    }

    @ParameterizedTest
    @EnumSource
    void fuelThatWasPutBackIsNeitherLostNorSpentTwice(EngineKind engine) {
        AtomicInteger calls = new AtomicInteger();
        GuestInstance guest = guest(engine, calls::incrementAndGet);
        // entry and loop, and for each round 3 for the call, 1 for the branch, and the host's 20
        long fuel = 2 + 24 * 1_000;
        guest.begin(new CallBudget(fuel, System.nanoTime() + 60_000 * MILLIS, () -> false));

        assertThat(Guests.invoke(guest, "loop")).startsWith("OUT_OF_FUEL");
        assertThat(guest.fuelUsed()).isEqualTo(fuel);
        assertThat(calls.get()).isBetween(990, 1_000);
    }
}
