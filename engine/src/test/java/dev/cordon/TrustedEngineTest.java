package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UntrustedPluginException;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.Publisher;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.Verdict;
import dev.cordon.trust.key.KeyAlgorithm;
import dev.cordon.trust.key.SigningKey;
import dev.cordon.trust.sign.PluginSigner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TrustedEngineTest {
    private static final SigningKey KEY = SigningKey.generate(KeyAlgorithm.ED25519);
    private static final byte[] TEXT = "to be or not to be".getBytes(StandardCharsets.UTF_8);

    @TempDir Path folder;

    @Test
    void aSignedPluginIsLoadedWithItsVerdict() throws Exception {
        Path file = signed("word-count-reactor");
        try (PluginEngine engine = PluginEngine.builder().trust(policy()).build();
                Plugin plugin = engine.load(file, granted())) {
            assertThat(plugin.verdict())
                    .isInstanceOfSatisfying(
                            Verdict.Verified.class,
                            it -> assertThat(it.digest()).isEqualTo(plugin.digest()));
            assertThat(plugin.call("count", TEXT).text()).contains("6");
        }
    }

    @Test
    void whatWasVerifiedIsWhatRunsAlthoughTheFileChanges() throws Exception {
        Path file = signed("word-count-reactor");
        try (PluginEngine engine = PluginEngine.builder().trust(policy()).build();
                Plugin plugin = engine.load(file, granted())) {
            Files.write(file, new byte[] {1});
            assertThat(plugin.call("count", TEXT).text()).contains("6");
            assertThatThrownBy(() -> engine.load(file)).isInstanceOf(CordonException.class);
        }
    }

    @Test
    void anUnsignedPluginIsRefused() {
        Path file = SamplePlugins.copyTo("word-count-reactor", folder);
        try (PluginEngine engine = PluginEngine.builder().trust(policy()).build()) {
            assertThatThrownBy(() -> engine.load(file))
                    .isInstanceOfSatisfying(
                            UntrustedPluginException.class,
                            it ->
                                    assertThat(it.code())
                                            .isIn(ErrorCode.UNSIGNED, ErrorCode.UNSIGNED_MANIFEST));
        }
    }

    @Test
    void anEngineThatWasToldNothingTrustsNobody() throws Exception {
        Path file = signed("word-count-reactor");
        try (PluginEngine engine = PluginEngine.builder().build()) {
            assertThatThrownBy(() -> engine.load(file))
                    .isInstanceOfSatisfying(
                            UntrustedPluginException.class,
                            it -> assertThat(it.code()).isEqualTo(ErrorCode.UNTRUSTED_KEY));
        }
    }

    @Test
    void warningLoadsWithoutGrantsAndTells() {
        Path file = SamplePlugins.copyTo("word-count-reactor", folder);
        List<ErrorCode> told = new ArrayList<>();
        EngineListener listener =
                new EngineListener() {
                    @Override
                    public void pluginRejected(String plugin, ErrorCode code, String detail) {
                        told.add(code);
                    }
                };
        try (PluginEngine engine =
                        PluginEngine.builder()
                                .trust(TrustPolicy.warn())
                                .listener(listener)
                                .build();
                Plugin plugin = engine.load(file, granted())) {
            assertThat(told).hasSize(1);
            assertThat(plugin.verdict()).isInstanceOf(Verdict.Rejected.class);
            assertThat(plugin.missingGrants()).as("although granted").contains("sys:memory");
        }
    }

    @Test
    void aRevocationStopsARunningCall() throws Exception {
        SigningKey admin = SigningKey.generate(KeyAlgorithm.ED25519);
        Path list = folder.resolve("revocations.json");
        Files.write(list, revocations(admin, 1, ""));
        TrustPolicy policy = policy().withRevocations(list, Set.of(admin.publicKey()));
        Quota endless = Quota.defaults().withFuelPerCall(Quota.UNLIMITED).withoutDeadline();
        try (PluginEngine engine = PluginEngine.builder().trust(policy).quota(endless).build()) {
            Plugin plugin = engine.load(signed("fuel-hog"));
            CompletableFuture<CallResult> running = plugin.callAsync("run", new byte[0]);
            assertThat(engine.refreshTrust()).isEmpty();
            Files.write(list, revocations(admin, 2, ",\"digests\":[\"" + plugin.digest() + "\"]"));

            assertThat(engine.refreshTrust()).containsExactly(plugin);
            assertThatThrownBy(running::get)
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOfSatisfying(
                            CordonException.class,
                            it -> assertThat(it.code()).isEqualTo(ErrorCode.REVOKED));
            assertThatThrownBy(() -> plugin.call("run", new byte[0]))
                    .isInstanceOfSatisfying(
                            CordonException.class,
                            it -> assertThat(it.code()).isEqualTo(ErrorCode.REVOKED));
            assertThatThrownBy(() -> engine.load(signed("fuel-hog")))
                    .isInstanceOf(UntrustedPluginException.class);
        }
    }

    @Test
    void verifyingLoadsNothingAndSaysWhy() throws Exception {
        Path file = signed("word-count-reactor");
        try (PluginEngine engine = PluginEngine.builder().trust(policy()).build()) {
            Verification good = engine.verify(file);
            assertThat(good.verdict()).isInstanceOf(Verdict.Verified.class);
            assertThat(good.lines()).anyMatch(it -> it.contains("signature of publisher `acme`"));
        }
    }

    private Path signed(String sample) throws Exception {
        Path file = SamplePlugins.copyTo(sample, folder);
        byte[] module = Files.readAllBytes(file);
        Path manifest = folder.resolve(sample + ".cordon.json");
        if (Files.exists(manifest)) {
            module = PluginSigner.withManifest(module, Files.readAllBytes(manifest));
            Files.delete(manifest);
        }
        Files.write(file, PluginSigner.embedded(module, KEY));
        return file;
    }

    private static byte[] revocations(SigningKey admin, long sequence, String more) {
        String json =
                "{\"type\":\"revocations\",\"sequence\":%d,\"issued\":\"%s\",\"expires\":\"%s\"%s}"
                        .formatted(
                                sequence,
                                Instant.now().minusSeconds(1),
                                Instant.now().plusSeconds(600),
                                more);
        return PluginSigner.statement(json.getBytes(StandardCharsets.UTF_8), List.of(admin));
    }

    private static TrustPolicy policy() {
        return TrustPolicy.enforce()
                .withPublisher(Publisher.named("acme").withKey(KEY.publicKey()).withPlugins("*"));
    }

    private static LoadOptions granted() {
        return LoadOptions.defaults().withGrants(Grants.of("sys:memory"));
    }
}
