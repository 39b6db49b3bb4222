package dev.cordon.trust.judge;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.Publisher;
import dev.cordon.trust.SignatureKind;
import dev.cordon.trust.Verdict;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.detached.Authorities;
import dev.cordon.trust.key.PublisherKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A publisher whose key or certificate made a signature.
 *
 * @param publisher who it is
 * @param kind the form of the signature
 * @param key what it was made with
 * @param certified the certificates, if these and not the key are what the policy knows
 * @param signedAt when, if a timestamp proves it
 */
record FoundSigner(
        Publisher publisher,
        SignatureKind kind,
        PublisherKey key,
        Optional<Authorities.Certified> certified,
        Optional<java.time.Instant> signedAt) {
    private static final String CERTIFICATE = "certificate:";

    /** Under what name releases are remembered: renewed certificates of one name are one signer. */
    String floorKey() {
        return certified.map(it -> floorKey(subject(it))).orElse(key.id());
    }

    static String floorKey(javax.security.auth.x500.X500Principal subject) {
        return CERTIFICATE + subject.getName();
    }

    private static javax.security.auth.x500.X500Principal subject(Authorities.Certified it) {
        return it.chain().get(0).getSubjectX500Principal();
    }

    /** Who it is when signers are counted: keys of one line of rotations are one. */
    String identity() {
        return certified.isPresent() ? floorKey() : publisher.line(key);
    }

    Set<String> ancestors() {
        return certified.isPresent() ? Set.of() : publisher.ancestors(key);
    }

    Verdict.Signer shown() {
        return new Verdict.Signer(
                publisher.id(),
                kind,
                key.id(),
                certified.map(Authorities.Certified::chain).orElse(List.of()),
                signedAt);
    }

    /** Refuses what is revoked or out of its time by what is known now. */
    void requireCurrent(String plugin, Knowledge knowledge) {
        knowledge.revocations().ifPresent(list -> list.requireKey(key));
        if (certified.isEmpty()) {
            if (!publisher.counts(key, plugin, signedAt.orElse(knowledge.now()))) {
                throw new Rejection(
                        ErrorCode.UNTRUSTED_KEY,
                        "the key `"
                                + key.id()
                                + "` of publisher `"
                                + publisher.id()
                                + "` does not count for this plugin at this time");
            }
            return;
        }
        knowledge
                .revocations()
                .ifPresent(list -> list.requireCertificates(certified.get().chain()));
        new Authorities(publisher.anchors(), knowledge.lists())
                .recheck(certified.get(), knowledge.rules());
    }
}
