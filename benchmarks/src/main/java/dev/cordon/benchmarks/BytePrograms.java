package dev.cordon.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The kernels of {@code programs.c} that work on bytes, in plain Java, with the same results. */
final class BytePrograms {
    private static final int[] ROUNDS = Sha256Constants.rounds();
    private static final byte[] LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PATTERN = {'c', 'a', 'b', 'd', 'a'};

    private final byte[] input = new byte[1 << 18];
    private final byte[] output = new byte[1 << 19];
    private final byte[] text = new byte[1 << 19];
    private final int[] state = new int[8];
    private final int[] schedule = new int[64];
    private int seed;

    int run(String kernel, int size) {
        switch (kernel) {
            case "hashing":
                return hashing(size);
            case "encoding":
                return encoding(size);
            case "searching":
                return searching(size);
            case "unpacking":
                return unpacking(size);
            default:
                throw new IllegalArgumentException(kernel);
        }
    }

    private int next() {
        seed = seed * 1664525 + 1013904223;
        return seed;
    }

    private void fill(int size) {
        seed = 42;
        for (int i = 0; i < size; i++) {
            input[i] = (byte) (next() >>> 24);
        }
    }

    private int hashing(int size) {
        fill(size);
        for (int i = 0; i < 8; i++) {
            state[i] = ROUNDS[i] ^ 0x5a5a5a5a;
        }
        for (int at = 0; at + 64 <= size; at += 64) {
            block(at);
        }
        return state[0] ^ state[3] ^ state[7];
    }

    private void block(int start) {
        int at = start;
        for (int i = 0; i < 16; i++, at += 4) {
            schedule[i] =
                    input[at] << 24
                            | (input[at + 1] & 255) << 16
                            | (input[at + 2] & 255) << 8
                            | (input[at + 3] & 255);
        }
        for (int i = 16; i < 64; i++) {
            int a = schedule[i - 15];
            int b = schedule[i - 2];
            schedule[i] =
                    schedule[i - 16]
                            + (turn(a, 7) ^ turn(a, 18) ^ a >>> 3)
                            + schedule[i - 7]
                            + (turn(b, 17) ^ turn(b, 19) ^ b >>> 10);
        }
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int i = 0; i < 64; i++) {
            int one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g));
            one += ROUNDS[i] + schedule[i];
            int two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + one;
            d = c;
            c = b;
            b = a;
            a = one + two;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    private static int turn(int x, int by) {
        return Integer.rotateRight(x, by);
    }

    private int encoding(int size) {
        fill(size);
        byte[] values = new byte[256];
        for (int i = 0; i < 64; i++) {
            values[LETTERS[i]] = (byte) i;
        }
        int length = 0;
        for (int i = 0; i + 2 < size; i += 3) {
            int three = (input[i] & 255) << 16 | (input[i + 1] & 255) << 8 | (input[i + 2] & 255);
            output[length++] = LETTERS[three >>> 18];
            output[length++] = LETTERS[three >>> 12 & 63];
            output[length++] = LETTERS[three >>> 6 & 63];
            output[length++] = LETTERS[three & 63];
        }
        int sum = 0;
        for (int i = 0; i < length; i += 4) {
            int three =
                    values[output[i]] << 18
                            | values[output[i + 1]] << 12
                            | values[output[i + 2]] << 6
                            | values[output[i + 3]];
            sum = sum * 33 + three;
        }
        return sum;
    }

    private int searching(int size) {
        int length = PATTERN.length;
        seed = 5;
        for (int i = 0; i < size; i++) {
            input[i] = (byte) ('a' + (next() >>> 30));
        }
        byte[] skip = new byte[256];
        Arrays.fill(skip, (byte) length);
        for (int i = 0; i < length - 1; i++) {
            skip[PATTERN[i]] = (byte) (length - 1 - i);
        }
        int found = 0;
        for (int at = 0; at + length <= size; ) {
            int i = length - 1;
            while (i >= 0 && input[at + i] == PATTERN[i]) {
                i--;
            }
            if (i < 0) {
                found++;
            }
            at += skip[input[at + length - 1]];
        }
        return found;
    }

    private int unpacking(int size) {
        seed = 11;
        for (int i = 0; i < size; i++) {
            input[i] = (byte) (i % 1000 < 300 ? i % 7 : next() >>> 29);
        }
        int length = pack(size);
        int done = unpack(length);
        int sum = length;
        for (int i = 0; i < done; i++) {
            sum = sum * 31 + (text[i] & 255);
        }
        return sum;
    }

    private int pack(int size) {
        int[] recent = new int[4096];
        int length = 0;
        for (int at = 0; at < size; ) {
            int run = 0;
            int from = 0;
            if (at + 4 <= size) {
                int four =
                        (input[at] & 255)
                                | (input[at + 1] & 255) << 8
                                | (input[at + 2] & 255) << 16
                                | input[at + 3] << 24;
                int slot = (four * 0x9E3779B1) >>> 20;
                from = recent[slot] - 1;
                recent[slot] = at + 1;
                if (from >= 0 && at - from < 65536) {
                    while (run < 255 && at + run < size && input[from + run] == input[at + run]) {
                        run++;
                    }
                }
            }
            if (run >= 4) {
                output[length++] = (byte) run;
                output[length++] = (byte) ((at - from) >> 8);
                output[length++] = (byte) (at - from);
                at += run;
            } else {
                output[length++] = 0;
                output[length++] = input[at++];
            }
        }
        return length;
    }

    private int unpack(int length) {
        int done = 0;
        for (int at = 0; at < length; ) {
            int run = output[at++] & 255;
            if (run == 0) {
                text[done++] = output[at++];
                continue;
            }
            int from = done - ((output[at] & 255) << 8 | (output[at + 1] & 255));
            at += 2;
            while (run-- > 0) {
                text[done++] = text[from++];
            }
        }
        return done;
    }
}
