package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.meter.ModuleBuilder;
import java.util.function.IntBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unsigned divisions and comparisons, which are compiled in several shapes, against the JDK's. */
class UnsignedNumbersTest {
    private static final int[] INTS = {
        0, 1, 2, 3, 7, 58, 59, 60, 0x7FFF_FFFF, 0x8000_0000, 0x8000_0001, -60, -2, -1
    };
    private static final long[] LONGS = {
        0, 1, 3, 59, 60, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1, -60, -1
    };

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void intsAreDividedByConstants(EngineKind engine) {
        for (int constant : INTS) {
            if (constant != 0) {
                divideInts(engine, "i32.div_u", constant, Integer::divideUnsigned);
                divideInts(engine, "i32.rem_u", constant, Integer::remainderUnsigned);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void longsAreDividedByConstants(EngineKind engine) {
        for (long constant : LONGS) {
            if (constant != 0) {
                divideLongs(engine, "i64.div_u", constant, Long::divideUnsigned);
                divideLongs(engine, "i64.rem_u", constant, Long::remainderUnsigned);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void divisionByTheConstantZeroTraps(EngineKind engine) {
        for (String kind : new String[] {"i32", "i64"}) {
            String letter = kind.equals("i32") ? "i" : "I";
            for (String operation : new String[] {".div_u", ".rem_u"}) {
                String body = "local.get 0 " + kind + ".const 0 " + kind + operation;
                GuestInstance guest = start(engine, letter, letter, body);
                assertThat(Guests.call(guest, 1_000, "run", 5)).contains("divide by zero");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void comparisonsAreTheSameAsValuesAndAsConditions(EngineKind engine) {
        String[] relations = {"lt_u", "gt_u", "le_u", "ge_u"};
        for (String relation : relations) {
            String compare = "local.get 0 local.get 1 i32." + relation;
            GuestInstance value = start(engine, "ii", "i", compare);
            String branch = compare + " if - i32.const 1 return end i32.const 0";
            GuestInstance condition = start(engine, "ii", "i", branch);
            for (int a : INTS) {
                for (int b : INTS) {
                    long expected = holds(relation, Integer.compareUnsigned(a, b)) ? 1 : 0;
                    String text = Integer.toUnsignedString(a) + " " + relation + " " + b;
                    assertThat(run(value, a, b)).as(text).isEqualTo(expected);
                    assertThat(run(condition, a, b)).as(text).isEqualTo(expected);
                }
            }
        }
    }

    private static boolean holds(String relation, int order) {
        return switch (relation) {
            case "lt_u" -> order < 0;
            case "gt_u" -> order > 0;
            case "le_u" -> order <= 0;
            default -> order >= 0;
        };
    }

    private static void divideInts(
            EngineKind engine, String operation, int constant, IntBinaryOperator expected) {
        String body = "local.get 0 i32.const " + constant + " " + operation;
        GuestInstance guest = start(engine, "i", "i", body);
        for (int a : INTS) {
            assertThat((int) run(guest, a))
                    .as(operation + " " + a + " " + constant)
                    .isEqualTo(expected.applyAsInt(a, constant));
        }
    }

    private static void divideLongs(
            EngineKind engine, String operation, long constant, LongBinaryOperator expected) {
        String body = "local.get 0 i64.const " + constant + " " + operation;
        GuestInstance guest = start(engine, "I", "I", body);
        for (long a : LONGS) {
            assertThat(run(guest, a))
                    .as(operation + " " + a + " " + constant)
                    .isEqualTo(expected.applyAsLong(a, constant));
        }
    }

    private static GuestInstance start(
            EngineKind engine, String parameters, String results, String body) {
        ModuleBuilder module = new ModuleBuilder();
        return Guests.start(
                module.export("run", module.function(parameters, results, "", body)), engine);
    }

    private static long run(GuestInstance guest, long... args) {
        guest.begin(CallBudget.ofFuel(CallBudget.UNLIMITED));
        return guest.invoke("run", args)[0];
    }
}
