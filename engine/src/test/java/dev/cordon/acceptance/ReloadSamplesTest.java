package dev.cordon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.bridge.Command;
import dev.cordon.bridge.CommandResult;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.capability.Scratch;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.ManifestCommand;
import dev.cordon.manifest.StatePolicy;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two releases of one plugin, of which one takes the place of the other. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReloadSamplesTest {
    private static final byte[] NOTHING = {};
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Grant EVENTS = Grant.parse("event:subscribe=**");
    private static final LoadOptions OPTIONS =
            LoadOptions.defaults()
                    .withGrants(Grants.of("command:send=gate", "event:subscribe=**"))
                    .withQuota(Quota.widest().withInstances(1));

    @TempDir Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final CountDownLatch atGate = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .quota(Quota.defaults().withDeadline(LONG).withFuelPerCall(10_000_000))
                    .listener(
                            new EngineListener() {
                                @Override
                                public void pluginReloaded(String id, String before, String now) {
                                    told.add(before + " " + now);
                                }

                                @Override
                                public void guestLog(
                                        String plugin, GuestLogLevel level, String text) {
                                    log.add(text);
                                }
                            })
                    .build();
    private Path one = Path.of("");
    private Path two = Path.of("");

    @BeforeEach
    void open() {
        one = SamplePlugins.copyTo("release-one", folder);
        two = SamplePlugins.copyTo("release-two", folder);
        engine.commands().register("gate", this::pass);
    }

    private CommandResult pass(Command command) {
        atGate.countDown();
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return CommandResult.empty();
    }

    @AfterEach
    void close() {
        gate.countDown();
        engine.close();
    }

    private static String which(Plugin plugin) {
        return plugin.call("which", NOTHING).text();
    }

    private static ErrorCode refusal(Runnable work) {
        try {
            work.run();
        } catch (CordonException refused) {
            return refused.code();
        }
        throw new AssertionError("it was not refused");
    }

    @Test
    void release_one() {
        Plugin plugin = engine.load(one, OPTIONS);
        assertThat(which(plugin)).isEqualTo("1");
        assertThat(refusal(() -> plugin.call("crash", NOTHING))).isEqualTo(ErrorCode.TRAP);
        assertThat(refusal(() -> plugin.call("spin", NOTHING))).isEqualTo(ErrorCode.OUT_OF_FUEL);
    }

    @Test
    void release_two() {
        Plugin plugin = engine.load(one, OPTIONS);
        String before = plugin.digest();
        plugin.reload(two);
        assertThat(which(plugin)).isEqualTo("2");
        assertThat(plugin.version()).isEqualTo("2.0.0");
        assertThat(plugin.call("which", NOTHING).report().digest()).isEqualTo(plugin.digest());
        assertThat(told).containsExactly(before + " " + plugin.digest());
    }

    @Test
    void callsThatRunEndOnTheOldVersion() throws Exception {
        Plugin plugin = engine.load(one, OPTIONS);
        CompletableFuture<String> running =
                plugin.callAsync("wait", NOTHING).thenApply(result -> result.text());
        atGate.await();
        plugin.reload(two);
        assertThat(which(plugin)).isEqualTo("2");
        gate.countDown();
        assertThat(running.get()).isEqualTo("1");
    }

    @Test
    void callsThatWaitGoToTheNewVersion() throws Exception {
        Plugin plugin = engine.load(one, OPTIONS);
        CompletableFuture<?> running = plugin.callAsync("wait", NOTHING);
        atGate.await();
        CompletableFuture<String> waiting =
                plugin.callAsync("which", NOTHING).thenApply(result -> result.text());
        plugin.reload(two);
        assertThat(waiting.get()).isEqualTo("2");
        assertThat(running).isNotDone();
    }

    @Test
    void registrationsFollow() {
        Plugin plugin = engine.load(one, OPTIONS);
        engine.commands().register("release.which", plugin, "which");
        assertThat(engine.commands().send("release.which", NOTHING).text()).isEqualTo("1");
        plugin.reload(two);
        assertThat(engine.commands().send("release.which", NOTHING).text()).isEqualTo("2");
    }

    @Test
    void whatIsRefusedLeavesTheOldVersionAsItWas() throws Exception {
        Plugin plugin = engine.load(one, OPTIONS);
        engine.commands().register("release.crash", plugin, "crash");
        Path corrupt = Files.write(folder.resolve("corrupt.wasm"), new byte[] {0, 'a', 's', 'm'});
        assertThat(refusal(() -> plugin.reload(corrupt))).isEqualTo(ErrorCode.MALFORMED_MODULE);
        assertThat(refusal(() -> plugin.reload(folder.resolve("none.wasm"))))
                .isEqualTo(ErrorCode.UNREADABLE);
        Path other = SamplePlugins.copyTo("echo", folder);
        assertThat(refusal(() -> plugin.reload(other))).isEqualTo(ErrorCode.RELOAD_REFUSED);
        LoadOptions lacking = OPTIONS.withManifest(lacking(plugin.manifest()));
        assertThatThrownBy(() -> plugin.reload(two, lacking))
                .hasMessageContaining("registered for its command `crash`");
        LoadOptions absent = OPTIONS.withScratch(List.of(Scratch.empty("/a"), Scratch.empty("/a")));
        assertThat(refusal(() -> plugin.reload(two, absent))).isEqualTo(ErrorCode.USAGE);
        assertThat(which(plugin)).isEqualTo("1");
        assertThat(plugin.grants()).isEqualTo(OPTIONS.grants());
        assertThat(told).isEmpty();
    }

    private static Manifest lacking(Manifest manifest) {
        return new Manifest(
                manifest.id(),
                "2.0.0",
                "",
                List.of(new ManifestCommand("which", "which", "")),
                List.of(),
                List.of(),
                StatePolicy.FRESH,
                manifest.quota());
    }

    @Test
    void eventsThatWaitedAndNewTopicsGoToTheNewVersion() throws Exception {
        Plugin plugin = engine.load(one, OPTIONS);
        engine.events().publish("order.placed", NOTHING);
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        engine.events().publish("order.placed.late", NOTHING); // the old one does not want it
        plugin.callAsync("wait", NOTHING);
        atGate.await();
        engine.events().publish("order.placed", NOTHING);
        engine.events().publish("order.paid", NOTHING);
        plugin.reload(two);
        engine.events().publish("order.placed.late", NOTHING);
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        assertThat(log).containsExactly("1", "2", "2", "2");
        assertThat(engine.events().deadLetters()).isEmpty();
    }

    @Test
    void aVersionThatTakesNoEventsAnyMoreLeavesThemToTheDeadLetters() throws Exception {
        Plugin plugin = engine.load(one, OPTIONS);
        CompletableFuture<?> running = plugin.callAsync("wait", NOTHING);
        atGate.await();
        engine.events().publish("order.placed", NOTHING);
        engine.events().publish("order.paid", NOTHING);
        plugin.reload(two, OPTIONS.withManifest(lacking(plugin.manifest())));
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        assertThat(running).isNotDone();
        assertThat(log).isEmpty();
        assertThat(engine.events().deadLetters()).hasSize(2);
    }

    @Test
    void whatWasRevokedStaysRevokedUnlessTheOptionsGiveItAgain() {
        Plugin plugin = engine.load(one, OPTIONS);
        assertThat(plugin.revoke(EVENTS)).isTrue();
        plugin.reload(two);
        assertThat(plugin.grants()).isEqualTo(Grants.of("command:send=gate"));
        engine.events().publish("order.placed", NOTHING);
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        assertThat(log).isEmpty();
        plugin.reload(one, OPTIONS);
        assertThat(plugin.grants()).isEqualTo(OPTIONS.grants());
        engine.events().publish("order.placed", NOTHING);
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        assertThat(log).containsExactly("1");
    }

    @Test
    void aGrantThatOneVersionDidNotAskForComesBackWithOneThatDoes() throws Exception {
        Plugin plugin = engine.load(one, OPTIONS);
        Path modest = Files.copy(two, folder.resolve("modest.wasm"));
        String manifest = Files.readString(folder.resolve("release-two.cordon.json"));
        Files.writeString(
                folder.resolve("modest.cordon.json"),
                manifest.replaceAll("\"requests\": .*", "\"requests\": []"));
        plugin.reload(modest);
        assertThat(plugin.grants()).isEqualTo(Grants.none());
        plugin.reload(two);
        assertThat(plugin.grants()).isEqualTo(OPTIONS.grants());
    }

    @Test
    void aClosedPluginIsNotReloaded() {
        Plugin plugin = engine.load(one, OPTIONS);
        plugin.close();
        assertThat(refusal(() -> plugin.reload(two))).isEqualTo(ErrorCode.CLOSED);
        assertThat(refusal(() -> which(plugin))).isEqualTo(ErrorCode.CLOSED);
    }

    @Test
    void closingStopsTheOldVersionsToo() throws Exception {
        Plugin plugin =
                engine.load(
                        one, OPTIONS.withQuota(Quota.widest().withFuelPerCall(Quota.UNLIMITED)));
        CompletableFuture<?> running = plugin.callAsync("wait", NOTHING);
        atGate.await();
        plugin.reload(two);
        CompletableFuture<Void> closing = CompletableFuture.runAsync(plugin::close);
        gate.countDown();
        closing.get();
        assertThat(running).isDone();
    }
}
