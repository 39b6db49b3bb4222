package dev.cordon.trust.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bundle.BundleReader;
import dev.cordon.bundle.PluginBundle;
import dev.cordon.error.ErrorCode;
import dev.cordon.trust.Publisher;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.Verdict;
import dev.cordon.trust.detached.TestPki;
import dev.cordon.trust.embedded.EmbeddedSigner;
import dev.cordon.trust.embedded.Vectors;
import dev.cordon.trust.key.SigningKey;
import dev.cordon.trust.statement.SignedStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Plugins, policies and statements for the tests of the judge. */
final class Fixtures {
    static final Instant NOW = TestPki.NOW;
    static final SigningKey ACME = Vectors.KEY_1;
    static final SigningKey OTHER = Vectors.KEY_2;

    private Fixtures() {}

    static TrustPolicy policy(Publisher... publishers) {
        TrustPolicy policy = TrustPolicy.enforce().withClock(Clock.fixed(NOW, ZoneOffset.UTC));
        for (Publisher publisher : publishers) {
            policy = policy.withPublisher(publisher);
        }
        return policy;
    }

    static Publisher acme() {
        return Publisher.named("acme").withKey(ACME.publicKey()).withPlugins("acme.*");
    }

    static Publisher other() {
        return Publisher.named("other").withKey(OTHER.publicKey()).withPlugins("other.*");
    }

    /** A module that says who it is, with more fields of its manifest. */
    static byte[] module(String id, String version, long sequence, String more) {
        String json =
                "{\"abi\":1,\"id\":\"%s\",\"version\":\"%s\",\"sequence\":%d%s}"
                        .formatted(id, version, sequence, more);
        return EmbeddedSigner.withManifest(Vectors.ADD, json.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] signed(byte[] module, SigningKey... keys) {
        byte[] signed = module;
        for (SigningKey key : keys) {
            signed = EmbeddedSigner.sign(signed, key);
        }
        return signed;
    }

    static PluginBundle release(String version, long sequence, SigningKey... keys) {
        return bundle(signed(module("acme.tool", version, sequence, ""), keys));
    }

    static PluginBundle bundle(byte[] module) {
        return BundleReader.of("tool.wasm", module);
    }

    /** A plugin on disk, with signatures beside it. */
    static PluginBundle bundle(Path folder, byte[] module, byte[] cms) {
        Path file = folder.resolve("tool.wasm");
        write(file, module);
        write(folder.resolve("tool.wasm.p7s"), cms);
        return BundleReader.read(file);
    }

    static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] revocations(long sequence, Instant expires, String more, SigningKey signer) {
        String json =
                "{\"type\":\"revocations\",\"sequence\":%d,\"issued\":\"%s\",\"expires\":\"%s\"%s}"
                        .formatted(sequence, NOW.minusSeconds(60), expires, more);
        return SignedStatement.sign(
                json.getBytes(StandardCharsets.UTF_8),
                SignedStatement.REVOCATIONS,
                List.of(signer));
    }

    static byte[] rotation(String publisher, SigningKey from, SigningKey to, String more) {
        String json =
                "{\"type\":\"rotation\",\"publisher\":\"%s\",\"from\":\"%s\",\"key\":\"%s\"%s}"
                        .formatted(
                                publisher,
                                from.publicKey().id(),
                                to.publicPem().replace("\n", "\\n").replace("\r", ""),
                                more);
        return SignedStatement.sign(
                json.getBytes(StandardCharsets.UTF_8), SignedStatement.ROTATION, List.of(from));
    }

    static void verifies(TrustPolicy policy, PluginBundle bundle) {
        Examination examination = new TrustJudge(policy).examine(bundle);
        assertThat(examination.verdict())
                .as(String.join("\n", examination.lines()))
                .isInstanceOf(Verdict.Verified.class);
    }

    static void rejects(TrustPolicy policy, PluginBundle bundle, ErrorCode code) {
        Examination examination = new TrustJudge(policy).examine(bundle);
        assertThat(examination.verdict())
                .as(String.join("\n", examination.lines()))
                .isInstanceOfSatisfying(
                        Verdict.Rejected.class, it -> assertThat(it.code()).isEqualTo(code));
    }

    /** Judges and remembers, as loading does. */
    static void accept(TrustPolicy policy, PluginBundle bundle) {
        TrustJudge judge = new TrustJudge(policy);
        judge.accept(judge.judge(bundle));
    }
}
