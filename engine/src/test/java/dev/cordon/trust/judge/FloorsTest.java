package dev.cordon.trust.judge;

import static dev.cordon.trust.judge.Fixtures.ACME;
import static dev.cordon.trust.judge.Fixtures.NOW;
import static dev.cordon.trust.judge.Fixtures.OTHER;
import static dev.cordon.trust.judge.Fixtures.accept;
import static dev.cordon.trust.judge.Fixtures.acme;
import static dev.cordon.trust.judge.Fixtures.policy;
import static dev.cordon.trust.judge.Fixtures.rejects;
import static dev.cordon.trust.judge.Fixtures.release;
import static dev.cordon.trust.judge.Fixtures.revocations;
import static dev.cordon.trust.judge.Fixtures.rotation;
import static dev.cordon.trust.judge.Fixtures.verifies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.trust.Publisher;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.key.KeyAlgorithm;
import dev.cordon.trust.key.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attacks with old things; every judge is a new one, as after a restart. */
class FloorsTest {
    private static final SigningKey ADMIN = SigningKey.generate(KeyAlgorithm.ECDSA_P256);

    @TempDir Path folder;

    @Test
    void anOlderReleaseIsRejectedAfterARestart() {
        accept(remembering(acme()), release("2.0.0", 7, ACME));

        rejects(remembering(acme()), release("1.9.0", 6, ACME), ErrorCode.ROLLBACK);
        rejects(remembering(acme()), release("1.9.0", 7, ACME), ErrorCode.ROLLBACK);
        verifies(remembering(acme()), release("2.0.0", 7, ACME));
        verifies(remembering(acme()), release("1.9.1", 8, ACME));
    }

    @Test
    void versionsAloneAreAFloorToo() {
        accept(remembering(acme()), release("2.0.0-rc.10", 0, ACME));

        rejects(remembering(acme()), release("2.0.0-rc.9", 0, ACME), ErrorCode.ROLLBACK);
        verifies(remembering(acme()), release("2.0.0", 0, ACME));
    }

    @Test
    void examiningRemembersNothing() {
        verifies(remembering(acme()), release("2.0.0", 7, ACME));
        verifies(remembering(acme()), release("1.0.0", 1, ACME));
    }

    @Test
    void aDowngradeIsAllowedOnce() {
        TrustPolicy allows = remembering(acme()).withDowngrade("acme.tool", "1.0.0");
        accept(allows, release("2.0.0", 7, ACME));
        accept(allows, release("1.0.0", 1, ACME));
        accept(allows, release("2.0.0", 7, ACME));

        rejects(allows, release("1.0.0", 1, ACME), ErrorCode.ROLLBACK);
    }

    @Test
    void aStolenKeyCannotBlockTheKeyThatTookOver() {
        accept(remembering(acme()), release("99.0.0", Long.MAX_VALUE, ACME));
        Publisher rotated = acme().withRotation(rotation("acme", ACME, OTHER, ""));

        accept(remembering(rotated), release("2.0.0", 8, OTHER));
        rejects(
                remembering(rotated),
                release("99.0.1", Long.MAX_VALUE, ACME),
                ErrorCode.UNTRUSTED_KEY);
        rejects(remembering(rotated), release("1.0.0", 7, OTHER), ErrorCode.ROLLBACK);
    }

    @Test
    void anOldKeyThatStillCountsCannotBringAnOldReleaseBack() {
        Publisher rotated =
                acme().withRotation(rotation("acme", ACME, OTHER, ",\"retires\":false"));
        accept(remembering(rotated), release("2.0.0", 8, OTHER));

        rejects(remembering(rotated), release("1.0.0", 7, ACME), ErrorCode.ROLLBACK);
        verifies(remembering(rotated), release("2.0.0", 8, ACME));
    }

    @Test
    void rotatedKeysOfOneLineAreOneSigner() {
        Publisher rotated =
                acme().withRotation(rotation("acme", ACME, OTHER, ",\"retires\":false"))
                        .withThreshold(2);
        rejects(policy(rotated), release("1.0.0", 1, ACME, OTHER), ErrorCode.TOO_FEW_SIGNERS);
    }

    @Test
    void aNewKeyMaySignOnlyWhatTheRotationSays() {
        Publisher narrow =
                acme().withRotation(rotation("acme", ACME, OTHER, ",\"plugins\":[\"acme.web.*\"]"));
        rejects(policy(narrow), release("1.0.0", 1, OTHER), ErrorCode.UNTRUSTED_KEY);
    }

