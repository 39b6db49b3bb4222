package dev.cordon.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.CallOptions;
import dev.cordon.CallResult;
import dev.cordon.Cancellation;
import dev.cordon.EngineKind;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.Registration;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.host.HostContext;
import dev.cordon.host.HostFunctionException;
import dev.cordon.host.HostModule;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.quota.Quota;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What guests and functions of the application do wrong. */
class HostileApplicationCallTest extends ApplicationRig {
    @ParameterizedTest
    @CsvSource({
        "t, ii, i, 0 9, -4",
        "t, ii, i, 10 1, -3",
        "t, ii, i, 0 8, -4", // the answer is longer than the question
        "j, ii, I, 0 8, -3",
        "j, ii, I, 0 0, -3",
        "j, ii, I, 11 4, -3",
        "big, ii, i, 0 1, -4",
        "wide, i, i, 1, -4",
        "gone, i, i, 1, -2",
    })
    void whatCannotBeIsAnsweredWithANumber(
            String name, String in, String out, String operands, long expected) {
        String memory = "abcdefghi\0\u00ffnull";
        byte[] guest = guest(name, in, out, memory, constants(operands));
        CallResult result = call(EngineKind.COMPILED, counted(), guest, ALL);
        assertThat(number(result)).isEqualTo(expected);
        assertThat(response(result)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "{\"x\":1}{},8",
        "{\"x\":1},7",
        "[],2",
        "{\"z\":1},7",
        "{\"x\":1.5},9",
        "nul,3",
        "{,1"
    })
    void wrongJsonIsInvalid(String json, int length) {
        HostModule module = app().function("j", Point.class, long.class, p -> (long) p.x());
        byte[] guest = guest("j", "ii", "I", json, "i32.const 0 i32.const " + length);
        long answer = number(call(EngineKind.COMPILED, module, guest, ALL));
        assertThat(answer).isEqualTo(-3);
    }

    @Test
    void deepJsonIsInvalid() {
        HostModule module = app().function("m", Map.class, void.class, m -> null);
        String deep = "{\"a\":".repeat(9_000);
        byte[] guest = guest("m", "ii", "i", deep, "i32.const 0 i32.const 45000");
        assertThat(number(call(EngineKind.COMPILED, module, guest, ALL))).isEqualTo(-3);
    }

