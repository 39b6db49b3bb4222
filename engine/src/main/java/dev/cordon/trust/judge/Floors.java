package dev.cordon.trust.judge;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.Publisher;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.statement.Versions;
import dev.cordon.trust.store.TrustState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses releases older than one that was accepted before.
 *
 * <p>Floors are kept for every signer apart. A key that took over starts anew, so a thief who
 * signed the highest sequence there is blocks nobody once the key is rotated. A signer who still
 * counts binds the others, so an old key cannot bring an old release back.
 */
final class Floors {
    private final TrustPolicy policy;
    private final String plugin;
    private final TrustState.Floor release;
    private final List<FoundSigner> signers;

    Floors(TrustPolicy policy, String plugin, TrustState.Floor release, List<FoundSigner> signers) {
        this.policy = policy;
        this.plugin = plugin;
        this.release = release;
        this.signers = signers;
    }

    /** Refuses the release if it is below a floor that binds it. */
    void check(TrustState state) {
        if (downgradeAllowed(state)) {
            return;
        }
        Set<String> ancestors = ancestors();
        Set<String> trusted = trusted();
        for (Map.Entry<String, TrustState.Floor> floor : state.floors(plugin).entrySet()) {
            boolean binds = trusted.contains(floor.getKey()) && !ancestors.contains(floor.getKey());
            if (binds && isBelow(floor.getValue())) {
                throw new Rejection(
                        ErrorCode.ROLLBACK,
                        "version "
                                + release.version()
                                + " with the sequence "
                                + release.sequence()
                                + " is older than "
                                + floor.getValue().version()
                                + " with "
                                + floor.getValue().sequence()
                                + ", which was accepted before");
            }
        }
    }

    /** Remembers the release; refuses it if another process has seen a newer one meanwhile. */
    TrustState raised(TrustState state) {
        check(state);
        if (downgradeAllowed(state) && isBelowAny(state)) {
            state.forget(plugin);
            state.downgrades().add(downgrade());
        }
        for (FoundSigner signer : signers) {
            state.raise(plugin, signer.floorKey(), release);
        }
        return state;
    }

    /** Whether remembering the release changes anything. */
    boolean news(TrustState state) {
        return signers.stream()
                .anyMatch(it -> !release.equals(state.floors(plugin).get(it.floorKey())));
    }

    private boolean isBelowAny(TrustState state) {
        return state.floors(plugin).values().stream().anyMatch(this::isBelow);
    }

    private boolean isBelow(TrustState.Floor floor) {
        return release.sequence() < floor.sequence()
                || (release.sequence() == floor.sequence()
                        && Versions.compare(release.version(), floor.version()) < 0);
    }

    private boolean downgradeAllowed(TrustState state) {
        return policy.downgrades().contains(downgrade())
                && !state.downgrades().contains(downgrade());
    }

    private String downgrade() {
        return plugin + "@" + release.version();
    }

    private Set<String> ancestors() {
        Set<String> ancestors = new LinkedHashSet<>();
        signers.forEach(it -> ancestors.addAll(it.ancestors()));
        return ancestors;
    }

    private Set<String> trusted() {
        Set<String> trusted = new LinkedHashSet<>();
        for (Publisher publisher : policy.publishers()) {
            publisher.keys().forEach(key -> trusted.add(key.id()));
            publisher.subjects().forEach(it -> trusted.add(FoundSigner.floorKey(it)));
        }
        return trusted;
    }
}
