package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.meter.ModuleBuilder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions beyond the JVM's limits are interpreted, and nobody can tell but by their speed. */
class FunctionTooLargeTest {
    /** Instructions that change nothing in the end and make far more than 64 KiB of JVM code. */
    private static final String PADDING =
            "local.get 0 i32.const 123456 i32.add local.set 0 ".repeat(20_000)
                    + "local.get 0 i32.const "
                    + (int) (123_456 * 20_000L)
                    + " i32.sub local.set 0 ";

    private static final long PADDING_UNITS = 4 * 20_000 + 4;

    private static CompiledModule compiled(ModuleBuilder module) {
        return Guests.compile(module.valid(), EngineKind.COMPILED);
    }

    private static String call(CompiledModule module, long argument) {
        GuestInstance guest = Guests.start(module, GuestLimits.GENEROUS);
        return Guests.call(guest, 10_000_000, "run", argument);
    }

    @Test
    void largeFunctionIsInterpretedInsideACompiledModule() {
        ModuleBuilder module = new ModuleBuilder();
        module.function("i", "i", "", "local.get 0 i32.const 2 i32.mul");
        module.function("i", "i", "", PADDING + "local.get 0 call 0 i32.const 1 i32.add");
        module.export("run", module.function("i", "i", "", "local.get 0 call 1"));
        CompiledModule large = compiled(module);

        assertThat(large.engine()).isEqualTo(EngineKind.COMPILED);
        assertThat(large.interpretedFunctions()).containsExactly(1);
        // run: entry, get, call; 1: entry, padding, get, call, const, add; 0: entry, 3
        assertThat(call(large, 20)).isEqualTo("[41] fuel " + (5 + 7 + PADDING_UNITS + 4));
        assertThat(call(Guests.compile(module.valid(), EngineKind.INTERPRETER), 20))
                .isEqualTo(call(large, 20));
    }

    /**
     * Catcher, one in the middle and thrower, each of them large or not by one bit of {@code mix}.
     */
    private static ModuleBuilder chain(int mix, String middle) {
        ModuleBuilder module = new ModuleBuilder().memory(1);
        int tag = module.tag("iF");
        int block = module.type("", "iF");
        String[] bodies = {
            "local.get 0 i32.eqz if - unreachable end"
                    + (" local.get 0 f64.const 2.5 throw " + tag),
            middle,
            "block "
                    + block
                    + " try_table - [ catch "
                    + tag
                    + " 0 ] local.get 0 call 1 end"
                    + " i32.const -1 f64.const 0 end i32.trunc_f64_s i32.add"
        };
        for (int i = 0; i < 3; i++) {
            boolean large = (mix & 1 << i) != 0;
            String results = i == 2 ? "i" : "";
            module.function("i", results, "x", (large ? PADDING : "") + bodies[i]);
        }
        return module.export("run", 2);
    }

    private static void sameInAllMixes(String middle, long argument, String outcome) {
        for (int mix = 0; mix < 8; mix++) {
            ModuleBuilder module = chain(mix, middle);
            CompiledModule mixed = compiled(module);
            List<Integer> large = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                if ((mix & 1 << i) != 0) {
                    large.add(i);
                }
            }
            String result = call(mixed, argument);

            assertThat(mixed.interpretedFunctions()).as("mix %s", mix).isEqualTo(large);
            assertThat(result).as("mix %s", mix).startsWith(outcome + " fuel ");
            assertThat(call(Guests.compile(module.valid(), EngineKind.INTERPRETER), argument))
                    .as("mix %s", mix)
                    .isEqualTo(result);
        }
    }

    @Test
    void exceptionsCrossFromAnyFunctionToAnyOther() {
        sameInAllMixes("local.get 0 call 0", 40, "[42]");
    }

    @Test
    void exceptionsAreThrownAgainInAnyFunction() {
        String rethrowing =
                "block - block x try_table - [ catch_all_ref 0 ] local.get 0 call 0 end br 1 end"
                        + " local.set 1 local.get 1 throw_ref end";

        sameInAllMixes(rethrowing, 40, "[42]");
    }

    @Test
    void exceptionsAreReplacedInAnyFunction() {
        String replacing =
                "block - try_table - [ catch_all 0 ] local.get 0 call 0 end end"
                        + " i32.const 7 f64.const 3.5 throw 0";

        sameInAllMixes(replacing, 40, "[10]");
    }

    @Test
    void trapsCrossFromAnyFunctionToAnyOther() {
        sameInAllMixes("local.get 0 call 0", 0, "TRAP unreachable");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100, 40_000, 80_010, 170_000})
    void fuelEndsAtTheSamePointInAllMixes(long fuel) {
        for (int mix = 0; mix < 8; mix++) {
            ModuleBuilder module = chain(mix, "local.get 0 call 0");
            GuestInstance mixed = Guests.start(compiled(module), GuestLimits.GENEROUS);
            GuestInstance slow = Guests.start(module, EngineKind.INTERPRETER);

            assertThat(Guests.call(mixed, fuel, "run", 40))
                    .as("mix %s", mix)
                    .isEqualTo(Guests.call(slow, fuel, "run", 40));
        }
    }

    @Test
    void depthIsExactAcrossTheBoundary() {
        ModuleBuilder module = new ModuleBuilder();
        String recursion =
                "local.get 0 if i local.get 0 i32.const 1 i32.sub call %s i32.const 1 i32.add"
                        + " else i32.const 0 end";
        module.function("i", "i", "", PADDING + recursion.formatted(1));
        module.export("run", module.function("i", "i", "", recursion.formatted(0)));
        GuestLimits limits = new GuestLimits(0, true, 0, 1_000);
        GuestInstance guest = Guests.start(compiled(module), limits);

        assertThat(Guests.call(guest, CallBudget.UNLIMITED, "run", 999)).startsWith("[999]");
        assertThat(Guests.call(guest, CallBudget.UNLIMITED, "run", 1_000))
                .startsWith("CALL_DEPTH_EXCEEDED nested its calls deeper than 1000");
    }
}
