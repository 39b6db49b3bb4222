package dev.cordon.trust.detached;

import dev.cordon.error.UsageException;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.PublisherKey;
import java.io.IOException;
import org.bouncycastle.cert.X509CertificateHolder;

/** The keys of certificates. */
final class CertificateKeys {
    private CertificateKeys() {}

    /**
     * Reads the key of a certificate.
     *
     * @throws Rejection if it is none that is accepted
     * @throws IOException if it cannot be encoded
     */
    static PublisherKey of(X509CertificateHolder certificate, int minRsaBits) throws IOException {
        try {
            return PublisherKey.ofSpki(
                    certificate.getSubjectPublicKeyInfo().getEncoded(), minRsaBits);
        } catch (UsageException unusable) { // a fault of the certificate, not of whoever names it
            throw unusable.getCause() instanceof Rejection found ? found : unusable;
        }
    }
}
