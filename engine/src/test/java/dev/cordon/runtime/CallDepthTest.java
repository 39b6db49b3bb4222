package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.meter.ModuleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How deep a guest's calls nest is its quota's to say, whatever thread it is called on. */
class CallDepthTest {
    private static final FunctionType INT_TO_INT =
            FunctionType.of(List.of(ValType.I32), List.of(ValType.I32));

    /** {@code run(n)} calls itself n times and gives n. */
    private static ModuleBuilder counting(String locals) {
        ModuleBuilder module = new ModuleBuilder();
        String body =
                "local.get 0 if i local.get 0 i32.const 1 i32.sub call 0 i32.const 1 i32.add"
                        + " else i32.const 0 end";
        return module.export("run", module.function("i", "i", locals, body));
    }

    private static GuestLimits depth(int units) {
        return new GuestLimits(1 << 20, true, 100, units);
    }

    private static String nest(EngineKind engine, int units, String locals, long calls) {
        GuestInstance guest = Guests.start(counting(locals), engine, depth(units));
        guest.begin(CallBudget.ofFuel(CallBudget.UNLIMITED));
        return Guests.invoke(guest, "run", calls);
    }

    private static void endsExactlyAt(EngineKind engine, int units) {
        assertThat(nest(engine, units, "", units - 1)).isEqualTo("[" + (units - 1) + "]");
        assertThat(nest(engine, units, "", units))
                .isEqualTo("CALL_DEPTH_EXCEEDED nested its calls deeper than " + units);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 100, 191, 192, 193, 194, 1_000, 16_384, 100_000})
    void depthIsExactInBothEngines(int units) {
        endsExactlyAt(EngineKind.COMPILED, units);
        endsExactlyAt(EngineKind.INTERPRETER, units);
    }

    @ParameterizedTest
    @EnumSource
    void sixteenLocalsOrParametersTakeOneUnitMore(EngineKind engine) {
        String fifteen = "i".repeat(15);

        assertThat(nest(engine, 100, "i".repeat(14), 99)).isEqualTo("[99]");
        assertThat(nest(engine, 100, fifteen, 49)).isEqualTo("[49]");
        assertThat(nest(engine, 100, fifteen, 50)).startsWith("CALL_DEPTH_EXCEEDED");
        assertThat(nest(engine, 5_000, "I".repeat(1_000), 78)).isEqualTo("[78]");
        assertThat(nest(engine, 5_000, "I".repeat(1_000), 79)).startsWith("CALL_DEPTH_EXCEEDED");
    }

    private static void onThread(long stackBytes, Callable<Void> work) throws Exception {
        FutureTask<Void> task = new FutureTask<>(work);
        Thread thread = new Thread(null, task, "stack-" + stackBytes, stackBytes);
        thread.start();
        thread.join();
        task.get();
    }

    @ParameterizedTest
    @CsvSource({
        "COMPILED, 256",
        "COMPILED, 512",
        "COMPILED, 65536",
        "INTERPRETER, 512",
        "INTERPRETER, 65536"
    })
    void depthIsTheSameOnAnyStack(EngineKind engine, long kibibytes) throws Exception {
        onThread(
                kibibytes << 10,
                () -> {
                    endsExactlyAt(engine, 192);
                    endsExactlyAt(engine, 4_000);
                    return null;
                });
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21)
    void depthIsTheSameOnVirtualThreads() throws Exception {
        FutureTask<Void> task =
                new FutureTask<>(
                        () -> {
                            endsExactlyAt(EngineKind.COMPILED, 4_000);
                            endsExactlyAt(EngineKind.INTERPRETER, 4_000);
                            return null;
                        });
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        task.get();
    }

    /** {@code run(n)} asks the host to call {@code run(n - 1)}. */
    private static ModuleBuilder bouncing() {
        ModuleBuilder module = new ModuleBuilder();
        int host = module.imported("host", "again", "i", "i");
        String body =
                "local.get 0 if i local.get 0 i32.const 1 i32.sub call "
                        + host
                        + " i32.const 1 i32.add else i32.const 0 end";
        return module.export("run", module.function("i", "i", "", body));
    }

    private static HostFunction again() {
        return new HostFunction(
                "host",
                "again",
                INT_TO_INT,
                (instance, args) -> GuestInstance.of(instance).invoke("run", args));
    }

    @ParameterizedTest
    @EnumSource
    void guestThatGoesThroughTheHostGetsNoFreshDepth(EngineKind engine) {
        for (int units : new int[] {10, 150}) {
            GuestInstance guest = Guests.start(bouncing(), engine, depth(units), again());

            assertThat(Guests.call(guest, 1_000_000, "run", units - 1))
                    .startsWith("[" + (units - 1) + "] ");
            assertThat(Guests.call(guest, 1_000_000, "run", units))
                    .startsWith("CALL_DEPTH_EXCEEDED nested its calls deeper than " + units);
            assertThat(Guests.call(guest, 1_000_000, "run", 2 * units))
                    .startsWith("CALL_DEPTH_EXCEEDED nested its calls deeper than " + units);
        }
    }

    @ParameterizedTest
    @EnumSource
    void guestThatGoesThroughTheHostKeepsPaying(EngineKind engine) {
        GuestInstance guest = Guests.start(bouncing(), engine, depth(100), again());

        // per round: entry, get, if, get, const, sub, call 3, const, add, and the host's 20
        assertThat(Guests.call(guest, 1_000_000, "run", 3)).isEqualTo("[3] fuel " + (3 * 31 + 4));
        assertThat(Guests.call(guest, 3 * 31 + 3, "run", 3)).startsWith("OUT_OF_FUEL");
    }

    @ParameterizedTest
    @EnumSource
    void hostFunctionsRunOnTheCallersThreadHoweverDeepTheGuest(EngineKind engine) {
        List<Thread> threads = new ArrayList<>();
        ModuleBuilder module = new ModuleBuilder();
        module.imported("host", "again", "i", "i");
        String body =
                "local.get 0 if i local.get 0 i32.const 1 i32.sub call 1"
                        + " else i32.const 7 call 0 end";
        module.export("run", module.function("i", "i", "", body));
        HostFunction host =
                new HostFunction(
                        "host",
                        "again",
                        INT_TO_INT,
                        (instance, args) -> {
                            threads.add(Thread.currentThread());
                            return args;
                        });
        GuestInstance guest = Guests.start(module, engine, host);

        assertThat(Guests.call(guest, 1_000_000, "run", 5)).startsWith("[7] ");
        assertThat(Guests.call(guest, 1_000_000, "run", 5_000)).startsWith("[7] ");
        assertThat(threads).containsExactly(Thread.currentThread(), Thread.currentThread());
    }

    /** {@code run} goes deep, asks the host for {@code again}, which goes deep and asks for 1. */
    @ParameterizedTest
    @EnumSource
    void deepGuestMayComeBackThroughTheHostAndGoDeepAgain(EngineKind engine) throws Exception {
        ModuleBuilder module = new ModuleBuilder();
        module.imported("host", "again", "i", "i");
        module.imported("host", "one", "i", "i");
        String deep =
                "local.get 0 if i local.get 0 i32.const 1 i32.sub call %s i32.const 1 i32.add"
                        + " else i32.const 3000 call %s end";
        module.export("run", module.function("i", "i", "", deep.formatted(2, 0)));
        module.export("again", module.function("i", "i", "", deep.formatted(3, 1)));
        HostFunction again =
                new HostFunction(
                        "host",
                        "again",
                        INT_TO_INT,
                        (instance, args) -> GuestInstance.of(instance).invoke("again", args));
        HostFunction one =
                new HostFunction("host", "one", INT_TO_INT, (instance, args) -> new long[] {1});
        GuestInstance guest = Guests.start(module, engine, depth(10_000), again, one);

        onThread(
                512 << 10,
                () -> {
                    assertThat(Guests.call(guest, 1_000_000, "run", 300)).startsWith("[3301] ");
                    return null;
                });
    }
}
