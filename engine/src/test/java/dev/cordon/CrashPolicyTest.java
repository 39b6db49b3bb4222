package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.DeadLetter;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.PluginHealth;
import dev.cordon.monitor.PluginState;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What crash policies do for callers, senders, publishers. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class CrashPolicyTest {
    private static final byte[] NOTHING = {};
    private static final CrashPolicy QUICK =
            CrashPolicy.reload().withBackoff(Duration.ofMillis(1), Duration.ofMillis(4));
    private static final CrashPolicy SLOW =
            CrashPolicy.reload().withBackoff(Duration.ofHours(1), Duration.ofHours(1));

    @TempDir Path folder;

    private final List<PluginState> states = new CopyOnWriteArrayList<>();
    private final AtomicInteger reports = new AtomicInteger();
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .quota(Quota.defaults().withFuelPerCall(1_000_000).withInstances(8))
                    .listener(
                            new EngineListener() {
                                @Override
                                public void pluginStateChanged(String id, PluginHealth health) {
                                    states.add(health.state());
                                }

                                @Override
                                public void callEnded(CallReport report) {
                                    reports.incrementAndGet();
                                }
                            })
                    .build();

    @AfterEach
    void close() {
        engine.close();
    }

    private Plugin load(CrashPolicy policy) {
        return engine.load(
                SamplePlugins.copyTo("release-one", folder),
                LoadOptions.defaults()
                        .withGrants(Grants.of("command:send=gate", "event:subscribe=**"))
                        .withCrashPolicy(policy));
    }

    private static ErrorCode end(Plugin plugin, String command) {
        return end(plugin, command, CallOptions.defaults());
    }

    private static ErrorCode end(Plugin plugin, String command, CallOptions options) {
        try {
            plugin.call(command, NOTHING, options);
        } catch (CordonException failure) {
            return failure.code();
        }
        throw new AssertionError("it was answered");
    }

    @Test
    void unlessAPolicyIsSetACrashConcernsItsCallerOnly() {
        Plugin plugin = load(CrashPolicy.none());
        for (int i = 0; i < 20; i++) {
            assertThat(end(plugin, "crash")).isEqualTo(ErrorCode.TRAP);
        }
        assertThat(plugin.call("which", NOTHING).text()).isEqualTo("1");
        assertThat(states).isEmpty();
    }

    @Test
    void aPluginThatIsDownRefusesUntilItIsReleased() {
        Plugin plugin = load(CrashPolicy.closed());
        assertThat(end(plugin, "spin")).isEqualTo(ErrorCode.OUT_OF_FUEL);
        assertThat(end(plugin, "which")).isEqualTo(ErrorCode.PLUGIN_QUARANTINED);
        assertThat(plugin.health().state()).isEqualTo(PluginState.QUARANTINED);
        assertThat(plugin.health().lastCrash()).contains(ErrorCode.OUT_OF_FUEL);
        assertThat(plugin.release()).isTrue();
        assertThat(plugin.call("which", NOTHING).text()).isEqualTo("1");
        plugin.close();
        assertThat(plugin.health().state()).isEqualTo(PluginState.CLOSED);
    }

    @Test
    void aNewVersionEndsQuarantine() {
        Plugin plugin = load(CrashPolicy.closed());
        assertThat(end(plugin, "crash")).isEqualTo(ErrorCode.TRAP);
        plugin.reload(SamplePlugins.copyTo("release-two", folder));
        assertThat(plugin.call("which", NOTHING).text()).isEqualTo("2");
        assertThat(end(plugin, "crash")).isEqualTo(ErrorCode.TRAP);
        assertThat(end(plugin, "which"))
                .as("the policy stays")
                .isEqualTo(ErrorCode.PLUGIN_QUARANTINED);
    }

    @Test
    void whatIsNotThePluginsFaultIsNoCrash() {
        Plugin plugin = load(CrashPolicy.closed());
        CallOptions little = CallOptions.defaults().withQuota(Quota.widest().withFuelPerCall(10));
        Cancellation cancelled = new Cancellation();
        cancelled.cancel();
        assertThat(end(plugin, "nope")).isEqualTo(ErrorCode.UNKNOWN_COMMAND);
        assertThat(end(plugin, "spin", little)).isEqualTo(ErrorCode.OUT_OF_FUEL);
        assertThat(end(plugin, "which", CallOptions.defaults().withCancellation(cancelled)))
                .isEqualTo(ErrorCode.CANCELLED);
        assertThat(plugin.health().crashes()).isZero();
        Plugin failing =
                engine.load(
                        SamplePlugins.copyTo("failing-reactor", folder),
                        LoadOptions.defaults().withCrashPolicy(CrashPolicy.closed()));
        assertThat(end(failing, "one")).isEqualTo(ErrorCode.PLUGIN_ERROR);
        assertThat(failing.health().crashes()).isZero();
    }

    @Test
    void aStandInAnswersWhatTheBridgeSends() {
        CrashPolicy open =
                CrashPolicy.open(command -> CommandResult.of("instead of " + command.name()))
                        .withQuarantineAfter(1);
        Plugin plugin = load(open);
        engine.commands().register("release.which", plugin, "which");
        engine.commands().register("release.crash", plugin, "crash");
        assertThat(engine.commands().send("release.which", NOTHING).text()).isEqualTo("1");
        assertThat(sent("release.crash")).isEqualTo(ErrorCode.TRAP);
        assertThat(engine.commands().send("release.which", NOTHING).text())
                .isEqualTo("instead of release.which");
        assertThat(end(plugin, "which")).isEqualTo(ErrorCode.PLUGIN_QUARANTINED);
    }

    @Test
    void aSenderLearnsThatItIsUnavailable() {
        Plugin plugin = load(SLOW);
        engine.commands().register("release.which", plugin, "which");
        Plugin relay =
                engine.load(
                        SamplePlugins.copyTo("command-relay", folder),
                        LoadOptions.defaults().withGrants(Grants.of("command:send=release.*")));
        byte[] which = "\rrelease.which".getBytes(StandardCharsets.UTF_8);
        assertThat(relay.call("relay", which).bytes()[0]).isEqualTo((byte) 1);
        assertThat(end(plugin, "crash")).isEqualTo(ErrorCode.TRAP);
        assertThat(relay.call("relay", which).bytes()[0]).isEqualTo((byte) -8);
        assertThat(sent("release.which")).isEqualTo(ErrorCode.PLUGIN_BACKING_OFF);
    }

    private ErrorCode sent(String name) {
        try {
            engine.commands().send(name, NOTHING);
        } catch (CordonException failure) {
            return failure.code();
        }
        throw new AssertionError("it was answered");
    }

    @Test
    void eventsForAPluginThatIsDownBecomeDeadLetters() {
        Plugin plugin = load(SLOW);
        assertThat(end(plugin, "crash")).isEqualTo(ErrorCode.TRAP);
        engine.events().publish("order.placed", NOTHING);
        assertThat(engine.events().awaitDelivery(Duration.ofSeconds(30))).isTrue();
        assertThat(engine.events().deadLetters())
                .singleElement()
                .satisfies(it -> assertThat(it.reason()).isEqualTo(DeadLetter.Reason.FAILED))
                .satisfies(it -> assertThat(it.detail()).startsWith("CRD-519 "));
    }

    @Test
    void eventsThatCrashThePluginCount() {
        Plugin logger =
                engine.load(
                        SamplePlugins.copyTo("event-logger", folder),
                        LoadOptions.defaults()
                                .withGrants(Grants.of("event:subscribe=order.*"))
                                .withCrashPolicy(CrashPolicy.closed()));
        engine.events().publish("order.placed", (Object) "trap");
        assertThat(engine.events().awaitDelivery(Duration.ofSeconds(30))).isTrue();
        assertThat(logger.health().state()).isEqualTo(PluginState.QUARANTINED);
    }

    @Test
    void underLoadExactlySoManyCrashesLeadToQuarantine() throws Exception {
        Plugin plugin = load(QUICK.withQuarantineAfter(5));
        List<Thread> threads = new ArrayList<>();
        AtomicInteger calls = new AtomicInteger();
        for (int t = 0; t < 8; t++) {
            threads.add(
                    new Thread(
                            () -> {
                                ErrorCode code = ErrorCode.TRAP;
                                while (code != ErrorCode.PLUGIN_QUARANTINED) {
                                    code = end(plugin, "crash");
                                    calls.incrementAndGet();
                                }
                            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(plugin.health().crashes()).isEqualTo(5);
        assertThat(plugin.health().crashesInARow()).isEqualTo(5);
        assertThat(reports).as("each call has its report").hasValue(calls.get());
        assertThat(states).hasSize(9); // five times down, four times tried
    }

    @Test
    void aPluginThatRecoversServesAgain() throws Exception {
        Plugin plugin = load(QUICK);
        assertThat(end(plugin, "crash")).isEqualTo(ErrorCode.TRAP);
        while (plugin.health().state() != PluginState.SERVING) {
            try {
                plugin.call("which", NOTHING);
            } catch (CordonException down) {
                assertThat(down.code()).isEqualTo(ErrorCode.PLUGIN_BACKING_OFF);
                Thread.sleep(1);
            }
        }
        assertThat(plugin.call("which", NOTHING).text()).isEqualTo("1");
    }
}
