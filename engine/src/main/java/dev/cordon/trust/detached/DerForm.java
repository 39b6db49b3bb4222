package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;

/**
 * Checks that bytes are one value of DER that is not nested deep, before a parser that recurses
 * sees them.
 */
final class DerForm {
    /** Deeper than any signature nests with its certificates and timestamp. */
    private static final int MAX_DEPTH = 48;

    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1f;
    private static final int MAX_LENGTH_BYTES = 4;

    private final byte[] bytes;
    private final String what;
    private int position;

    private DerForm(byte[] bytes, String what) {
        this.bytes = bytes;
        this.what = what;
    }

    /** Refuses what is longer, shorter, deeper or not of definite lengths. */
    static void require(byte[] bytes, String what) {
        new DerForm(bytes, what).check();
    }

    private void check() {
        int[] ends = new int[MAX_DEPTH + 1];
        int depth = 0;
        ends[0] = bytes.length;
        boolean first = true;
        while (depth > 0 || position < bytes.length) {
            if (depth > 0 && position == ends[depth]) {
                depth--;
                continue;
            }
            if (depth == 0 && !first) {
                throw wrong("has bytes after its end");
            }
            first = false;
            boolean constructed = tag(ends[depth]);
            int length = length(ends[depth]);
            if (!constructed) {
                position += length;
                continue;
            }
            if (depth == MAX_DEPTH) {
                throw wrong("is nested deeper than " + MAX_DEPTH);
            }
            depth++;
            ends[depth] = position + length;
        }
        if (first) {
            throw wrong("is empty");
        }
    }

    private boolean tag(int end) {
        int tag = next(end);
        if ((tag & LONG_TAG) == LONG_TAG) {
            throw wrong("has an unknown kind of value");
        }
        return (tag & CONSTRUCTED) != 0;
    }

    private int length(int end) {
        int first = next(end);
        long length = first;
        if (first >= 0x80) {
            int count = first - 0x80;
            if (count == 0 || count > MAX_LENGTH_BYTES) {
                throw wrong("is not in DER");
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = length << 8 | next(end);
            }
            if (length < 0x80) {
                throw wrong("is not in DER");
            }
        }
        if (length > end - position) {
            throw wrong("ends too early");
        }
        return (int) length;
    }

    private int next(int end) {
        if (position >= end) {
            throw wrong("ends too early");
        }
        return bytes[position++] & 0xff;
    }

    private Rejection wrong(String how) {
        return new Rejection(
                ErrorCode.MALFORMED_SIGNATURE, what + " " + how + ", at byte " + position);
    }
}
