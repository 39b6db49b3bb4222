package dev.cordon.trust.detached;

import java.time.Duration;
import java.time.Instant;

/**
 * What a policy asks of certificates.
 *
 * @param minRsaBits fewest bits of an RSA key
 * @param revocation what follows if nothing fresh says whether a certificate was revoked
 * @param now the time at which lists of revocations must be fresh
 */
public record CertificateRules(int minRsaBits, Revocation revocation, Instant now) {
    /** How far clocks may differ. */
    static final Duration SKEW = Duration.ofMinutes(5);

    /** How much is asked about revocation. */
    public enum Revocation {
        /** No fresh list, no trust. */
        HARD,
        /** A list that says "revoked" counts; a missing or old one does not. */
        SOFT,
        /** Nobody looks. */
        OFF
    }

    /** What a certificate is used for. */
    enum Usage {
        CODE_SIGNING,
        TIMESTAMPING
    }
}
