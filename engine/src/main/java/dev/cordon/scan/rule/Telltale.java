package dev.cordon.scan.rule;

import dev.cordon.scan.Level;
import dev.cordon.scan.ScanRule;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that give something away.
 *
 * @param rule which rule they belong to
 * @param level what they weigh
 * @param what they are, in words
 * @param start what they start with, at least one byte
 * @param tail what must follow
 */
record Telltale(ScanRule rule, Level level, String what, byte[] start, Tail tail) {
    /** Decides whether bytes after the start fit, by looking at a bounded number of them. */
    interface Tail {
        /**
         * Looks at what follows.
         *
         * @param range where to look
         * @param start where the start is
         * @param from the offset after it
         * @return the offset after the last byte that belongs to it, -1 if it does not fit
         */
        int end(ByteRange range, int start, int from);
    }

    /** Takes whatever follows. */
    static final Tail ANYTHING = (range, start, from) -> from;

    static Telltale of(ScanRule rule, Level level, String what, String start, Tail tail) {
        byte[] bytes = start.getBytes(StandardCharsets.ISO_8859_1);
        return new Telltale(rule, level, what, bytes, tail);
    }
}
