package dev.cordon.trust.embedded;

import java.util.List;

/**
 * The hashes of all parts of a module, and who signed them.
 *
 * @param hashes one after the other, 32 bytes each
 * @param signatures those of a known kind, in their order
 */
record SignedHashes(byte[] hashes, List<KeySignature> signatures) {
    /** Most bytes of a name of a key; the tool writes 12. */
    static final int MAX_KEY_ID = 256;

    /** Length of a signature, the only kind that is known. */
    static final int SIGNATURE_BYTES = 64;

    /**
     * One signature.
     *
     * @param keyId which key its maker says it is of, not signed; empty if nothing is said
     * @param signature 64 bytes
     */
    record KeySignature(byte[] keyId, byte[] signature) {}
}
