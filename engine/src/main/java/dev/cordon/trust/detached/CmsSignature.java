package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.PublisherKey;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.X509CertificateHolder;

/** A signature of CMS that is right for its key; whether to believe the key is another question. */
public final class CmsSignature {
    private final PublisherKey key;
    private final X509CertificateHolder certificate;
    private final List<X509CertificateHolder> others;
    private final byte[] value;
    private final Optional<byte[]> timestamp;

    CmsSignature(
            PublisherKey key,
            X509CertificateHolder certificate,
            List<X509CertificateHolder> others,
            byte[] value,
            Optional<byte[]> timestamp) {
        this.key = key;
        this.certificate = certificate;
        this.others = List.copyOf(others);
        this.value = value;
        this.timestamp = timestamp;
    }

    /**
     * The key that made the signature.
     *
     * @return strong enough and of an accepted kind
     */
    public PublisherKey key() {
        return key;
    }

    /**
     * Whom the certificate beside the signature is for; not checked yet.
     *
     * @return a distinguished name
     */
    public X500Principal subject() {
        try {
            return new X500Principal(certificate.getSubject().getEncoded());
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new Rejection(ErrorCode.CHAIN_INVALID, "the name of a signer cannot be read");
        }
    }

    /**
     * The same for people.
     *
     * @return a distinguished name, printable
     */
    public String shownSubject() {
        return Names.shown(certificate.getSubject());
    }

    X509CertificateHolder certificate() {
        return certificate;
    }

    /** All certificates of the file, in no order. */
    List<X509CertificateHolder> others() {
        return others;
    }

    /** What a timestamp is over. */
    byte[] value() {
        return value;
    }

    /** The token of a timestamp, as it stands in the file. */
    Optional<byte[]> timestamp() {
        return timestamp;
    }
}
