package dev.cordon.meter;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.types.FunctionBody;
import dev.cordon.wasm.ValidModule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where functions pay, look into the tank, and how fast that is found out. */
class FuelPlannerTest {
    private static ModuleBuilder module(String locals, String body) {
        ModuleBuilder module = new ModuleBuilder();
        module.function("i", "", locals, body);
        return module;
    }

    private static FunctionPlan plan(String locals, String body) {
        return FuelPlanner.meter(module(locals, body).valid()).plans().get(0);
    }

    /** Each payment as {@code place:units}, with {@code !} where the tank is looked at. */
    private static String payments(String body) {
        ValidModule valid = module("", body).valid();
        FunctionBody code = valid.wasmModule().codeSection().getFunctionBody(0);
        FunctionPlan plan = FuelPlanner.meter(valid).plans().get(0);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < code.instructions().size(); i++) {
            if (plan.charge(i) > 0) {
                text.append(text.length() == 0 ? "" : " ").append(i).append(':');
                text.append(plan.charge(i)).append(plan.checked(i) ? "!" : "");
            } else {
                assertThat(plan.checked(i)).isFalse();
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 0:1",
        "nop nop, 0:3",
        "block - nop end nop, 0:4",
        "local.get 0 if - nop end nop nop, 0:5 2:1",
        "local.get 0 if - nop else nop nop end nop, 0:5 4:1",
        "local.get 0 if - return end nop, 0:4",
        "block - local.get 0 br_if 0 nop end nop, 0:5 3:1",
        "local.get 0 call 0 nop, 0:6!",
        "loop - local.get 0 br_if 0 end, 0:2 1:2!",
        "loop - br 0 end, 0:2 1:1!",
        "loop - loop - local.get 0 br_if 1 br 0 end end, 0:2 1:1 2:2! 4:1",
        "block - block - local.get 0 br_table [ 0 1 ] 1 end nop return end nop nop nop, 0:7 8:1",
        "unreachable nop nop, 0:2 1:2"
    })
    void paysOnceForWhatIsExecutedEquallyOften(String body, String expected) {
        assertThat(payments(body)).isEqualTo(expected);
    }

    @Test
    void secondHalfOfALoopThatMayGoOnBeforeItPaysForItself() {
        String body = "loop - local.get 0 br_if 0 local.get 0 br_if 0 end";

        assertThat(payments(body)).isEqualTo("0:2 1:2! 3:2");
    }

    @Test
    void longLeafLooksIntoTheTankAndAShortOneDoesNot() {
        assertThat(payments("nop ".repeat(63))).isEqualTo("0:64");
        assertThat(payments("nop ".repeat(64))).isEqualTo("0:65!");
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "14, 1", "15, 2", "30, 2", "31, 3", "319, 21"})
    void depthFollowsTheFrame(int locals, int units) {
        assertThat(plan("I".repeat(locals), "local.get 0 call 0").depthUnits()).isEqualTo(units);
        assertThat(plan("I".repeat(locals), "nop").depthUnits()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nop", "local.get 0 call 0", "loop - br 0 end"})
    void unmeteredModulesPayNothing(String body) {
        MeteredModule free = FuelPlanner.unmetered(module("", body).valid());

        assertThat(free.metered()).isFalse();
        for (int i = 0; i < 4; i++) {
            assertThat(free.plans().get(0).charge(i)).isZero();
        }
    }

    static Stream<Arguments> bombs() {
        int deep = 9_000;
        return Stream.of(
                Arguments.of("nested loops", "loop - ".repeat(deep) + "end ".repeat(deep)),
                Arguments.of(
                        "nested loops that go on",
                        "loop - ".repeat(deep) + "local.get 0 br_if 0 end ".repeat(deep)),
                Arguments.of(
                        "nested loops that go on outside",
                        "loop - ".repeat(deep)
                                + ("local.get 0 br_if " + (deep - 1) + " end")
                                + " end".repeat(deep - 1)),
                Arguments.of("loops in a row", "loop - local.get 0 br_if 0 end ".repeat(20_000)),
                Arguments.of("arms", "local.get 0 if - nop end ".repeat(15_000)),
                Arguments.of(
                        "nested arms",
                        "local.get 0 if - ".repeat(deep) + "nop else nop end ".repeat(deep)),
                Arguments.of(
                        "ways to one place",
                        "block - " + "local.get 0 br_if 0 ".repeat(30_000) + "end"),
                Arguments.of(
                        "a branch table",
                        "block - local.get 0 br_table [" + " 0".repeat(65_000) + " ] 0 end"),
                Arguments.of(
                        "a branch table to many places",
                        "block - ".repeat(deep)
                                + "local.get 0 br_table ["
                                + upTo(deep)
                                + " ] 0 "
                                + "end nop ".repeat(deep)),
                Arguments.of(
                        "many branch tables",
                        "block - ".repeat(900)
                                + ("local.get 0 if - local.get 0 br_table ["
                                                + upTo(900)
                                                + " ] 0 end ")
                                        .repeat(500)
                                + "end nop ".repeat(900)),
                Arguments.of(
                        "handlers",
                        "block - try_table - ["
                                + " catch_all 0".repeat(5_000)
                                + " ] "
                                + "local.get 0 if - nop end ".repeat(5_000)
                                + "end end"),
                Arguments.of(
                        "nested handlers",
                        "block - "
                                + "try_table - [ catch_all 0 ] ".repeat(2_000)
                                + "nop end ".repeat(2_000)
                                + "end"),
                Arguments.of("instructions", "nop ".repeat(1_000_000)));
    }

    private static String upTo(int end) {
        StringBuilder numbers = new StringBuilder();
        for (int i = 0; i < end; i++) {
            numbers.append(' ').append(i);
        }
        return numbers.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void planningStaysFast(String what, String body) {
        ValidModule valid = module("", body).valid();
        long start = System.nanoTime();

        MeteredModule metered = FuelPlanner.meter(valid);

        assertThat(metered.plans()).hasSize(1);
        assertThat((System.nanoTime() - start) / 1_000_000).as(what).isLessThan(5_000);
    }
}
