package dev.cordon.trust;

import dev.cordon.error.ErrorCode;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was found out about a plugin, for its bytes alone. Immutable. */
public sealed interface Verdict {
    /**
     * Which bytes it is about.
     *
     * @return SHA-256 of the module, 64 hexadecimal digits
     */
    String digest();

    /**
     * Those whom the policy trusts vouch for the plugin.
     *
     * @param digest of the module
     * @param plugin its id as signed
     * @param publisher who published it
     * @param signers everybody whose signature counted
     */
    record Verified(String digest, String plugin, String publisher, List<Signer> signers)
            implements Verdict {
        /** Copies the list. */
        public Verified {
            signers = List.copyOf(signers);
        }
    }

    /**
     * The policy does not trust the plugin.
     *
     * @param digest of the module
     * @param code why
     * @param detail why, in one line, printable
     */
    record Rejected(String digest, ErrorCode code, String detail) implements Verdict {}

    /**
     * Nobody looked, as the policy is off.
     *
     * @param digest of the module
     */
    record Unchecked(String digest) implements Verdict {}

    /**
     * Somebody whose signature counted.
     *
     * @param publisher whose key or certificate it is
     * @param kind the form of the signature
     * @param keyId the key that signed
     * @param chain certificates up to an authority, the signer's first; none for a key that the
     *     policy names
     * @param signedAt when, if a timestamp proves it
     */
    record Signer(
            String publisher,
            SignatureKind kind,
            String keyId,
            List<X509Certificate> chain,
            Optional<Instant> signedAt) {
        /** Copies the list. */
        public Signer {
            chain = List.copyOf(chain);
        }
    }
}
