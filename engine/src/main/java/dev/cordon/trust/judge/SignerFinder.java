package dev.cordon.trust.judge;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.error.ErrorCode;
import dev.cordon.trust.Publisher;
import dev.cordon.trust.SignatureKind;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.detached.Authorities;
import dev.cordon.trust.detached.CmsSignature;
import dev.cordon.trust.detached.CmsVerifier;
import dev.cordon.trust.detached.Minisign;
import dev.cordon.trust.embedded.EmbeddedVerifier;
import dev.cordon.trust.embedded.ModuleSections;
import dev.cordon.trust.key.PublisherKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out which publishers signed a plugin, in every form there is. */
final class SignerFinder {
    private final TrustPolicy policy;
    private final Knowledge knowledge;
    private final Trace trace;
    private final List<FoundSigner> found = new ArrayList<>();
    private final Set<SignatureKind> present = EnumSet.noneOf(SignatureKind.class);

    SignerFinder(TrustPolicy policy, Knowledge knowledge, Trace trace) {
        this.policy = policy;
        this.knowledge = knowledge;
        this.trace = trace;
    }

    /** The forms of signature that are there, whatever they are worth. */
    Set<SignatureKind> present() {
        return present;
    }

    /**
     * Looks at every signature.
     *
     * @return who signed; whether they may is another question
     * @throws Rejection if a signature is malformed or over other bytes
     */
    List<FoundSigner> find(PluginBundle bundle, ModuleSections sections) {
        if (sections.signature().isPresent()) {
            present.add(SignatureKind.WASMSIG);
            embedded(sections);
        }
        if (bundle.cms().isPresent()) {
            present.add(SignatureKind.CMS);
            cms(bundle.module(), bundle.cms().get());
        }
        if (bundle.minisign().isPresent()) {
            present.add(SignatureKind.MINISIGN);
            minisign(bundle.module(), bundle.minisign().get());
        }
        return found;
    }

    private void embedded(ModuleSections sections) {
        Set<PublisherKey> signers = EmbeddedVerifier.verify(sections, keys());
        boolean unknown = EmbeddedVerifier.namesUnknownKey(sections, keys());
        if (signers.isEmpty()) {
            trace.fault(
                    SignatureKind.WASMSIG,
                    unknown
                            ? new Rejection(
                                    ErrorCode.UNTRUSTED_KEY,
                                    "the embedded signature names a key that is no publisher's")
                            : new Rejection(
                                    ErrorCode.NO_VALID_SIGNATURE,
                                    "the embedded signature was made with no publisher's key"));
        }
        addAll(SignatureKind.WASMSIG, signers);
    }

    private void minisign(byte[] module, byte[] file) {
        Set<PublisherKey> signers = Minisign.verify(module, file, keys());
        if (signers.isEmpty()) {
            trace.fault(
                    SignatureKind.MINISIGN,
                    new Rejection(
                            ErrorCode.NO_VALID_SIGNATURE,
                            "the minisign signature is not of these bytes and a publisher's key"));
        }
        addAll(SignatureKind.MINISIGN, signers);
    }

    private void addAll(SignatureKind kind, Collection<PublisherKey> signers) {
        for (PublisherKey key : signers) {
            byKey(kind, key, Optional.empty());
        }
    }

    private boolean byKey(SignatureKind kind, PublisherKey key, Optional<Instant> signedAt) {
        boolean known = false;
        for (Publisher publisher : policy.publishers()) {
            if (publisher.keys().contains(key)) {
                add(new FoundSigner(publisher, kind, key, Optional.empty(), signedAt));
                known = true;
            }
        }
        return known;
    }

    private void add(FoundSigner signer) {
        trace.note(
                signer.kind(),
                "signature of publisher `"
                        + signer.publisher().id()
                        + "` with key "
                        + signer.key().id()
                        + signer.signedAt().map(at -> ", at " + at).orElse(""));
        found.add(signer);
    }

    private Set<PublisherKey> keys() {
        Set<PublisherKey> keys = new LinkedHashSet<>();
        policy.publishers().forEach(publisher -> keys.addAll(publisher.keys()));
        return keys;
    }

    private void cms(byte[] module, byte[] file) {
        for (CmsVerifier.Outcome outcome : CmsVerifier.verify(module, file, policy.minRsaBits())) {
            outcome.rejection().ifPresent(it -> trace.fault(SignatureKind.CMS, it));
            if (outcome.signature().isPresent()) {
                try {
                    believed(outcome.signature().get());
                } catch (Rejection fault) {
                    trace.fault(SignatureKind.CMS, fault);
                }
            }
        }
    }

    private void believed(CmsSignature signature) {
        Optional<Instant> signedAt = signedAt(signature);
        boolean known = byKey(SignatureKind.CMS, signature.key(), signedAt);
        for (Publisher publisher : policy.publishers()) {
            if (!known && publisher.subjects().contains(signature.subject())) {
                known = true;
                byCertificate(publisher, signature, signedAt);
            }
        }
        if (!known) {
            throw new Rejection(
                    ErrorCode.UNTRUSTED_KEY,
                    "the CMS signature of `"
                            + signature.shownSubject()
                            + "` is of no publisher's key or certificate");
        }
    }

    private void byCertificate(
            Publisher publisher, CmsSignature signature, Optional<Instant> signedAt) {
        try {
            Authorities.Certified certified =
                    new Authorities(publisher.anchors(), knowledge.lists())
                            .certify(signature, signedAt, knowledge.rules());
            add(
                    new FoundSigner(
                            publisher,
                            SignatureKind.CMS,
                            signature.key(),
                            Optional.of(certified),
                            signedAt));
        } catch (Rejection fault) {
            trace.fault(SignatureKind.CMS, fault);
        }
    }

    private Optional<Instant> signedAt(CmsSignature signature) {
        Optional<Instant> at =
                policy.timestampAnchors().isEmpty()
                        ? Optional.empty()
                        : new Authorities(policy.timestampAnchors(), knowledge.lists())
                                .timestamp(signature, knowledge.rules());
        if (at.isEmpty() && policy.requireTimestamp()) {
            throw new Rejection(
                    ErrorCode.TIMESTAMP_INVALID,
                    "the CMS signature has no timestamp of a trusted authority");
        }
        return at;
    }
}
