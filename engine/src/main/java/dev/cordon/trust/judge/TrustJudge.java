package dev.cordon.trust.judge;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.trust.GrantCeiling;
import dev.cordon.trust.TrustMode;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.Verdict;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.store.TrustStateFile;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides by a policy which plugins may be loaded, and which still may run. Thread-safe. */
public final class TrustJudge {
    private static final Logger LOG = LoggerFactory.getLogger("dev.cordon");
    private static final GrantCeiling NOTHING = GrantCeiling.of(List.of());

    private final TrustPolicy policy;
    private final TrustStateFile state;

    /** Held by every judgement, and alone by a recheck, so that none falls between two lists. */
    private final ReadWriteLock lists = new ReentrantReadWriteLock();

    private final Set<Standing> standings =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

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
        lists.readLock().lock();
        try {
            Examination examination = examine(bundle);
            examination.standing().ifPresent(standings::add);
            return trusted(bundle, examination);
        } finally {
            lists.readLock().unlock();
        }
    }

    private TrustedBundle trusted(PluginBundle bundle, Examination examination) {
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
     * Reads the lists of revocations again and looks at every plugin that was judged before; each
     * says from then on by {@link TrustedBundle#objection} whether it may still run. If a list
     * cannot be relied on, none may.
     */
    public void recheck() {
        lists.writeLock().lock();
        try {
            List<Standing> all;
            synchronized (standings) {
                all = List.copyOf(standings);
            }
            recheck(all);
        } finally {
            lists.writeLock().unlock();
        }
    }

    private void recheck(List<Standing> all) {
        try {
            Knowledge knowledge = Knowledge.read(policy, state);
            all.forEach(it -> it.recheck(knowledge));
        } catch (Rejection stale) {
            all.forEach(it -> it.lose(stale));
        }
    }
}
