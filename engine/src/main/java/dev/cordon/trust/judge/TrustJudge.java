package dev.cordon.trust.judge;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.trust.GrantCeiling;
import dev.cordon.trust.TrustMode;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.Verdict;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.store.TrustStateFile;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides by a policy which plugins may be loaded, and which still may run. Thread-safe. */
public final class TrustJudge {
    private static final Logger LOG = LoggerFactory.getLogger("dev.cordon");
    private static final GrantCeiling NOTHING = GrantCeiling.of(List.of());

    private final TrustPolicy policy;
    private final TrustStateFile state;

    /**
     * Takes a policy.
     *
     * @param policy whom to trust
     */
    public TrustJudge(TrustPolicy policy) {
        this.policy = policy;
        this.state = new TrustStateFile(policy.state());
        if (policy.mode() == TrustMode.OFF) {
            LOG.warn("THE TRUST POLICY IS OFF: no signature is checked, any plugin is loaded");
        }
    }

    /**
     * Decides whether a plugin may be loaded.
     *
     * @param bundle its file
     * @return what may be loaded, with what it may get
     * @throws dev.cordon.error.CordonException if the policy rejects it and is enforced
     */
    public TrustedBundle judge(PluginBundle bundle) {
        if (policy.mode() == TrustMode.OFF) {
            Verdict unchecked = new Verdict.Unchecked(bundle.digest().hex());
            return new TrustedBundle(bundle, unchecked, GrantCeiling.UNLIMITED, null);
        }
        Examination examination = examine(bundle);
        if (policy.mode() == TrustMode.WARN) {
            return new TrustedBundle(bundle, examination.verdict(), NOTHING, null);
        }
        if (examination.verdict() instanceof Verdict.Rejected rejected) {
            throw Refusal.of(bundle.name(), rejected.code(), rejected.detail());
        }
        Standing standing = examination.standing().orElseThrow();
        return new TrustedBundle(bundle, examination.verdict(), standing.ceiling(), standing);
    }

    /**
     * Examines a plugin whatever the mode is, and remembers nothing of it.
     *
     * @param bundle its file
     * @return the verdict and how it came about
     */
    public Examination examine(PluginBundle bundle) {
        return new Examiner(policy, state, bundle).examine();
    }

    /**
     * Remembers a plugin that is being loaded as the newest release of its signers.
     *
     * @param trusted what {@link #judge} gave
     * @throws dev.cordon.error.CordonException if a newer one was accepted meanwhile, or it cannot
     *     be remembered
     */
    public void accept(TrustedBundle trusted) {
        try {
            trusted.standing().ifPresent(it -> it.remember(state));
        } catch (Rejection refused) {
            throw Refusal.of(trusted.bundle().name(), refused.code(), refused.detail());
        }
    }

    /**
     * Reads the lists of revocations again and looks at plugins that were judged before; each says
     * from then on by {@link TrustedBundle#objection} whether it may still run. If a list cannot be
     * relied on, none may.
     *
     * @param running plugins that are loaded
     */
    public void recheck(Collection<TrustedBundle> running) {
        if (policy.mode() != TrustMode.ENFORCE) {
            return;
        }
        try {
            Knowledge knowledge = Knowledge.read(policy, state);
            running.forEach(it -> it.standing().ifPresent(s -> s.recheck(knowledge)));
        } catch (Rejection stale) {
            running.forEach(it -> it.standing().ifPresent(s -> s.lose(stale)));
        }
    }
}
