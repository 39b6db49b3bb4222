package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;

/** Authorities whose certificates are believed, and what they revoked. Immutable. */
public final class Authorities {
    private final List<X509CertificateHolder> anchors;
    private final CertificateLists lists;

    /**
     * Puts together what certificates are checked against.
     *
     * @param anchors certificates of authorities
     * @param lists what they and those below them revoked
     */
    public Authorities(Collection<X509Certificate> anchors, CertificateLists lists) {
        this.anchors = holders(anchors);
        this.lists = lists;
    }

    /**
     * A signature whose certificate is believed.
     *
     * @param chain the signer's certificate first, the authority's last
     * @param signedAt when the signature existed, if a timestamp proves it
     */
    public record Certified(List<X509Certificate> chain, Optional<Instant> signedAt) {
        /** Copies the chain. */
        public Certified {
            chain = List.copyOf(chain);
        }
    }

    /**
     * Checks the certificate behind a signature.
     *
     * @param signature what was made with it
     * @param signedAt when, if that is proved
     * @param rules what is asked
     * @return the certificates up to an authority
     * @throws Rejection if one of them is not to be believed
     */
    public Certified certify(
            CmsSignature signature, Optional<Instant> signedAt, CertificateRules rules) {
        return new Certified(
                path(signature.certificate(), signature.others(), signedAt, rules), signedAt);
    }

    /**
     * Checks the timestamp of a signature, these being the authorities of timestamps.
     *
     * @param signature what it is over
     * @param rules what is asked
     * @return empty if the signature has none
     * @throws Rejection if it has one that proves nothing
     */
    public Optional<Instant> timestamp(CmsSignature signature, CertificateRules rules) {
        return signature
                .timestamp()
                .map(
                        token ->
                                Timestamps.verify(
                                        token,
                                        signature.value(),
                                        new CertificatePath(anchors, lists, rules),
                                        rules));
    }

    /**
     * Checks a chain again that was believed before, since more may have been revoked.
     *
     * @param known what was believed
     * @param rules what is asked now
     * @throws Rejection if one of them is not to be believed any more
     */
    public void recheck(Certified known, CertificateRules rules) {
        List<X509CertificateHolder> chain = holders(known.chain());
        path(chain.get(0), chain, known.signedAt(), rules);
    }

    private List<X509Certificate> path(
            X509CertificateHolder leaf,
            List<X509CertificateHolder> bag,
            Optional<Instant> signedAt,
            CertificateRules rules) {
        CertificatePath path = new CertificatePath(anchors, lists, rules);
        return Strangers.read(
                "a certificate",
                ErrorCode.CHAIN_INVALID,
                () -> path.of(leaf, bag, CertificateRules.Usage.CODE_SIGNING, signedAt));
    }

    private static List<X509CertificateHolder> holders(Collection<X509Certificate> certificates) {
        List<X509CertificateHolder> holders = new ArrayList<>();
        for (X509Certificate certificate : certificates) {
            try {
                holders.add(new JcaX509CertificateHolder(certificate));
            } catch (CertificateEncodingException broken) {
                throw new Rejection(ErrorCode.CHAIN_INVALID, "a certificate cannot be read");
            }
        }
        return List.copyOf(holders);
    }
}