    @ParameterizedTest
    @CsvSource({"-1 -1", "65536 1", "65535 2", "-16 32", "0 -2147483648", "0 65537"})
    void rangesBeyondMemoryTrapWhateverIsGranted(String range) {
        byte[] guest = guest("t", "ii", "i", "", constants(range));
        for (EngineKind kind : EngineKind.values()) {
            for (String grant : List.of(ALL, "random")) {
                assertThat(error(kind, counted(), guest, grant).code()).isEqualTo(ErrorCode.TRAP);
            }
        }
        assertThat(calls).hasValue(0);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void whatTheApplicationThrowsIsContained(EngineKind kind) {
        HostModule module =
                app().function("no", int.class, String.class, HostileApplicationCallTest::no)
                        .function("fail", int.class, long.class, HostileApplicationCallTest::fail)
                        .function("deep", int.class, int.class, HostileApplicationCallTest::deep);
        CallResult no = call(kind, module, guest("no", "i", "i", "", "i32.const 1"), ALL);
        assertThat(number(no)).isEqualTo(-6);
        assertThat(response(no)).isEqualTo("sold out");
        byte[] fail = guest("fail", "i", "I", "", "i32.const 1");
        CordonException failed = error(kind, module, fail, ALL);
        assertThat(failed.code()).isEqualTo(ErrorCode.HOST_FUNCTION_FAILED);
        assertThat(failed).hasMessageNotContaining("secret");
        assertThat(failures).containsExactly("guest app.x.fail secret");
        byte[] deep = guest("deep", "i", "i", "", "i32.const 1");
        assertThat(error(kind, module, deep, ALL).code()).isEqualTo(ErrorCode.CALL_DEPTH_EXCEEDED);
    }

    private static String no(int a) {
        throw new HostFunctionException("sold out");
    }

    private static long fail(int a) throws Exception {
        throw new Exception("secret");
    }

    private static int deep(int a) {
        return deep(a + 1) + 1;
    }

    @Test
    void aPluginsErrorInsideIsTheApplicationsFailure() {
        try (PluginEngine other = engine(EngineKind.COMPILED, app())) {
            HostModule module =
                    app().function(
                                    "l",
                                    int.class,
                                    long.class,
                                    a -> {
                                        other.load("x", new byte[0]);
                                        return 1L;
                                    });
            byte[] guest = guest("l", "i", "I", "", "i32.const 1");
            assertThat(error(EngineKind.COMPILED, module, guest, ALL).code())
                    .isEqualTo(ErrorCode.HOST_FUNCTION_FAILED);
        }
    }

    @Test
    void whoRunsOutOfFuelIsStoppedThoughTheApplicationSwallowsIt() {
        HostModule module =
                app().function(
                                "t",
                                HostContext.class,
                                void.class,
                                context -> {
                                    try {
                                        context.charge(Long.MAX_VALUE);
                                    } catch (CordonException swallowed) {
                                        calls.incrementAndGet();
                                    }
                                    return null;
                                });
        byte[] guest = guest("t", "", "i", "", "");
        assertThat(error(EngineKind.COMPILED, module, guest, ALL).code())
                .isEqualTo(ErrorCode.OUT_OF_FUEL);
        assertThat(calls).hasValue(1);
        assertThat(failures).isEmpty();
    }

    @Test
    void deadlineAndCancellationAreLookedAtAfterwards() {
        Cancellation cancellation = new Cancellation();
        HostModule module =
                app().function(
                                "t",
                                HostContext.class,
                                void.class,
                                context -> {
                                    cancellation.cancel();
                                    while (!context.isCancelled()) {
                                        Thread.onSpinWait();
                                    }
                                    calls.incrementAndGet();
                                    return null;
                                });
        byte[] guest = guest("t", "", "i", "", "");
        try (PluginEngine engine = engine(EngineKind.COMPILED, module);
                Plugin plugin = engine.load("guest", guest, granted(ALL))) {
            CallOptions options = CallOptions.defaults().withCancellation(cancellation);
            assertThatThrownBy(() -> plugin.call("run", NOTHING, options))
                    .extracting(e -> ((CordonException) e).code())
                    .isEqualTo(ErrorCode.CANCELLED);
        }
        assertThat(calls).hasValue(1);
        HostModule slow =
                app().function(
                                "t",
                                HostContext.class,
                                void.class,
                                context -> {
                                    while (!context.isCancelled()) {
                                        Thread.sleep(5);
                                    }
                                    return null;
                                });
        try (PluginEngine engine = engine(EngineKind.COMPILED, slow);
                Plugin plugin =
                        engine.load(
                                "guest",
                                guest,
                                granted(ALL)
                                        .withQuota(
                                                Quota.widest()
                                                        .withDeadline(Duration.ofMillis(100))))) {
            assertThatThrownBy(() -> plugin.call("run", NOTHING))
                    .extracting(e -> ((CordonException) e).code())
                    .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void commandsThatTheApplicationSendsBelongToTheCall() {
        AtomicReference<PluginEngine> own = new AtomicReference<>();
        HostModule module =
                app().function(
                                "t",
                                String.class,
                                void.class,
                                name -> {
                                    own.get().commands().send(name, NOTHING);
                                    return null;
                                });
        byte[] asking = guest("t", "ii", "i", "a.b", "i32.const 0 i32.const 3");
        byte[] burner = ModuleBuilder.running("", "", "i32.const 0 drop ".repeat(5_000)).build();
        try (PluginEngine engine = engine(EngineKind.COMPILED, module);
                Plugin asker = engine.load("asker", asking, granted(ALL));
                Plugin other = engine.load("other", burner, granted())) {
            own.set(engine);
            long burnt = other.call("run", NOTHING).report().fuelUsed();
            Registration answered =
                    engine.commands().register("a.b", command -> new CommandResult(NOTHING));
            long alone = asker.call("run", NOTHING).report().fuelUsed();
            answered.close();
            engine.commands().register("a.b", other, "run");
            assertThat(asker.call("run", NOTHING).report().fuelUsed()).isEqualTo(alone + burnt);
        }
        try (PluginEngine engine = engine(EngineKind.COMPILED, module);
                Plugin asker = engine.load("asker", asking, granted(ALL))) {
            own.set(engine);
            engine.commands().register("a.b", asker, "run");
            assertThatThrownBy(() -> asker.call("run", NOTHING))
                    .cause()
                    .extracting(e -> ((CordonException) e).code())
                    .isEqualTo(ErrorCode.CHAIN_EXCEEDED);
        }
    }
}