    @Test
    void aRotationNeedsTheKeyThatHandsOver() {
        SigningKey thief = SigningKey.generate(KeyAlgorithm.ED25519);
        assertThatThrownBy(() -> acme().withRotation(rotation("acme", thief, OTHER, "")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("signed by no key that may");
        assertThatThrownBy(() -> acme().withRotation(rotation("other", ACME, OTHER, "")))
                .isInstanceOf(UsageException.class);
        Publisher twice = acme().withRotation(rotation("acme", ACME, OTHER, ""));
        assertThatThrownBy(() -> twice.withRotation(rotation("acme", ACME, thief, "")))
                .as("the retired key hands over again")
                .isInstanceOf(UsageException.class);
    }

    @Test
    void anOlderListOfRevocationsIsRejectedAfterARestart() {
        verifies(listed(5, ""), release("1.0.0", 1, ACME));

        rejects(listed(4, ""), release("1.0.0", 1, ACME), ErrorCode.STALE_POLICY);
        verifies(listed(6, ""), release("1.0.0", 1, ACME));
        rejects(listed(5, ""), release("1.0.0", 1, ACME), ErrorCode.STALE_POLICY);
    }

    @Test
    void anExpiredMissingOrForgedListIsRejected() throws Exception {
        Path list = folder.resolve("revocations.json");
        TrustPolicy policy = listed(1, "");
        Fixtures.write(list, revocations(1, NOW.minusSeconds(1), "", ADMIN));
        rejects(policy, release("1.0.0", 1, ACME), ErrorCode.STALE_POLICY);
        Fixtures.write(list, revocations(1, NOW.plusSeconds(60), "", OTHER));
        rejects(policy, release("1.0.0", 1, ACME), ErrorCode.STALE_POLICY);
        Fixtures.write(list, new byte[10]);
        rejects(policy, release("1.0.0", 1, ACME), ErrorCode.STALE_POLICY);
        Files.delete(list);
        rejects(policy, release("1.0.0", 1, ACME), ErrorCode.STALE_POLICY);
    }

    @Test
    void theAgeOfAListCanBeBounded() {
        TrustPolicy strict = listed(1, "").withMaxListAge(java.time.Duration.ofSeconds(30));
        rejects(strict, release("1.0.0", 1, ACME), ErrorCode.STALE_POLICY);
        verifies(
                strict.withMaxListAge(java.time.Duration.ofSeconds(90)), release("1.0.0", 1, ACME));
    }

    @Test
    void whatAListNamesIsRejected() {
        String digest = release("1.0.0", 1, ACME).digest().hex();
        String key = ACME.publicKey().id();

        rejects(
                listed(1, ",\"digests\":[\"" + digest + "\"]"),
                release("1.0.0", 1, ACME),
                ErrorCode.REVOKED);
        verifies(listed(1, ",\"digests\":[\"" + digest + "\"]"), release("1.0.1", 2, ACME));
        rejects(
                listed(1, ",\"keys\":[\"" + key + "\"]"),
                release("1.0.0", 1, ACME),
                ErrorCode.REVOKED);
        rejects(
                listed(1, ",\"plugins\":[{\"id\":\"acme.tool\",\"below\":\"1.0.1\"}]"),
                release("1.0.1-rc.1", 1, ACME),
                ErrorCode.REVOKED);
        verifies(
                listed(1, ",\"plugins\":[{\"id\":\"acme.tool\",\"below\":\"1.0.1\"}]"),
                release("1.0.1", 1, ACME));
    }

    @Test
    void aRevocationStopsWhatRuns() {
        TrustPolicy policy = listed(1, "");
        TrustJudge judge = new TrustJudge(policy);
        TrustedBundle running = judge.judge(release("1.0.0", 1, ACME));
        judge.recheck();
        assertThat(running.objection(running.bundle().digest().hex())).isEmpty();

        listed(2, ",\"keys\":[\"" + ACME.publicKey().id() + "\"]");
        judge.recheck();

        assertThat(running.objection(running.bundle().digest().hex()))
                .hasValueSatisfying(it -> assertThat(it.code()).isEqualTo(ErrorCode.REVOKED));
    }

    @Test
    void manyEnginesCanShareARecord() throws Exception {
        java.util.concurrent.ExecutorService threads =
                java.util.concurrent.Executors.newFixedThreadPool(4);
        java.util.List<java.util.concurrent.Future<?>> all = new java.util.ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            long sequence = i;
            all.add(
                    threads.submit(
                            () -> {
                                try {
                                    accept(remembering(acme()), release("1.0.0", sequence, ACME));
                                } catch (dev.cordon.error.UntrustedPluginException older) {
                                    assertThat(older.code()).isEqualTo(ErrorCode.ROLLBACK);
                                }
                            }));
        }
        for (java.util.concurrent.Future<?> one : all) {
            one.get();
        }
        threads.shutdown();

        verifies(remembering(acme()), release("1.0.0", 40, ACME));
        rejects(remembering(acme()), release("1.0.0", 39, ACME), ErrorCode.ROLLBACK);
    }

    @Test
    void aBrokenRecordIsARefusalAndNoFreshStart() {
        accept(remembering(acme()), release("2.0.0", 7, ACME));
        Fixtures.write(folder.resolve("state/trust-state.json"), "{\"schema\":1,".getBytes());

        rejects(remembering(acme()), release("2.0.0", 7, ACME), ErrorCode.TRUST_STATE);
    }

    private TrustPolicy remembering(Publisher publisher) {
        return policy(publisher).withState(folder.resolve("state"));
    }

    private TrustPolicy listed(long sequence, String more) {
        Path list = folder.resolve("revocations.json");
        Fixtures.write(list, revocations(sequence, NOW.plusSeconds(60), more, ADMIN));
        return remembering(acme()).withRevocations(list, Set.of(ADMIN.publicKey()));
    }
}
