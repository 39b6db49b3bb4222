package dev.cordon.wasi;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Where a guest's random bytes come from. Called on the thread that runs the guest. */
@FunctionalInterface
public interface RandomSource {
    /**
     * Fills a part of an array.
     *
     * @param target the array
     * @param offset where to start
     * @param length how many bytes; at most 16 KiB
     */
    void fill(byte[] target, int offset, int length);

    /**
     * Bytes that nobody can foretell.
     *
     * @return a source over {@link SecureRandom}; safe for use by many guests at once
     */
    static RandomSource secure() {
        SecureRandom random = new SecureRandom();
        return (target, offset, length) -> {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            System.arraycopy(bytes, 0, target, offset, length);
        };
    }

    /**
     * The same bytes each time, for tests and for runs that must repeat; never for secrets.
     *
     * @param seed which bytes
     * @return a source that starts anew; for one guest at a time
     */
    static RandomSource seeded(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return (target, offset, length) -> {
            for (int i = offset; i < offset + length; i++) {
                target[i] = (byte) random.nextInt();
            }
        };
    }
}
