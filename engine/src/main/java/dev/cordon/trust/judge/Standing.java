package dev.cordon.trust.judge;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.GrantCeiling;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.Verdict;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.store.TrustStateFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a verified plugin is still trusted. Thread-safe. */
public final class Standing {
    private final TrustPolicy policy;
    private final String digest;
    private final Subject subject;
    private final Quorum quorum;
    private final Floors floors;
    private volatile @Nullable Rejection lost;

    Standing(TrustPolicy policy, String digest, Subject subject, Quorum quorum, Floors floors) {
        this.policy = policy;
        this.digest = digest;
        this.subject = subject;
        this.quorum = quorum;
        this.floors = floors;
    }

    String publisher() {
        return quorum.publishers().get(0).id();
    }

    String plugin() {
        return subject.id();
    }

    Verdict verdict() {
        List<Verdict.Signer> signers = quorum.signers().stream().map(FoundSigner::shown).toList();
        return new Verdict.Verified(digest, subject.id(), publisher(), signers);
    }

    GrantCeiling ceiling() {
        return quorum.ceiling();
    }

    /** Remembers the release as the newest one. */
    void remember(TrustStateFile state) {
        if (floors.news(state.current())) {
            state.update(floors::raised);
        }
    }

    /** Looks again at everything that may be revoked meanwhile. */
    void recheck(Knowledge knowledge) {
        try {
            knowledge
                    .revocations()
                    .ifPresent(
                            list -> list.requireRelease(digest, subject.id(), subject.version()));
            Quorum.of(
                    quorum.signers().stream().filter(it -> current(it, knowledge)).toList(),
                    policy);
        } catch (Rejection revoked) {
            lose(revoked);
        }
    }

    private boolean current(FoundSigner signer, Knowledge knowledge) {
        try {
            signer.requireCurrent(subject.id(), knowledge);
            return true;
        } catch (Rejection revoked) {
            if (quorum.signers().size() == 1) {
                throw revoked; // tells more than that there are too few
            }
            return false;
        }
    }

    void lose(Rejection why) {
        lost = why;
    }

    /** Why these bytes must not run, if they must not. */
    Optional<Rejection> objection(String bytes) {
        Rejection why = lost;
        if (why != null) {
            return Optional.of(why);
        }
        if (!bytes.equals(digest)) {
            return Optional.of(
                    new Rejection(ErrorCode.DIGEST_MISMATCH, "the verdict is about other bytes"));
        }
        Optional<Instant> end = subject.release().notAfter();
        return end.isPresent() && policy.clock().instant().isAfter(end.get())
                ? Optional.of(
                        new Rejection(
                                ErrorCode.PLUGIN_EXPIRED,
                                "the plugin could be used until " + end.get()))
                : Optional.empty();
    }
}
