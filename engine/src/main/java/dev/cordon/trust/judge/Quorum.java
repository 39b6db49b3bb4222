package dev.cordon.trust.judge;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.GrantCeiling;
import dev.cordon.trust.Publisher;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.crypto.Rejection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Enough signers.
 *
 * @param signers those who count
 * @param publishers those of whom enough signed, in the order of the policy; at least one
 */
record Quorum(List<FoundSigner> signers, List<Publisher> publishers) {
    Quorum {
        signers = List.copyOf(signers);
        publishers = List.copyOf(publishers);
    }

    /** Counts signers; refuses if they are too few. */
    static Quorum of(List<FoundSigner> candidates, TrustPolicy policy) {
        List<Publisher> publishers =
                policy.publishers().stream()
                        .filter(it -> identities(of(candidates, it)).size() >= it.threshold())
                        .toList();
        List<FoundSigner> signers =
                candidates.stream().filter(it -> publishers.contains(it.publisher())).toList();
        int count = identities(signers).size();
        if (publishers.isEmpty() || count < policy.threshold()) {
            throw new Rejection(
                    ErrorCode.TOO_FEW_SIGNERS,
                    identities(candidates).size() + " signers count, and the policy demands more");
        }
        return new Quorum(signers, publishers);
    }

    private static List<FoundSigner> of(List<FoundSigner> candidates, Publisher publisher) {
        return candidates.stream().filter(it -> it.publisher().equals(publisher)).toList();
    }

    private static Set<String> identities(List<FoundSigner> signers) {
        Set<String> identities = new LinkedHashSet<>();
        signers.forEach(it -> identities.add(it.identity()));
        return identities;
    }

    /** What any of the publishers may get. */
    GrantCeiling ceiling() {
        return publishers.stream()
                .map(Publisher::ceiling)
                .reduce(GrantCeiling::or)
                .orElseThrow(() -> new IllegalStateException("a quorum has a publisher"));
    }
}
