package dev.cordon.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cordon.CallResult;
import dev.cordon.EngineKind;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.PluginEngineBuilder;
import dev.cordon.capability.Grant;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.host.HostContext;
import dev.cordon.host.HostModule;
import dev.cordon.host.HostTerms;
import dev.cordon.monitor.AuditRecord;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Functions of the application as a guest reaches them, and as it attacks them. */
class ApplicationFunctionsTest extends ApplicationRig {
    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void numbersCrossAsTheyAre(EngineKind kind) {
        HostModule module =
                app().function("i", int.class, int.class, a -> a - 1)
                        .function("l", long.class, boolean.class, long.class, (a, b) -> b ? -a : a)
                        .function("f", float.class, float.class, a -> a * 2)
                        .function("d", double.class, Double.class, a -> a / 2)
                        .function("b", boolean.class, boolean.class, a -> !a);
        assertThat(number(call(kind, module, guest("i", "i", "i", "", "i32.const -5"), ALL)))
                .isEqualTo(-6);
        byte[] longs = guest("l", "Ii", "I", "", "i64.const 1234567890123 i32.const 256");
        assertThat(number(call(kind, module, longs, ALL))).isEqualTo(-1234567890123L);
        byte[] floats = guest("f", "f", "f", "", "i32.const 5 f32.convert_i32_s");
        assertThat((int) number(call(kind, module, floats, ALL)))
                .isEqualTo(Float.floatToRawIntBits(10));
        byte[] doubles = guest("d", "F", "F", "", "i32.const 5 f64.convert_i32_s");
        assertThat(number(call(kind, module, doubles, ALL)))
                .isEqualTo(Double.doubleToRawLongBits(2.5));
        byte[] truth = guest("b", "i", "i", "", "i32.const 2");
        assertThat(number(call(kind, module, truth, ALL))).isZero();
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void textBytesAndValuesAreCopied(EngineKind kind) {
        HostModule module =
                app().function("t", String.class, byte[].class, String.class, (a, b) -> a + b[0])
                        .function("j", Point.class, Point.class, p -> new Point(p.y(), p.x()))
                        .function("v", HostContext.class, void.class, ctx -> null);
        byte[] text =
                guest(
                        "t",
                        "iiii",
                        "i",
                        "\u00c3\u00a4z\7",
                        "i32.const 0 i32.const 3 i32.const 3 i32.const 1");
        CallResult texts = call(kind, module, text, ALL);
        assertThat(number(texts)).isEqualTo(4);
        assertThat(response(texts)).isEqualTo("\u00c3\u00a4z7");
        byte[] json = guest("j", "ii", "i", "{\"x\":1,\"y\":2}", "i32.const 0 i32.const 13");
        assertThat(response(call(kind, module, json, ALL))).isEqualTo("{\"x\":2,\"y\":1}");
        assertThat(number(call(kind, module, guest("v", "", "i", "", ""), ALL))).isZero();
    }

    @Test
    void nothingOfTheGuestsMemoryIsShared() {
        AtomicReference<byte[]> kept = new AtomicReference<>();
        HostModule module =
                app().function(
                                "b",
                                byte[].class,
                                byte[].class,
                                a -> {
                                    kept.set(a);
                                    return a;
                                });
        byte[] guest = guest("b", "ii", "i", "abc", "i32.const 0 i32.const 3");
        CallResult result = call(EngineKind.COMPILED, module, guest, ALL);
        kept.get()[0] = 'X';
        assertThat(response(result)).isEqualTo("abc");
    }

    @Test
    void eachUseNeedsItsGrantAndIsAudited() {
        byte[] guest = guest("t", "ii", "i", "a", "i32.const 0 i32.const 1");
        CallResult denied = call(EngineKind.COMPILED, counted(), guest, "host:call=app.x");
        assertThat(number(denied)).isEqualTo(-1);
        assertThat(denied.report().denied()).containsExactly("host:call=app.x.t");
        assertThat(number(call(EngineKind.COMPILED, counted(), guest, "host:call=app.*.t")))
                .isEqualTo(2);
        assertThat(calls).hasValue(1);
        assertThat(audit)
                .extracting(AuditRecord::operation, AuditRecord::capability, AuditRecord::allowed)
                .containsExactly(
                        tuple("app.x.t", "host:call=app.x.t", false),
                        tuple("app.x.t", "host:call=app.x.t", true));
    }

    @Test
    void aFractionHasNoRoomForANo() {
        byte[] guest = guest("f", "ii", "F", "\u00ff", "i32.const 0 i32.const 1");
        CordonException denied = error(EngineKind.COMPILED, counted(), guest);
        assertThat(denied.code()).isEqualTo(ErrorCode.CAPABILITY_DENIED);
        assertThat(denied).hasMessageContaining("needs `host:call=app.x.f`");
        assertThat(error(EngineKind.COMPILED, counted(), guest, ALL))
                .hasMessageContaining("`app.x.f` cannot answer: invalid argument");
    }

    @Test
    void aGrantThatIsTakenBackIsGoneAtTheNextUse() {
        byte[] guest = guest("t", "ii", "i", "a", "i32.const 0 i32.const 1");
        try (PluginEngine engine = engine(EngineKind.COMPILED, counted());
                Plugin plugin = engine.load("guest", guest, granted(ALL))) {
            assertThat(number(plugin.call("run", NOTHING))).isEqualTo(2);
            plugin.revoke(Grant.parse(ALL));
            assertThat(number(plugin.call("run", NOTHING))).isEqualTo(-1);
        }
    }

    @Test
    void fuelIsPaidForTheCallForBytesAndForMore() {
        byte[] none = guest("t", "ii", "i", "", "i32.const 0 i32.const 0");
        byte[] some = guest("t", "ii", "i", "", "i32.const 0 i32.const 8000");
        HostModule cheap = app().function("t", String.class, void.class, a -> null);
        HostModule dear =
                app().terms(HostTerms.defaults().withFuel(7_000))
                        .function(
                                "t",
                                HostContext.class,
                                String.class,
                                void.class,
                                (context, a) -> {
                                    context.charge(100);
                                    return null;
                                });
        assertThat(fuel(cheap, some) - fuel(cheap, none)).isEqualTo(1_000);
        assertThat(fuel(dear, none) - fuel(cheap, none)).isEqualTo(6_100);
    }

    private long fuel(HostModule module, byte[] guest) {
        return call(EngineKind.COMPILED, module, guest, ALL).report().fuelUsed();
    }

    @Test
    void theContextTellsWhoCalledAndEndsWithTheCall() {
        AtomicReference<HostContext> kept = new AtomicReference<>();
        HostModule module =
                app().function(
                                "t",
                                HostContext.class,
                                String.class,
                                context -> {
                                    kept.set(context);
                                    assertThat(context.timeLeft()).isPresent();
                                    assertThat(context.isCancelled()).isFalse();
                                    return context.plugin();
                                });
        byte[] guest = guest("t", "", "i", "", "");
        assertThat(response(call(EngineKind.COMPILED, module, guest, ALL))).isEqualTo("guest");
        assertThatThrownBy(() -> kept.get().charge(1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> kept.get().plugin()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatIsNotOfferedIsRefusedWithTheNearestName() {
        byte[] guest = guest("tt", "ii", "i", "", "i32.const 0 i32.const 1");
        assertThat(error(EngineKind.COMPILED, counted(), guest, ALL))
                .hasMessageContaining("imports `app.x.tt`, which the host does not offer")
                .hasMessageContaining("the nearest that the host offers is `app.x.t`");
        byte[] wrong = guest("t", "iI", "i", "", "i32.const 0 i64.const 1");
        assertThat(error(EngineKind.COMPILED, counted(), wrong, ALL))
                .hasMessageContaining("but it is `(i32, i32) -> (i32)`");
    }

    @Test
    void twoModulesOfOneNameAreRefused() {
        PluginEngineBuilder builder =
                PluginEngine.builder().hostModule(counted()).hostModule(app());
        assertThatThrownBy(builder::build)
                .hasMessageContaining("two modules of host functions named `app.x`");
    }
}
