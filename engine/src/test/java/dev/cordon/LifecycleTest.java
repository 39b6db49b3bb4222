package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.bridge.Subscription;
import dev.cordon.capability.Grant;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.extism.ExtismManifest;
import dev.cordon.monitor.AuditQuery;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.quota.ResourceQuota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.Publisher;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.key.KeyAlgorithm;
import dev.cordon.trust.key.SigningKey;
import dev.cordon.trust.sign.PluginSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays with a plugin when it is replaced, and what does not. */
class LifecycleTest {
    private static final byte[] NOTHING = {};
    private static final SigningKey KEY = SigningKey.generate(KeyAlgorithm.ED25519);

    @TempDir Path folder;

    private static PluginEngine engine() {
        return PluginEngine.builder().trust(TrustPolicy.off()).build();
    }

    @Test
    void whatWasUsedUpStaysUsedUp() {
        Quota half = Quota.widest().withResources(ResourceQuota.defaults().withCpuPercent(50));
        Quota third = Quota.widest().withResources(ResourceQuota.defaults().withCpuPercent(30));
        Path file = SamplePlugins.copyTo("release-one", folder);
        try (PluginEngine engine = engine()) {
            Plugin plugin = engine.load(file, LoadOptions.defaults().withQuota(half));
            PluginVersion first = plugin.current();
            plugin.reload(file);
            PluginVersion second = plugin.current();
            assertThat(second).isNotSameAs(first);
            assertThat(second.path().share()).isSameAs(first.path().share());
            plugin.reload(file, LoadOptions.defaults().withQuota(third));
            assertThat(plugin.current().path().share()).isNotSameAs(first.path().share());
        }
    }

    @Test
    void stateStartsAnew() {
        try (PluginEngine engine = engine()) {
            Plugin kept = engine.load(SamplePlugins.copyTo("state-counter-kept", folder));
            assertThat(kept.call("next", NOTHING).text()).isEqualTo("A");
            assertThat(kept.call("next", NOTHING).text()).isEqualTo("B");
            kept.reload(folder.resolve("state-counter-kept.wasm"));
            assertThat(kept.call("next", NOTHING).text()).isEqualTo("A");
        }
    }

    @Test
    void variablesOfExtismStartAnewAndAManifestsOptionsGoWithIt() {
        byte[] text = "queue".getBytes(StandardCharsets.UTF_8);
        Path file = SamplePlugins.copyTo("extism-vowels", folder);
        try (PluginEngine engine = engine()) {
            Plugin plugin = engine.load(manifest(file, "{\"vowels\":\"q\"}"));
            assertThat(plugin.call("count", text).text()).isEqualTo("{\"count\":1,\"total\":1}");
            plugin.reload(file);
            assertThat(plugin.call("count", text).text()).isEqualTo("{\"count\":1,\"total\":1}");
            plugin.reload(manifest(file, "{}"));
            assertThat(plugin.call("count", text).text()).isEqualTo("{\"count\":4,\"total\":4}");
        }
    }

    @Test
    void aReleaseThatIsRefusedIsNotRemembered() throws Exception {
        Path one = signed("release-one");
        Path two = signed("release-two");
        try (PluginEngine engine = PluginEngine.builder().trust(policy()).build()) {
            Plugin plugin = engine.load(one);
            Plugin empty = engine.load(signed("hello"));
            assertThatThrownBy(() -> empty.reload(two)).isInstanceOf(CordonException.class);
            engine.load(one).close();
            plugin.reload(two);
            assertThat(refusal(() -> plugin.reload(one))).isEqualTo(ErrorCode.ROLLBACK);
            assertThat(plugin.call("which", NOTHING).text()).isEqualTo("2");
        }
    }

    @Test
    void aPluginThatThereIsNoRoomForIsNotRemembered() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        EngineListener listener =
                new EngineListener() {
                    @Override
                    public void pluginLoaded(String plugin, String digest) {
                        told.add("loaded " + plugin);
                    }

                    @Override
                    public void pluginClosed(String plugin) {
                        told.add("closed " + plugin);
                    }
                };
        Path one = signed("release-one");
        Path two = signed("release-two");
        try (PluginEngine engine =
                PluginEngine.builder().trust(policy()).listener(listener).build()) {
            List<Subscription> all = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                all.add(engine.events().subscribe("order.new", event -> {}));
            }
            assertThat(refusal(() -> engine.load(two))).isEqualTo(ErrorCode.BUSY);
            assertThat(told).as("it was never there").isEmpty();
            all.forEach(Subscription::close);
            assertThat(engine.load(one).call("which", NOTHING).text()).isEqualTo("1");
        }
    }

    @Test
    void aListenerHearsOfAChangeWhenOthersCanChangeAgain() {
        Grant random = Grant.parse("random");
        AtomicReference<Plugin> loaded = new AtomicReference<>();
        CompletableFuture<Boolean> taken = new CompletableFuture<>();
        EngineListener listener =
                new EngineListener() {
                    @Override
                    public void audited(AuditRecord entry) {
                        if (entry.operation().equals("grant")) {
                            CompletableFuture.supplyAsync(() -> loaded.get().revoke(random))
                                    .thenAccept(taken::complete)
                                    .orTimeout(20, TimeUnit.SECONDS)
                                    .join();
                        }
                    }
                };
        try (PluginEngine engine =
                PluginEngine.builder().trust(TrustPolicy.off()).listener(listener).build()) {
            Plugin plugin = engine.load(SamplePlugins.copyTo("hello", folder));
            loaded.set(plugin);
            assertThat(plugin.grant(random)).isTrue();
            assertThat(taken).isCompletedWithValue(true);
            assertThat(plugin.grants().granted()).isEmpty();
            assertThat(engine.audit().query(AuditQuery.all())).hasSize(2);
        }
    }

    private TrustPolicy policy() {
        return TrustPolicy.enforce()
                .withPublisher(Publisher.named("acme").withKey(KEY.publicKey()).withPlugins("*"))
                .withState(folder.resolve("state"));
    }

    private static ExtismManifest manifest(Path file, String configuration) {
        return ExtismManifest.parse(
                "{\"wasm\":[{\"path\":\"" + file + "\"}],\"config\":" + configuration + "}");
    }

    private static ErrorCode refusal(Runnable work) {
        try {
            work.run();
        } catch (CordonException refused) {
            return refused.code();
        }
        throw new AssertionError("it was not refused");
    }

    private Path signed(String sample) throws Exception {
        Path file = SamplePlugins.copyTo(sample, folder);
        byte[] module = Files.readAllBytes(file);
        Path manifest = folder.resolve(sample + ".cordon.json");
        if (Files.exists(manifest)) {
            module = PluginSigner.withManifest(module, Files.readAllBytes(manifest));
            Files.delete(manifest);
        }
        return Files.write(file, PluginSigner.embedded(module, KEY));
    }
}
