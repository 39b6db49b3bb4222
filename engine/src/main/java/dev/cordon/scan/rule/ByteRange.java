package dev.cordon.scan.rule;

/**
 * Some bytes of a module.
 *
 * @param bytes the module
 * @param from the first of them
 * @param to the offset after the last
 */
record ByteRange(byte[] bytes, int from, int to) {
    /** The byte at an offset, 0 outside of the range. */
    int at(int offset) {
        return offset >= from && offset < to ? bytes[offset] & 0xff : 0;
    }

    /** Whether letters, digits or an underscore stand at an offset. */
    boolean isWord(int offset) {
        int letter = at(offset);
        return isAlphanumeric(letter) || letter == '_';
    }

    /** Whether a text stands at an offset. */
    boolean startsWith(byte[] start, int offset) {
        if (offset + start.length > to) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if (bytes[offset + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    /** The offset after those of the characters that stand there in a row, at most so many. */
    int run(Characters characters, int offset, int most) {
        int at = offset;
        while (at < to && at - offset < most && characters.has(bytes[at])) {
            at++;
        }
        return at;
    }

    /** A little-endian number of 32 bits, 0 for what is outside. */
    long word(int offset) {
        return at(offset)
                | at(offset + 1) << 8
                | at(offset + 2) << 16
                | (long) at(offset + 3) << 24;
    }

    static boolean isAlphanumeric(int letter) {
        return (letter >= '0' && letter <= '9')
                || (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z');
    }
}
