package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestTrapException;
import dev.cordon.meter.ModuleBuilder;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What instances share that are linked with each other, and what they do not. */
class LinkedInstancesTest {
    private static final long PLENTY = 400_000;
    private static final String SUM =
            "local.get 0 if i local.get 0 local.get 0 i32.const 1 i32.sub";

    /** An instance of {@code main} that imports from {@code library} as {@code lib}. */
    private static GuestInstance linked(
            EngineKind engine, GuestLimits limits, ModuleBuilder library, ModuleBuilder main) {
        GuestStore store = new GuestStore();
        GuestInstance lib = made(engine, limits, library, store);
        store.offer("lib", lib);
        GuestInstance guest = made(engine, limits, main, store);
        guest.begin(CallBudget.ofFuel(CallBudget.UNLIMITED));
        lib.initialize();
        guest.initialize();
        lib.snapshot();
        guest.snapshot();
        return guest;
    }

    private static GuestInstance made(
            EngineKind engine, GuestLimits limits, ModuleBuilder module, GuestStore store) {
        return Guests.compile(module.valid(), engine).instantiate(List.of(), limits, store);
    }

    private static GuestInstance linked(
            EngineKind engine, ModuleBuilder library, ModuleBuilder main) {
        return linked(engine, GuestLimits.GENEROUS, library, main);
    }

    /** {@code sum(n)} adds 1 to n by calling itself n times. */
    private static ModuleBuilder summing() {
        ModuleBuilder library = new ModuleBuilder();
        int sum = library.function("i", "i", "", SUM + " call 0 i32.add else i32.const 0 end");
        return library.export("sum", sum);
    }

    private static ModuleBuilder calling(String name, String type, String body) {
        ModuleBuilder main = new ModuleBuilder();
        main.imported("lib", name, type, type);
        return main.export("run", main.function(type, type, "", body));
    }

    private static String sum(EngineKind engine, int depth, long fuel, long n) {
        GuestLimits limits = new GuestLimits(1 << 20, true, 100, depth);
        GuestInstance guest =
                linked(engine, limits, summing(), calling("sum", "i", "local.get 0 call 0"));
        return Guests.call(guest, fuel, "run", n);
    }

    @Test
    void aCallCostsTheSameInBothEngines() {
        String compiled = sum(EngineKind.COMPILED, 16_384, 1_000_000, 100);
        assertThat(compiled).startsWith("[5050] fuel ");
        assertThat(sum(EngineKind.INTERPRETER, 16_384, 1_000_000, 100)).isEqualTo(compiled);
    }

