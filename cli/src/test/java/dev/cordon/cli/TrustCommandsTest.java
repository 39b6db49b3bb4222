package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class TrustCommandsTest {
    private static final String MANIFEST =
            """
            {"abi": 1, "id": "acme.counter", "version": "%s", "sequence": %d,
             "commands": [{"name": "count"}], "requests": ["sys:memory"]}
            """;

    @TempDir Path folder;

    private String plugin;

    @BeforeEach
    void makeKeyAndPlugin() throws Exception {
        plugin = CliRun.sample("word-count-reactor", folder);
        Files.deleteIfExists(folder.resolve("word-count-reactor.cordon.json"));
        Files.writeString(folder.resolve("manifest.json"), MANIFEST.formatted("1.0.0", 1));
        ok("keygen", file("acme"));
        Files.writeString(
                folder.resolve("host.json"),
                """
                {"trust": {
                   "state": "state",
                   "publishers": {"acme": {
                     "keys": [{"file": "acme.pub"}],
                     "plugins": ["acme.*"]}}}}
                """);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void thePrivateKeyIsForItsOwnerOnly() throws Exception {
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("acme.key"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("acme.key")))
                .startsWith("-----BEGIN PRIVATE KEY-----");
    }

    @Test
    void keysAreNeverReplaced() throws Exception {
        String before = Files.readString(folder.resolve("acme.key"));
        CliRun again = CliRun.of("keygen", file("acme"));

        assertThat(again.status()).isEqualTo(120);
        assertThat(again.err()).contains("exists already");
        assertThat(Files.readString(folder.resolve("acme.key"))).isEqualTo(before);
    }

    @Test
    void aSignedPluginIsVerifiedAndRuns() throws Exception {
        sign();
        CliRun verified = CliRun.of("verify", "--config", file("host.json"), plugin);
        CliRun called =
                CliRun.of(
                        "call", "--config", file("host.json"), "--input", "a b a", plugin, "count");

        assertThat(verified.status()).isZero();
        assertThat(verified.out())
                .contains("ok   plugin: acme.counter 1.0.0")
                .contains("signature of publisher `acme`")
                .contains("ok   verdict: verified");
        assertThat(called.err()).isEmpty();
        assertThat(called.out()).contains("3");
    }

    @Test
    void inspectTellsWhoIsSaidToHaveSigned() {
        sign();
        assertThat(CliRun.of("inspect", plugin).out())
                .containsPattern("signed by +wasmsig: key [0-9a-f]{24} \\(");
        assertThat(CliRun.of("inspect", "--json", plugin).out())
                .containsPattern("\"signers\":\\[\"wasmsig: key [0-9a-f]{24}\"\\]");
    }

    @Test
    void anUnsignedOrChangedPluginIsRefused() throws Exception {
        CliRun unsigned = call("--config", file("host.json"));
        sign();
        byte[] bytes = Files.readAllBytes(Path.of(plugin));
        bytes[bytes.length - 20] ^= 1;
        Files.write(Path.of(plugin), bytes);
        CliRun changed = CliRun.of("verify", "--config", file("host.json"), plugin);

        assertThat(unsigned.status()).isEqualTo(121);
        assertThat(unsigned.err()).startsWith("CRD-201 ");
        assertThat(changed.status()).isEqualTo(121);
        assertThat(changed.out()).contains("no   CRD-");
    }

    @Test
    void aSignatureCanBeRequired() {
        assertThat(call("--require-signature").status()).isEqualTo(121);
        assertThat(call().status()).isZero();
    }

    @Test
    void thatNothingIsCheckedIsSaidOnce() {
        Optional<Path> cache = Optional.of(folder);

        assertThat(UncheckedNotice.isDue(cache)).isTrue();
        assertThat(UncheckedNotice.isDue(cache)).isFalse();
        assertThat(UncheckedNotice.isDue(Optional.empty())).isFalse();
    }

    @Test
    void anOlderReleaseIsRefusedByTheNextProcess() throws Exception {
        byte[] bare = Files.readAllBytes(Path.of(plugin));
        Files.writeString(folder.resolve("manifest.json"), MANIFEST.formatted("2.0.0", 2));
        sign();
        assertThat(call("--config", file("host.json")).status()).isZero();
        Files.write(Path.of(plugin), bare);
        Files.writeString(folder.resolve("manifest.json"), MANIFEST.formatted("1.0.0", 1));
        sign();

        CliRun older = call("--config", file("host.json"));
        assertThat(older.status()).isEqualTo(121);
        assertThat(older.err()).startsWith("CRD-216 ");
    }

    @Test
    void anEncryptedKeyNeedsItsPassphrase() {
        Map<String, String> right = Map.of("CORDON_PASSPHRASE", "correct horse");
        assertThat(with(right, "keygen", "--encrypt", file("secret")).status()).isZero();

        assertThat(with(right, "sign", "--key", file("secret.key"), plugin).status()).isZero();
        CliRun wrong =
                with(
                        Map.of("CORDON_PASSPHRASE", "wrong"),
                        "sign",
                        "--key",
                        file("secret.key"),
                        plugin);
        assertThat(wrong.status()).isEqualTo(120);
        assertThat(wrong.err()).contains("the passphrase does not open it");
    }

    @Test
    void aDetachedSignatureOfATestAuthorityIsVerified() {
        ok("keygen", "--test-authority", file("pki"));
        ok(
                "sign",
                "--detached",
                "--key",
                file("pki/signer.key"),
                "--certificate",
                file("pki/signer.pem"),
                plugin);

        CliRun verified =
                CliRun.of(
                        "verify",
                        "--authority",
                        file("pki/authority.pem"),
                        "--subject",
                        "CN=Test Signer",
                        "--crls",
                        file("pki/crls"),
                        plugin);
        CliRun unlisted =
                CliRun.of(
                        "verify",
                        "--authority",
                        file("pki/authority.pem"),
                        "--subject",
                        "CN=Test Signer",
                        plugin);
        assertThat(verified.status()).as(verified.out() + verified.err()).isZero();
        assertThat(unlisted.out()).contains("CRD-210");
        assertThat(CliRun.of("verify", "--key", file("pki/signer.pem"), plugin).status()).isZero();
        ok("sign", "--timestamp-request", file("q.tsq"), plugin);
        assertThat(folder.resolve("q.tsq")).isNotEmptyFile();
    }

    @Test
    void aRevocationIsSignedAndObeyed() throws Exception {
        sign();
        ok("keygen", file("admin"));
        String digest = CliRun.of("verify", plugin).out().lines().findFirst().orElseThrow();
        Files.writeString(
                folder.resolve("revocations.json"),
                """
                {"type": "revocations", "sequence": 1, "issued": "%s", "expires": "%s",
                 "digests": ["%s"]}
                """
                        .formatted(
                                Instant.now().minusSeconds(1),
                                Instant.now().plusSeconds(600),
                                digest.substring(digest.length() - 64)));
        ok("sign", "--statement", "--key", file("admin.key"), file("revocations.json"));
        String host = Files.readString(folder.resolve("host.json"));
        Files.writeString(
                folder.resolve("host.json"),
                host.replace(
                        "\"state\": \"state\"",
                        "\"revocations\": {\"file\": \"revocations.json.signed\","
                                + " \"keys\": [{\"file\": \"admin.pub\"}]}, \"state\": \"state\""));

        assertThat(call("--config", file("host.json")).err()).startsWith("CRD-222 ");
    }

    @Test
    void whatMakesNoSenseIsAUsageError() throws Exception {
        Files.writeString(folder.resolve("bad.json"), "{\"trsut\": {}}");
        ok("keygen", "--algorithm", "ecdsa-p256", file("curve"));

        assertThat(CliRun.of("sign", plugin).err()).contains("`--key` is missing");
        assertThat(CliRun.of("sign", "--key", file("curve.key"), plugin).err())
                .contains("needs an Ed25519 key");
        assertThat(CliRun.of("sign", "--key", file("acme.pub"), plugin).status()).isEqualTo(120);
        assertThat(CliRun.of("sign", "--key", file("missing"), plugin).status()).isEqualTo(120);
        assertThat(CliRun.of("keygen", "--algorithm", "dsa", file("x")).status()).isEqualTo(120);
        assertThat(call("--config", file("bad.json")).err()).contains("unknown field `trsut`");
        assertThat(call("--config", file("missing")).status()).isEqualTo(120);
        assertThat(CliRun.of("verify", "--subject", "CN=A", plugin).status()).isEqualTo(120);
    }

    private void sign() {
        ok("sign", "--key", file("acme.key"), "--manifest", file("manifest.json"), plugin);
    }

    private CliRun call(String... options) {
        String[] all = new String[options.length + 5];
        all[0] = "call";
        System.arraycopy(options, 0, all, 1, options.length);
        all[options.length + 1] = "--input";
        all[options.length + 2] = "a b a";
        all[options.length + 3] = plugin;
        all[options.length + 4] = "count";
        return CliRun.of(all);
    }

    private static CliRun with(Map<String, String> environment, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status =
                new CordonCli(new ByteArrayInputStream(new byte[0]), out, err, environment)
                        .run(args);
        return new CliRun(
                status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static void ok(String... args) {
        CliRun run = CliRun.of(args);
        assertThat(run.status()).as(run.err()).isZero();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
