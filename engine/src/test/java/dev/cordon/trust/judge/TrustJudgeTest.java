package dev.cordon.trust.judge;

import static dev.cordon.trust.judge.Fixtures.ACME;
import static dev.cordon.trust.judge.Fixtures.NOW;
import static dev.cordon.trust.judge.Fixtures.OTHER;
import static dev.cordon.trust.judge.Fixtures.acme;
import static dev.cordon.trust.judge.Fixtures.bundle;
import static dev.cordon.trust.judge.Fixtures.module;
import static dev.cordon.trust.judge.Fixtures.other;
import static dev.cordon.trust.judge.Fixtures.policy;
import static dev.cordon.trust.judge.Fixtures.rejects;
import static dev.cordon.trust.judge.Fixtures.release;
import static dev.cordon.trust.judge.Fixtures.signed;
import static dev.cordon.trust.judge.Fixtures.verifies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.capability.Grants;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UntrustedPluginException;
import dev.cordon.trust.Publisher;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.Verdict;
import dev.cordon.trust.detached.CmsSigner;
import dev.cordon.trust.detached.TestPki;
import dev.cordon.trust.embedded.EmbeddedSigner;
import dev.cordon.trust.embedded.Vectors;
import dev.cordon.trust.key.KeyAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustJudgeTest {
    private static final PluginBundle GOOD = release("1.0.0", 1, ACME);

    @TempDir Path folder;

    @Test
    void whatAPublisherSignedIsVerified() {
        Verdict verdict = new TrustJudge(policy(acme())).judge(GOOD).verdict();

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Verified.class,
                        it -> {
                            assertThat(it.publisher()).isEqualTo("acme");
                            assertThat(it.plugin()).isEqualTo("acme.tool");
                            assertThat(it.digest()).isEqualTo(GOOD.digest().hex());
                            assertThat(it.signers())
                                    .extracting(Verdict.Signer::keyId)
                                    .containsExactly(ACME.publicKey().id());
                        });
    }

    @Test
    void aPolicyWithoutPublishersTrustsNobody() {
        rejects(policy(), GOOD, ErrorCode.UNTRUSTED_KEY);
        rejects(policy(), bundle(Vectors.ADD), ErrorCode.UNSIGNED);
    }

    @Test
    void aStrangersSignatureIsRejected() {
        rejects(policy(other()), GOOD, ErrorCode.UNTRUSTED_KEY);
        rejects(policy(acme()), release("1.0.0", 1), ErrorCode.UNSIGNED);
    }

    @Test
    void aPublisherCannotPublishAnothersPlugin() {
        rejects(policy(acme(), other()), release("1.0.0", 1, OTHER), ErrorCode.PUBLISHER_SCOPE);
        Publisher nearly = acme().withPlugins("acme.to", "acme.tools", "acme.tool.*");
        rejects(policy(nearly), GOOD, ErrorCode.PUBLISHER_SCOPE);
        verifies(policy(acme().withPlugins("acme.tool")), GOOD);
        verifies(policy(acme().withPlugins("*")), GOOD);
    }

    @Test
    void anotherManifestInsideBreaksTheSignature() {
        byte[] greedy = module("acme.tool", "1.0.0", 1, ",\"requests\":[\"random\"]");
        byte[] swapped = GOOD.module().clone();
        int signatureEnd = swapped.length - module("acme.tool", "1.0.0", 1, "").length + 8;
        byte[] mixed =
                java.nio.ByteBuffer.allocate(signatureEnd + greedy.length - 8)
                        .put(swapped, 0, signatureEnd)
                        .put(greedy, 8, greedy.length - 8)
                        .array();
        rejects(policy(acme()), bundle(mixed), ErrorCode.DIGEST_MISMATCH);
    }

    @Test
    void aManifestBesideTheModuleIsRejected() throws Exception {
        Path file = folder.resolve("tool.wasm");
        Files.write(file, signed(Vectors.ADD, ACME));
        Files.writeString(
                folder.resolve("tool.cordon.json"),
                "{\"abi\":1,\"id\":\"acme.tool\",\"version\":\"1.0.0\"}");
        rejects(
                policy(acme().withPlugins("*")),
                dev.cordon.bundle.BundleReader.read(file),
                ErrorCode.UNSIGNED_MANIFEST);
    }

    @Test
    void aPluginCannotAskForMoreThanItsPublisherMayGet() {
        byte[] greedy =
                module(
                        "acme.tool",
                        "1.0.0",
                        1,
                        ",\"requests\":[\"random\",\"net:outbound=https://acme.example\"]");
        PluginBundle asks = bundle(signed(greedy, ACME));

        verifies(policy(acme()), asks);
        verifies(policy(acme().withMaxGrants("random", "net:outbound")), asks);
        rejects(policy(acme().withMaxGrants()), asks, ErrorCode.GRANT_SCOPE);
        rejects(policy(acme().withMaxGrants("random")), asks, ErrorCode.GRANT_SCOPE);
        rejects(
                policy(acme().withMaxGrants("random", "net:outbound=https://other.example")),
                asks,
                ErrorCode.GRANT_SCOPE);
    }

    @Test
    void aHostsGrantsAreNarrowedToWhatThePublisherMayGet() {
        TrustJudge judge = new TrustJudge(policy(acme().withMaxGrants("random", "fs:write=/a")));
        Grants granted = Grants.of("random", "env", "fs:read=/h::/a", "fs:read=/h::/b");

        assertThat(judge.judge(GOOD).narrowed(granted))
                .isEqualTo(Grants.of("random", "fs:read=/h::/a"));
    }

    @Test
    void thresholdsCountDifferentSigners() {
        PluginBundle one = release("1.0.0", 1, ACME);
        PluginBundle both = release("1.0.0", 1, ACME, OTHER);
        Publisher two = acme().withKey(OTHER.publicKey()).withThreshold(2);
        Publisher auditor = other().withPlugins("*");

        rejects(policy(two), one, ErrorCode.TOO_FEW_SIGNERS);
        verifies(policy(two), both);
        rejects(policy(acme(), auditor).withThreshold(2), one, ErrorCode.TOO_FEW_SIGNERS);
        verifies(policy(acme(), auditor).withThreshold(2), both);
        rejects(policy(acme(), auditor).withThreshold(3), both, ErrorCode.TOO_FEW_SIGNERS);
    }

    @Test
    void oneKeyUnderTwoPublishersIsOneSigner() {
        Publisher again = Publisher.named("b").withKey(ACME.publicKey()).withPlugins("*");
        rejects(policy(acme(), again).withThreshold(2), GOOD, ErrorCode.TOO_FEW_SIGNERS);
    }

    @Test
    void pinnedPluginsMustBeTheseBytesAndSigned() {
        Set<String> pin = Set.of(GOOD.digest().hex());
        PluginBundle unsigned = release("1.0.0", 1);

        verifies(policy(acme()).withPin("acme.tool", pin), GOOD);
        rejects(
                policy(acme()).withPin("acme.tool", pin),
                release("1.0.1", 2, ACME),
                ErrorCode.PIN_MISMATCH);
        rejects(
                policy(acme()).withPin("acme.tool", Set.of(unsigned.digest().hex())),
                unsigned,
                ErrorCode.UNSIGNED);
    }

    @Test
    void aStrippedSignatureIsNoticed() {
        byte[] module = module("acme.tool", "1.0.0", 1, ",\"signatures\":[\"wasmsig\",\"cms\"]");
        TestPki.Holder root = TestPki.root(KeyAlgorithm.ECDSA_P256);
        TestPki.Holder signer = TestPki.issue(root, ACME, it -> it);
        byte[] embedded = signed(module, ACME);
        byte[] cms =
                CmsSigner.sign(embedded, ACME, List.of(signer.certificate()), Optional.empty());
        byte[] alone =
                CmsSigner.sign(module, ACME, List.of(signer.certificate()), Optional.empty());
        byte[] stranger =
                CmsSigner.sign(
                        embedded,
                        OTHER,
                        List.of(TestPki.issue(root, OTHER, it -> it).certificate()),
                        Optional.empty());

        verifies(policy(acme()), bundle(folder, embedded, cms));
        rejects(policy(acme()), bundle(embedded), ErrorCode.STRIPPED_SIGNATURE);
        rejects(policy(acme()), bundle(folder, module, alone), ErrorCode.STRIPPED_SIGNATURE);
        rejects(policy(acme()), bundle(folder, embedded, stranger), ErrorCode.UNTRUSTED_KEY);
    }

    @Test
    void theReleasesOwnPeriodIsKept() {
        String until = ",\"notAfter\":\"" + NOW.minusSeconds(1) + "\"";
        String from = ",\"notBefore\":\"" + NOW.plusSeconds(1) + "\"";
        String both = ",\"notBefore\":\"" + NOW + "\",\"notAfter\":\"" + NOW.plusSeconds(1) + "\"";

        rejects(
                policy(acme()),
                bundle(signed(module("acme.tool", "1.0.0", 1, until), ACME)),
                ErrorCode.PLUGIN_EXPIRED);
        rejects(
                policy(acme()),
                bundle(signed(module("acme.tool", "1.0.0", 1, from), ACME)),
                ErrorCode.PLUGIN_NOT_YET_VALID);
        verifies(policy(acme()), bundle(signed(module("acme.tool", "1.0.0", 1, both), ACME)));
    }

    @Test
    void keysCountInTheirTimeOnly() {
        Publisher early = timed(Optional.of(NOW.plusSeconds(1)), Optional.empty());
        Publisher late = timed(Optional.empty(), Optional.of(NOW.minusSeconds(1)));

        rejects(policy(early), GOOD, ErrorCode.UNTRUSTED_KEY);
        rejects(policy(late), GOOD, ErrorCode.UNTRUSTED_KEY);
    }

    @Test
    void aModuleWithoutManifestIsNamedAfterItsFile() {
        PluginBundle plain = bundle(signed(Vectors.ADD, ACME));

        verifies(policy(acme().withPlugins("tool")), plain);
        rejects(policy(acme()), plain, ErrorCode.PUBLISHER_SCOPE);
    }

    @Test
    void malformedFilesAreRejectedNotThrown() {
        byte[] manifest = EmbeddedSigner.withManifest(Vectors.ADD, "{".getBytes());
        rejects(policy(acme()), bundle(new byte[0]), ErrorCode.MALFORMED_MODULE);
        rejects(policy(acme()), bundle(signed(manifest, ACME)), ErrorCode.MALFORMED_MANIFEST);
    }

    @Test
    void warningLoadsEverythingAndGrantsNothing() {
        TrustPolicy warn = policy(acme()).withMode(dev.cordon.trust.TrustMode.WARN);
        TrustedBundle unsigned = new TrustJudge(warn).judge(release("1.0.0", 1));

        assertThat(unsigned.verdict()).isInstanceOf(Verdict.Rejected.class);
        assertThat(unsigned.narrowed(Grants.of("random", "stdio"))).isEqualTo(Grants.none());
        assertThat(new TrustJudge(warn).judge(GOOD).narrowed(Grants.of("random")))
                .isEqualTo(Grants.none());
    }

    @Test
    void offLooksAtNothing() {
        TrustedBundle unsigned = new TrustJudge(TrustPolicy.off()).judge(bundle(new byte[1]));

        assertThat(unsigned.verdict()).isInstanceOf(Verdict.Unchecked.class);
        assertThat(unsigned.narrowed(Grants.of("random"))).isEqualTo(Grants.of("random"));
    }

    @Test
    void theErrorSaysWhatAndWhatToDo() {
        assertThatThrownBy(() -> new TrustJudge(policy(acme())).judge(release("1.0.0", 1)))
                .isInstanceOf(UntrustedPluginException.class)
                .hasMessage(
                        "CRD-201 [tool.wasm] there is no signature\n  help: sign it with `cordon"
                                + " sign`, or state a policy that is off if you know its origin");
    }

    @Test
    void theVerdictIsAboutTheseBytesOnly() {
        TrustedBundle trusted = new TrustJudge(policy(acme())).judge(GOOD);

        assertThat(trusted.objection(GOOD.digest().hex())).isEmpty();
        assertThat(trusted.objection("0".repeat(64)))
                .hasValueSatisfying(
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.DIGEST_MISMATCH));
    }

    private static Publisher timed(
            Optional<java.time.Instant> notBefore, Optional<java.time.Instant> notAfter) {
        return Publisher.named("acme")
                .withKey(ACME.publicKey(), notBefore, notAfter)
                .withPlugins("acme.*");
    }
}
