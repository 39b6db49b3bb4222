package dev.cordon.trust.detached;

import dev.cordon.trust.key.PublisherKey;
import java.util.List;
import java.util.Optional;
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
     * @return a distinguished name, printable
     */
    public String subject() {
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
