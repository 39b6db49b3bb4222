package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.cordon.bridge.BreakerPolicy;
import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.RetryPolicy;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.PluginErrorException;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.monitor.BreakerReport;
import dev.cordon.monitor.CommandReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Commands that are sent again, or kept back. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CommandSenderTest {
    private static final byte[] NOTHING = {};
    private static final Duration SOON = Duration.ofMillis(1);
    private static final RetryPolicy QUICK =
            RetryPolicy.defaults().withAttempts(4).withWaits(SOON, SOON);
    private static final BreakerPolicy TOUCHY =
            BreakerPolicy.defaults().withFailures(50, 4, 2).withOpenFor(Duration.ofHours(1));

    private final List<CommandReport> reports = new CopyOnWriteArrayList<>();
    private final List<BreakerReport> moves = new CopyOnWriteArrayList<>();
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .listener(
                            new EngineListener() {
                                @Override
                                public void commandEnded(CommandReport report) {
                                    reports.add(report);
                                }

                                @Override
                                public void breakerMoved(BreakerReport report) {
                                    moves.add(report);
                                }
                            })
                    .build();
    private final CommandBridge commands = engine.commands();
    private final AtomicInteger handled = new AtomicInteger();

    @AfterEach
    void close() {
        engine.close();
    }

    private static QuotaExceededException busy() {
        return new QuotaExceededException(ErrorCode.BUSY, "host", "is busy", "wait");
    }

    /** Handles a command that fails so many times, then answers. */
    private void failing(String name, int times, RuntimeException failure) {
        AtomicInteger left = new AtomicInteger(times);
        commands.register(
                name,
                command -> {
                    handled.incrementAndGet();
                    if (left.getAndDecrement() > 0) {
                        throw failure;
                    }
                    return CommandResult.of("done");
                });
    }

    private static ErrorCode code(Runnable work) {
        CordonException failure = catchThrowableOfType(CordonException.class, work::run);
        return failure == null ? null : failure.code();
    }

    @Test
    void aBusyHandlerIsAskedAgain() {
        failing("a", 3, busy());
        assertThat(commands.with(QUICK).send("a", NOTHING).text()).isEqualTo("done");
        assertThat(handled).hasValue(4);
        assertThat(reports)
                .extracting(CommandReport::outcome)
                .containsExactly("busy", "busy", "busy", "ok");
        assertThat(reports)
                .extracting(report -> report.traceparent().substring(0, 35))
                .containsOnly(reports.get(0).traceparent().substring(0, 35));
        assertThat(reports).extracting(CommandReport::traceparent).doesNotHaveDuplicates();
        assertThat(reports).extracting(CommandReport::depth).containsOnly(1);
    }

    @Test
    void attemptsHaveAnEnd() {
        failing("a", 100, busy());
        assertThat(code(() -> commands.with(QUICK).send("a", NOTHING))).isEqualTo(ErrorCode.BUSY);
        assertThat(handled).hasValue(4);
    }

    @Test
    void onlyWhatThePolicyNamesIsRetried() {
        failing("a", 1, new IllegalStateException("no"));
        failing("b", 1, new PluginErrorException("host", "b", "no"));
        CommandSender plain = commands.with(QUICK);
        assertThat(code(() -> plain.send("a", NOTHING))).isEqualTo(ErrorCode.HANDLER_FAILED);
        assertThat(code(() -> plain.send("b", NOTHING))).isEqualTo(ErrorCode.PLUGIN_ERROR);
        assertThat(code(() -> plain.send("none", NOTHING))).isEqualTo(ErrorCode.NO_HANDLER);
        assertThat(handled).hasValue(2);
        CommandSender chosen = commands.with(QUICK.withRetried(ErrorCode.HANDLER_FAILED));
        failing("c", 1, new IllegalStateException("no"));
        assertThat(chosen.send("c", NOTHING).text()).isEqualTo("done");
    }

    @Test
    void whatCannotPassIsNeverRetried() {
        for (ErrorCode code :
                List.of(
                        ErrorCode.CAPABILITY_DENIED,
                        ErrorCode.USAGE,
                        ErrorCode.PAYLOAD,
                        ErrorCode.OUT_OF_FUEL,
                        ErrorCode.CIRCUIT_OPEN)) {
            assertThatThrownBy(() -> QUICK.withRetried(code)).hasMessageContaining("CRD-702");
        }
        assertThatThrownBy(() -> QUICK.withAttempts(0)).hasMessageContaining("CRD-702");
        assertThatThrownBy(() -> QUICK.withJitter(1)).hasMessageContaining("CRD-702");
        assertThatThrownBy(() -> QUICK.withWaits(Duration.ZERO, SOON))
                .hasMessageContaining("CRD-702");
        assertThatThrownBy(() -> TOUCHY.withFailures(50, 4, 5)).hasMessageContaining("CRD-702");
        assertThatThrownBy(() -> TOUCHY.withTrials(0)).hasMessageContaining("CRD-702");
        assertThatThrownBy(() -> TOUCHY.withOpenFor(Duration.ZERO)).hasMessageContaining("CRD-702");
    }

    @Test
    void noWaitPassesTheDeadline() {
        failing("a", 100, busy());
        RetryPolicy slow =
                QUICK.withWaits(Duration.ofMinutes(5), Duration.ofMinutes(5)).withJitter(0);
        CallOptions short30 =
                CallOptions.defaults()
                        .withQuota(Quota.widest().withDeadline(Duration.ofMinutes(1)));
        assertThat(code(() -> commands.with(slow).send("a", NOTHING, short30)))
                .isEqualTo(ErrorCode.BUSY);
        assertThat(handled).hasValue(1);
    }

    @Test
    void aCancelledWaitEnds() {
        Cancellation token = new Cancellation();
        commands.register(
                "a",
                command -> {
                    handled.incrementAndGet();
                    token.cancel();
                    throw busy();
                });
        RetryPolicy slow = QUICK.withWaits(Duration.ofMinutes(5), Duration.ofMinutes(5));
        CallOptions options = CallOptions.defaults().withCancellation(token);
        assertThat(code(() -> commands.with(slow).send("a", NOTHING, options)))
                .isEqualTo(ErrorCode.BUSY);
        assertThat(handled).hasValue(1);
    }

    @Test
    void allAttemptsTogetherUseTheFuelOfOneSend() {
        Plugin trap = engine.load("t.wasm", SamplePlugins.bytes("trap-unreachable"));
        commands.register("trap", trap, trap.commands().get(0));
        RetryPolicy traps = QUICK.withAttempts(100).withRetried(ErrorCode.TRAP);
        assertThat(code(() -> commands.with(traps).send("trap", NOTHING)))
                .isEqualTo(ErrorCode.TRAP);
        long once = reports.get(0).fuelUsed();
        assertThat(once).isPositive();
        assertThat(reports).hasSize(100);
        reports.clear();
        CallOptions twice =
                CallOptions.defaults().withQuota(Quota.widest().withFuelPerCall(2 * once));
        commands.register("all", command -> commands.with(traps).send("trap", NOTHING, twice));
        assertThat(code(() -> commands.send("all", NOTHING))).isEqualTo(ErrorCode.TRAP);
        assertThat(reports).hasSize(3);
        assertThat(reports.get(2).fuelUsed()).as("charged to who sent it").isEqualTo(2 * once);
    }

    @Test
    void aBreakerKeepsBackWhatKeepsFailingAndNothingElse() {
        failing("bad", 100, new IllegalStateException("no"));
        failing("good", 0, busy());
        CommandSender sender = commands.with(TOUCHY);
        assertThat(code(() -> sender.send("bad", NOTHING))).isEqualTo(ErrorCode.HANDLER_FAILED);
        assertThat(code(() -> sender.send("bad", NOTHING))).isEqualTo(ErrorCode.HANDLER_FAILED);
        assertThat(code(() -> sender.send("bad", NOTHING))).isEqualTo(ErrorCode.CIRCUIT_OPEN);
        assertThat(handled).hasValue(2);
        assertThat(sender.send("good", NOTHING).text()).isEqualTo("done");
        assertThat(sender.breakers())
                .extracting(BreakerReport::command, BreakerReport::state, BreakerReport::refused)
                .containsExactly(tuple("bad", "open", 1L), tuple("good", "closed", 0L));
        assertThat(moves).extracting(BreakerReport::state).containsExactly("open");
        assertThat(code(() -> commands.send("bad", NOTHING))).isEqualTo(ErrorCode.HANDLER_FAILED);
    }

    @Test
    void anOpenBreakerLetsTrialsThroughAndCloses() {
        failing("a", 2, new IllegalStateException("no"));
        CommandSender sender = commands.with(TOUCHY.withOpenFor(SOON).withTrials(1));
        code(() -> sender.send("a", NOTHING));
        code(() -> sender.send("a", NOTHING));
        ErrorCode last = ErrorCode.CIRCUIT_OPEN;
        while (last == ErrorCode.CIRCUIT_OPEN) {
            last = code(() -> sender.send("a", NOTHING));
        }
        assertThat(last).isNull();
        assertThat(moves)
                .extracting(BreakerReport::state)
                .containsExactly("open", "half-open", "closed");
    }

    @Test
    void anAnswerThatIsAnErrorAndTheSendersFaultsOpenNothing() {
        failing("a", 100, new PluginErrorException("host", "a", "no"));
        CommandSender sender = commands.with(TOUCHY);
        for (int i = 0; i < 10; i++) {
            assertThat(code(() -> sender.send("a", NOTHING))).isEqualTo(ErrorCode.PLUGIN_ERROR);
            assertThat(code(() -> sender.send("none", NOTHING))).isEqualTo(ErrorCode.NO_HANDLER);
        }
    }

    @Test
    void retriesStopAtAnOpenBreaker() {
        failing("a", 100, busy());
        CommandSender sender = commands.with(QUICK, TOUCHY);
        assertThat(code(() -> sender.send("a", NOTHING))).isEqualTo(ErrorCode.CIRCUIT_OPEN);
        assertThat(handled).hasValue(2);
    }

    private Plugin relay(String id) {
        return engine.load(
                id + ".wasm",
                SamplePlugins.bytes("command-relay"),
                LoadOptions.defaults().withGrants(Grants.of("command:send=job")));
    }

    private static int sent(Plugin relay) {
        byte[] request = "\003job".getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(relay.call("relay", request).bytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
    }

    @Test
    void asMiddlewareEachSenderHasItsOwnBreaker() {
        commands.use(commands.breaking(TOUCHY));
        Plugin one = relay("one");
        Plugin two = relay("two");
        failing("job", 2, new IllegalStateException("no"));
        assertThat(sent(one)).isEqualTo(-6);
        assertThat(sent(one)).isEqualTo(-6);
        assertThat(sent(one)).isEqualTo(-8);
        assertThat(sent(two)).isEqualTo(4);
        assertThat(moves).extracting(BreakerReport::sender).containsExactly("cordon:/plugins/one");
    }

    @Test
    void asMiddlewareTheAttemptsAreOneDispatch() {
        commands.use(commands.retrying(QUICK));
        failing("job", 3, busy());
        assertThat(sent(relay("one"))).isEqualTo(4);
        assertThat(handled).hasValue(4);
        assertThat(reports).hasSize(1);
    }

    @Test
    void aMiddlewareRetriesWhatTheApplicationThrows() {
        commands.use(commands.retrying(QUICK.withRetried(ErrorCode.HANDLER_FAILED)));
        failing("job", 3, new IllegalStateException("no"));
        assertThat(commands.send("job", NOTHING).text()).isEqualTo("done");
        assertThat(handled).hasValue(4);
        failing("lost", 100, new IllegalStateException("no"));
        assertThat(code(() -> commands.send("lost", NOTHING))).isEqualTo(ErrorCode.HANDLER_FAILED);
    }
}
