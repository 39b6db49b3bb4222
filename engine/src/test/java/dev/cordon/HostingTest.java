package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.TraceContext;
import dev.cordon.bundle.BundleReader;
import dev.cordon.bundle.PluginBundle;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a process needs that hosts plugins for others. */
@Timeout(60)
class HostingTest {
    private static final byte[] NOTHING = {};
    private static final LoadOptions SENDS =
            LoadOptions.defaults().withGrants(Grants.of("command:send=gate"));

    @TempDir Path folder;

    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch waiting = new CountDownLatch(1);

    private static PluginEngine engine() {
        return PluginEngine.builder().trust(TrustPolicy.off()).build();
    }

    @Test
    void whatWasReadBeforeIsLoadedAndReloaded() {
        PluginBundle one = BundleReader.read(SamplePlugins.copyTo("release-one", folder));
        PluginBundle two = BundleReader.read(SamplePlugins.copyTo("release-two", folder));
        try (PluginEngine engine = engine()) {
            assertThat(engine.inspect(one).manifest().version()).isEqualTo("1.0.0");
            Plugin plugin = engine.load(one, LoadOptions.defaults());
            plugin.reload(two, LoadOptions.defaults());
            assertThat(plugin.call("which", NOTHING).text()).isEqualTo("2");
        }
    }

    @Test
    void workIsPartOfTheTraceThatCausedIt() {
        AtomicReference<TraceContext> seen = new AtomicReference<>();
        TraceContext cause = TraceContext.start();
        try (PluginEngine engine = engine()) {
            engine.commands()
                    .register(
                            "gate",
                            command -> {
                                seen.set(command.trace());
                                return CommandResult.empty();
                            });
            engine.inTrace(cause, () -> engine.commands().send("gate", NOTHING));
            assertThat(seen.get().traceId()).isEqualTo(cause.traceId());
            assertThat(seen.get().spanId()).isNotEqualTo(cause.spanId());
            engine.commands().send("gate", NOTHING);
            assertThat(seen.get().traceId()).isNotEqualTo(cause.traceId());
        }
    }

    @Test
    void callsThatRunMayEndBeforeAPluginIsClosed() throws Exception {
        try (PluginEngine engine = engine()) {
            Plugin plugin = gated(engine);
            CompletableFuture<CommandResult> running = send(engine);
            waiting.await();
            CompletableFuture<Boolean> closing =
                    CompletableFuture.supplyAsync(
                            () -> plugin.closeWithin(Duration.ofSeconds(50)),
                            task -> new Thread(task, "closing").start());
            while (engine.commands().names().contains("wait")) {
                Thread.onSpinWait();
            }
            assertThat(closing.isDone()).isFalse();
            open.countDown();
            assertThat(running.get()).isNotNull();
            assertThat(closing.get()).isTrue();
            assertThatThrownBy(() -> plugin.call("which", NOTHING))
                    .isInstanceOf(CordonException.class);
        }
    }

    @Test
    void callsThatDoNotEndAreStopped() {
        try (PluginEngine engine = engine()) {
            Plugin plugin = engine.load(SamplePlugins.copyTo("release-one", folder));
            CompletableFuture<CallResult> running = plugin.callAsync("spin", NOTHING);
            // It may have been stopped by its fuel before; then there was nothing to stop.
            boolean idle = plugin.closeWithin(Duration.ofMillis(1));
            assertThatThrownBy(running::join).hasCauseInstanceOf(CordonException.class);
            assertThat(plugin.closeWithin(Duration.ZERO)).as("again, after " + idle).isTrue();
        }
    }

    private CompletableFuture<CommandResult> send(PluginEngine engine) {
        return CompletableFuture.supplyAsync(
                () -> engine.commands().send("wait", NOTHING),
                task -> new Thread(task, "sending").start());
    }

    private Plugin gated(PluginEngine engine) {
        Plugin plugin = engine.load(SamplePlugins.copyTo("release-one", folder), SENDS);
        engine.commands().register(plugin);
        engine.commands()
                .register(
                        "gate",
                        command -> {
                            waiting.countDown();
                            await(open);
                            return CommandResult.empty();
                        });
        return plugin;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