    @ParameterizedTest
    @EnumSource
    void theDepthIsThatOfAllModulesTogether(EngineKind engine) {
        for (int depth : new int[] {10, 150, 192, 200, 5_000}) {
            assertThat(sum(engine, depth, CallBudget.UNLIMITED, depth - 3))
                    .startsWith("[" + (depth - 3) * (depth - 2) / 2 + "]");
            assertThat(sum(engine, depth, CallBudget.UNLIMITED, depth))
                    .startsWith("CALL_DEPTH_EXCEEDED nested its calls deeper than " + depth);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeepCallerLeavesItsCalleeWhatIsLeft(EngineKind engine) {
        ModuleBuilder main = new ModuleBuilder();
        main.imported("lib", "sum", "i", "i");
        String down =
                "local.get 0 if i local.get 0 i32.const 1 i32.sub local.get 1 call 1"
                        + " else local.get 1 call 0 end";
        main.export("run", main.function("ii", "i", "", down));
        GuestLimits limits = new GuestLimits(1 << 20, true, 100, 1_000);
        GuestInstance guest = linked(engine, limits, summing(), main);
        assertThat(Guests.call(guest, CallBudget.UNLIMITED, "run", 700, 280)).startsWith("[39340]");
        assertThat(Guests.call(guest, CallBudget.UNLIMITED, "run", 700, 310))
                .startsWith("CALL_DEPTH_EXCEEDED");
        assertThat(Guests.call(guest, CallBudget.UNLIMITED, "run", 10, 970)).startsWith("[470935]");
    }

    @ParameterizedTest
    @EnumSource
    void fuelIsOneTank(EngineKind engine) {
        for (long fuel : new long[] {1, 10, 25, 60, 200}) {
            assertThat(sum(engine, 1_000, fuel, 100))
                    .isEqualTo(
                            "OUT_OF_FUEL used all of its " + fuel + " units of fuel fuel " + fuel);
        }
    }

    @ParameterizedTest
    @EnumSource
    void memoryIsCountedTogether(EngineKind engine) {
        ModuleBuilder library = new ModuleBuilder().memory(1);
        int grow = library.function("i", "i", "", "local.get 0 memory.grow");
        ModuleBuilder main = calling("grow", "i", "local.get 0 call 0").memory(2);
        GuestLimits limits = new GuestLimits(5 << 16, true, 100, 100);
        GuestInstance guest = linked(engine, limits, library.export("grow", grow), main);
        assertThat(Guests.call(guest, 1_000_000, "run", 3)).startsWith("[-1]");
        assertThat(Guests.call(guest, 1_000_000, "run", 2)).startsWith("[1]");
        assertThat(guest.memoryPeakBytes()).isEqualTo(5 << 16);
        assertThat(guest.memory().sizeBytes()).isEqualTo(2 << 16);
    }

    @Test
    void instancesThatStartBeyondTheLimitsTogetherAreRefused() {
        GuestLimits limits = new GuestLimits(3 << 16, true, 10, 100);
        ModuleBuilder library = ModuleBuilder.running("", "", "").memory(2);
        assertThat(refusal(limits, library, ModuleBuilder.running("", "", "").memory(2)))
                .isEqualTo(ErrorCode.MEMORY_EXCEEDED);
        ModuleBuilder six = ModuleBuilder.running("", "", "");
        six.table('r', 6);
        assertThat(refusal(limits, six, six)).isEqualTo(ErrorCode.TABLE_EXCEEDED);
    }

    private static ErrorCode refusal(
            GuestLimits limits, ModuleBuilder library, ModuleBuilder main) {
        return catchThrowableOfType(
                        CordonException.class,
                        () -> linked(EngineKind.COMPILED, limits, library, main))
                .code();
    }

    @ParameterizedTest
    @EnumSource
    void whatALinkedModuleThrowsIsCaughtByNoTagOfTheCaller(EngineKind engine) {
        ModuleBuilder library = new ModuleBuilder();
        library.tag("");
        library.export("sum", library.function("i", "i", "", "throw 0"));
        ModuleBuilder main = new ModuleBuilder();
        main.imported("lib", "sum", "i", "i");
        main.tag("");
        String body =
                "block - block - try_table - [ catch 0 0 catch_all 1 ] local.get 0 call 0 drop end"
                        + " end i32.const 1 return end i32.const 2";
        main.export("run", main.function("i", "i", "", body));
        main.export("let", main.function("i", "i", "", "local.get 0 call 0"));
        GuestInstance guest = linked(engine, library, main);
        assertThat(Guests.call(guest, 1_000, "run", 0)).startsWith("[2]");
        assertThat(Guests.call(guest, 1_000, "let", 0)).startsWith("TRAP uncaught exception");
        assertThat(Guests.call(guest, 1_000, "run", 0)).startsWith("[2]");
    }

    @ParameterizedTest
    @EnumSource
    void aTrapInALinkedModuleEndsTheCallAndShowsItsFunctions(EngineKind engine) {
        ModuleBuilder library = new ModuleBuilder();
        library.export("sum", library.function("i", "i", "", "unreachable"));
        GuestInstance guest = linked(engine, library, calling("sum", "i", "local.get 0 call 0"));
        guest.begin(CallBudget.ofFuel(1_000));
        GuestTrapException trap =
                catchThrowableOfType(GuestTrapException.class, () -> guest.invoke("run", 1));
        assertThat(trap.what()).isEqualTo("unreachable");
        assertThat(trap.guestStack()).containsExactly("func[0]");
        assertThat(Guests.call(guest, 1_000, "run", 0)).startsWith("TRAP");
    }

    @ParameterizedTest
    @EnumSource
    void stateOfEachIsItsOwn(EngineKind engine) {
        ModuleBuilder library = new ModuleBuilder();
        library.global('i', "i32.const 7");
        String add = "global.get 0 local.get 0 i32.add global.set 0 global.get 0";
        library.export("sum", library.function("i", "i", "", add));
        ModuleBuilder main = calling("sum", "i", "local.get 0 call 0 global.get 0 i32.add");
        main.global('i', "i32.const 100");
        GuestInstance guest = linked(engine, library, main);
        assertThat(Guests.call(guest, 1_000, "run", 1)).startsWith("[108]");
        assertThat(Guests.call(guest, 1_000, "run", 1)).startsWith("[109]");
    }

    @Property(tries = 60)
    void linkedModulesDoWhatOneModuleDoes(@ForAll long seed, @ForAll boolean exceptions) {
        ModuleGenerator generator = new ModuleGenerator(seed, exceptions);
        ModuleBuilder library = generator.module();
        ModuleBuilder main = forwarding(generator);
        GuestInstance alone = Guests.start(library, EngineKind.COMPILED);
        GuestInstance fast = linked(EngineKind.COMPILED, library, main);
        GuestInstance slow = linked(EngineKind.INTERPRETER, library, main);
        Random random = new Random(seed);
        for (int i = 0; i < generator.results.size(); i++) {
            long[] args =
                    random.longs(generator.parameters.get(i).length())
                            .map(bits -> (int) bits)
                            .toArray();
            String results = generator.results.get(i);
            String expected = Guests.call(alone, PLENTY, "f" + i, args);
            String outcome = Guests.call(fast, PLENTY, "f" + i, args);
            if (endsByItsWay(expected) || endsByItsWay(outcome)) {
                return; // not at the same place, as the way over costs fuel and depth
            }
            assertThat(Peer.normal(outcome, results)).isEqualTo(Peer.normal(expected, results));
            assertThat(Peer.normal(Guests.call(slow, PLENTY, "f" + i, args), results))
                    .isEqualTo(Peer.normal(outcome, results));
            assertThat(slow.fuelUsed()).isEqualTo(fast.fuelUsed());
        }
    }

    private static boolean endsByItsWay(String outcome) {
        return outcome.startsWith("OUT_OF_FUEL") || outcome.startsWith("CALL_DEPTH_EXCEEDED");
    }

    /** A module that passes every call on to the generated one. */
    private static ModuleBuilder forwarding(ModuleGenerator generator) {
        ModuleBuilder main = new ModuleBuilder();
        int functions = generator.results.size();
        for (int i = 0; i < functions; i++) {
            main.imported("lib", "f" + i, generator.parameters.get(i), generator.results.get(i));
        }
        for (int i = 0; i < functions; i++) {
            String parameters = generator.parameters.get(i);
            String body =
                    IntStream.range(0, parameters.length())
                            .mapToObj(at -> "local.get " + at + " ")
                            .collect(Collectors.joining());
            String results = generator.results.get(i);
            int function = main.function(parameters, results, "", body + "call " + i);
            main.export("f" + i, function);
        }
        return main;
    }
}
