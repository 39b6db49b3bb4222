package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.bridge.CommandResult;
import dev.cordon.capability.CapabilityBroker;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the application does to a plugin while it answers one of its calls. */
@Timeout(value = 25, unit = TimeUnit.SECONDS) // less than closing waits for others
class InsideCallsTest {
    private static final Runnable NOTHING = () -> {};

    @TempDir Path folder;

    private final AtomicReference<Runnable> pause = new AtomicReference<>(NOTHING);
    private final AtomicReference<Runnable> asked = new AtomicReference<>(NOTHING);
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .allowUnrequested(true)
                    .broker(
                            request -> {
                                asked.getAndSet(NOTHING).run();
                                return CapabilityBroker.Answer.DENY;
                            })
                    .build();
    private Path file = Path.of("");
    private Grant write = Grant.parse("random");

    @BeforeEach
    void open() throws Exception {
        file = SamplePlugins.copyTo("grant-holder", folder);
        Path data = Files.createDirectory(folder.resolve("data"));
        write = Grant.parse("fs:write=" + data + "::/data");
        engine.commands()
                .register(
                        "app.pause",
                        command -> {
                            pause.getAndSet(NOTHING).run();
                            return CommandResult.empty();
                        });
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Plugin load() {
        return engine.load(
                file,
                LoadOptions.defaults().withGrants(Grants.of("command:send=app.*", write.text())));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ErrorCode code(Runnable call) {
        return catchThrowableOfType(CordonException.class, call::run).code();
    }

    @Test
    void anOldVersionLosesWhatIsTakenBackAlsoIfTheNewOneNeverHadIt() {
        LoadOptions narrow = LoadOptions.defaults().withGrants(Grants.of("command:send=app.pause"));
        String kept = "0 0 0";
        String lost = "0 8 1000";
        Plugin plugin = load();
        pause.set(() -> plugin.reload(file, narrow));
        assertThat(plugin.call("keep", bytes("/data/a")).text()).isEqualTo(kept);
        Plugin revoked = load();
        pause.set(
                () -> {
                    revoked.reload(file, narrow);
                    assertThat(revoked.revoke(write)).isFalse();
                });
        assertThat(revoked.call("keep", bytes("/data/b")).text()).isEqualTo(lost);
        Plugin replaced = load();
        pause.set(
                () -> {
                    replaced.reload(file, narrow);
                    replaced.setGrants(Grants.of("command:send=app.pause"));
                });
        assertThat(replaced.call("keep", bytes("/data/c")).text()).isEqualTo(lost);
        Plugin granted = load();
        granted.revoke(write);
        pause.set(
                () -> {
                    granted.reload(file, narrow);
                    granted.grant(write);
                });
        assertThat(granted.call("keep", bytes("/data/d")).text())
                .as("and gets nothing that the new one is given")
                .isEqualTo("69 8 69");
    }

    @Test
    void aPluginIsClosedInsideItsOwnCall() {
        Plugin handled = load();
        pause.set(handled::close);
        assertThat(code(() -> handled.call("keep", bytes("/data/a"))))
                .isEqualTo(ErrorCode.CANCELLED);
        Plugin brokered = load();
        asked.set(brokered::close);
        assertThat(code(() -> brokered.call("use", bytes("g count.a"))))
                .isEqualTo(ErrorCode.CANCELLED);
        assertThat(code(() -> brokered.call("held", bytes("")))).isEqualTo(ErrorCode.CLOSED);
        Plugin old = load();
        pause.set(
                () -> {
                    old.reload(file);
                    old.close();
                });
        assertThat(code(() -> old.call("keep", bytes("/data/a")))).isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void anEngineIsClosedInsideACallOfItsOwnThreads() throws Exception {
        Plugin plugin = load();
        asked.set(engine::close);
        CompletableFuture<CallResult> call = plugin.callAsync("use", bytes("g count.a"));
        assertThat(
                        catchThrowableOfType(
                                        ExecutionException.class,
                                        () -> call.get(20, TimeUnit.SECONDS))
                                .getCause())
                .isInstanceOfSatisfying(
                        CordonException.class,
                        stopped -> assertThat(stopped.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    @Test
    void anEngineIsClosedByASubscriber() throws Exception {
        CompletableFuture<List<Long>> took = new CompletableFuture<>();
        engine.events()
                .subscribe(
                        "order.*",
                        event -> {
                            long start = System.nanoTime();
                            engine.close();
                            boolean interrupted = Thread.interrupted();
                            took.complete(
                                    List.of(System.nanoTime() - start, interrupted ? 1L : 0L));
                        });
        engine.events().publish("order.placed", bytes(""));
        List<Long> result = took.get(20, TimeUnit.SECONDS);
        assertThat(result.get(0)).isLessThan(TimeUnit.SECONDS.toNanos(5));
        assertThat(result.get(1)).isZero();
    }

    @Test
    void whoHearsOfAChangeMayWaitForAnotherThreadThatChangesSomething() throws Exception {
        Grant first = Grant.parse("data:read=count.a");
        Grant second = Grant.parse("data:read=count.b");
        AtomicReference<Plugin> loaded = new AtomicReference<>();
        EngineListener waiting =
                new EngineListener() {
                    @Override
                    public void audited(AuditRecord entry) {
                        if (entry.capability().equals(first.text())) {
                            CompletableFuture.runAsync(() -> loaded.get().grant(second)).join();
                        }
                    }
                };
        try (PluginEngine heard =
                        PluginEngine.builder().trust(TrustPolicy.off()).listener(waiting).build();
                Plugin plugin = heard.load(file)) {
            loaded.set(plugin);
            assertThat(plugin.grant(first)).isTrue();
            assertThat(plugin.grants().granted()).containsExactly(first, second);
        }
    }
}
