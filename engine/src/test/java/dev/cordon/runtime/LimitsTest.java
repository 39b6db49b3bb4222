package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.QuotaExceededException;
import dev.cordon.meter.ModuleBuilder;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Memory, tables, time and cancellation stop a guest, in both engines alike. */
class LimitsTest {
    private static final String FOREVER = "loop - br 0 end";

    private static GuestLimits limits(long memoryBytes, boolean mayGrow, int tableElements) {
        return new GuestLimits(memoryBytes, mayGrow, tableElements, 1_000);
    }

    private static String within(
            GuestLimits limits, ModuleBuilder module, EngineKind engine, long... args) {
        return Guests.call(Guests.start(module, engine, limits), 1_000_000, "run", args);
    }

    private static ModuleBuilder growing(String afterwards) {
        return ModuleBuilder.running("i", "i", "local.get 0 memory.grow " + afterwards).memory(2);
    }

    @ParameterizedTest
    @EnumSource
    void memoryGrowsUpToItsQuotaAndNotAPageFurther(EngineKind engine) {
        GuestLimits fourPages = limits(4 << 16, true, 0);

        assertThat(within(fourPages, growing(""), engine, 2)).startsWith("[2] ");
        assertThat(within(fourPages, growing(""), engine, 3)).isEqualTo("[-1] fuel 3");
        assertThat(within(fourPages, growing(""), engine, -1)).isEqualTo("[-1] fuel 3");
    }

    @ParameterizedTest
    @EnumSource
    void memoryThatMayNotGrowStaysAsItIs(EngineKind engine) {
        GuestLimits fixed = limits(4 << 16, false, 0);

        assertThat(within(fixed, growing(""), engine, 0)).isEqualTo("[2] fuel 3");
        assertThat(within(fixed, growing(""), engine, 1)).isEqualTo("[-1] fuel 3");
    }

    @ParameterizedTest
    @EnumSource
    void trapAfterARefusedGrowthIsTheQuotas(EngineKind engine) {
        assertThat(within(limits(131_072, true, 0), growing("unreachable"), engine, 1))
                .isEqualTo(
                        "MEMORY_EXCEEDED could not grow its memory past 131072 bytes, and trapped:"
                                + " unreachable fuel 4");
        assertThat(within(limits(1 << 20, true, 0), growing("unreachable"), engine, 1))
                .isEqualTo("TRAP unreachable fuel 8196");
    }

    @ParameterizedTest
    @EnumSource
    void refusalIsForgottenAtTheNextCall(EngineKind engine) {
        ModuleBuilder module = growing("");
        module.export("trap", module.function("", "", "", "unreachable"));
        GuestInstance guest = Guests.start(module, engine, limits(131_072, true, 0));

        assertThat(Guests.call(guest, 100, "run", 1)).isEqualTo("[-1] fuel 3");
        assertThat(Guests.call(guest, 100, "trap")).isEqualTo("TRAP unreachable fuel 2");
    }

    @ParameterizedTest
    @EnumSource
    void moduleThatStartsWithMoreThanItsQuotaIsRefused(EngineKind engine) {
        ModuleBuilder module = growing("");
        module.table('r', 11);

        assertThatThrownBy(() -> Guests.start(module, engine, limits(131_071, true, 11)))
                .isInstanceOf(QuotaExceededException.class)
                .hasMessage(
                        "CRD-503 [test] starts with 131072 bytes of memory, more than its quota of"
                                + " 131071\n  help: raise the memory quota, or build it with a"
                                + " smaller initial memory");
        assertThatThrownBy(() -> Guests.start(module, engine, limits(131_072, true, 10)))
                .isInstanceOf(QuotaExceededException.class)
                .hasMessage(
                        "CRD-504 [test] starts with 11 table elements, more than its quota of 10\n"
                                + "  help: raise the table-elements quota");
    }

    @ParameterizedTest
    @EnumSource
    void tablesShareOneQuota(EngineKind engine) {
        String grow = "ref.null r i32.const 5 table.grow 0 ref.null e local.get 0 table.grow 1 ";
        ModuleBuilder module = ModuleBuilder.running("i", "ii", grow);
        module.table('r', 10);
        module.table('e', 10);
        ModuleBuilder trapping = ModuleBuilder.running("i", "ii", grow + " unreachable");
        trapping.table('r', 10);
        trapping.table('e', 10);

        assertThat(within(limits(0, true, 30), module, engine, 5)).isEqualTo("[10, 10] fuel 17");
        assertThat(within(limits(0, true, 30), module, engine, 6)).isEqualTo("[10, -1] fuel 12");
        assertThat(within(limits(0, true, 30), module, engine, -1)).isEqualTo("[10, -1] fuel 12");
        assertThat(within(limits(0, true, 30), trapping, engine, 6))
                .isEqualTo(
                        "TABLE_EXCEEDED could not grow its tables past 30 elements, and trapped:"
                                + " unreachable fuel 13");
    }

    @ParameterizedTest
    @EnumSource
    void growthAfterItsFuelIsGoneDoesNotHappen(EngineKind engine) {
        GuestInstance guest = Guests.start(growing(""), engine);

        assertThat(Guests.call(guest, 8_194, "run", 1))
                .isEqualTo("OUT_OF_FUEL used all of its 8194 units of fuel fuel 8194");
        assertThat(guest.memory().pages()).isEqualTo(2);
        assertThat(Guests.call(guest, 8_195, "run", 1)).isEqualTo("[2] fuel 8195");
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void deadlineStopsWhatNeverEnds(EngineKind engine) {
        String[] bodies = {
            FOREVER,
            "loop - i32.const 1 br_if 0 end",
            "loop - i32.const 0 i32.const 0 i32.const 65536 memory.fill br 0 end",
            "loop - block - try_table - [ catch_all 0 ] throw 0 end end br 0 end",
            "loop - call 0 br 0 end"
        };
        for (String body : bodies) {
            ModuleBuilder module = new ModuleBuilder().memory(1);
            module.tag("");
            module.function("", "", "", "nop");
            module.export("run", module.function("", "", "", body));
            GuestInstance guest = Guests.start(module, engine);

            assertThat(afterNanos(guest, 100_000_000))
                    .as(body)
                    .isEqualTo("DEADLINE_EXCEEDED was still running at its deadline");
        }
    }

    private static String afterNanos(GuestInstance guest, long nanos) {
        long deadline = System.nanoTime() + nanos;
        guest.begin(new CallBudget(CallBudget.UNLIMITED, deadline, () -> false));
        String end = Guests.invoke(guest, "run");
        assertThat(System.nanoTime() - deadline).isBetween(0L, 1_000_000_000L);
        return end;
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(20)
    void cancellationFromAnotherThreadStopsTheGuest(EngineKind engine) throws Exception {
        GuestInstance guest = Guests.start(ModuleBuilder.running("", "", FOREVER), engine);
        AtomicBoolean cancelled = new AtomicBoolean();
        Thread canceller =
                new Thread(
                        () -> {
                            sleep();
                            cancelled.set(true);
                        });
        guest.begin(new CallBudget(CallBudget.UNLIMITED, CallBudget.NO_DEADLINE, cancelled::get));
        canceller.start();

        assertThat(Guests.invoke(guest, "run")).isEqualTo("CANCELLED was cancelled by its caller");
        canceller.join();
    }

    private static void sleep() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
