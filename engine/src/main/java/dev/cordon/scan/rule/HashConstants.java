package dev.cordon.scan.rule;

/** Numbers that give a hash function or a cipher away. */
final class HashConstants {
    static final String CRYPTONIGHT = "CryptoNight";

    private HashConstants() {}

    /** The family of a number of 32 bits, empty if it is of none. */
    static String ofInt(int constant) {
        return switch (constant) {
            case 0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5 -> "SHA-256";
            case 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a -> "SHA-256 or BLAKE";
            case 0x243f6a88, 0x85a308d3, 0x13198a2e -> "BLAKE";
            default -> "";
        };
    }

    /** The family of a number of 64 bits, empty if it is of none. */
    static String ofLong(long constant) {
        if (constant == 0x6a09e667f3bcc908L || constant == 0xbb67ae8584caa73bL) {
            return "SHA-512 or BLAKE2";
        }
        if (constant == 0x800000000000808aL
                || constant == 0x8000000080008000L
                || constant == 0x8000000080008081L) {
            return "Keccak";
        }
        return constant == 0x1e3779b97f4a7c15L ? CRYPTONIGHT : "";
    }
}
