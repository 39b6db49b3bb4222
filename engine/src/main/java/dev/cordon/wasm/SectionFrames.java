package dev.cordon.wasm;

import dev.cordon.wasm.SectionFrames.Frame;
import java.util.ArrayList;
import java.util.List;

/**
 * The frames of a module's sections, as far as they make sense: for readers who want to know how a
 * module is written, also one that is refused.
 *
 * @param frames in the file's order
 */
public record SectionFrames(List<Frame> frames) {
    /** Most frames looked at; a module that is accepted has fewer. */
    private static final int MAX_FRAMES = 2_000;

    /** An unsigned number of 32 bits takes at most this many bytes. */
    private static final int MAX_NUMBER_BYTES = 5;

    /** Copies the list. */
    public SectionFrames {
        frames = List.copyOf(frames);
    }

    /**
     * One section.
     *
     * @param id its kind, 0 for a custom one
     * @param offset where it starts
     * @param content the offset after its header
     * @param size what its header says
     * @param padded whether its size is written in more bytes than it needs
     */
    public record Frame(int id, int offset, int content, long size, boolean padded) {}

    /**
     * Walks over the sections; never throws.
     *
     * @param module any bytes
     * @return frames up to the first that leaves the file, which is the last one
     */
    public static SectionFrames of(byte[] module) {
        List<Frame> frames = new ArrayList<>();
        long at = Preamble.SIZE;
        while (at < module.length && frames.size() < MAX_FRAMES) {
            int start = (int) at;
            int end = afterNumber(module, start + 1);
            if (end < 0) {
                break;
            }
            long size = number(module, start + 1, end);
            boolean padded = end - start > 2 && module[end - 1] == 0;
            frames.add(new Frame(module[start] & 0xff, start, end, size, padded));
            at = end + size;
        }
        return new SectionFrames(frames);
    }

    /**
     * The number that a section's content starts with: for most kinds how many things follow.
     *
     * @param module the bytes that the frames were read from
     * @param frame one of them
     * @return -1 if there is no such number
     */
    public static long count(byte[] module, Frame frame) {
        int end = afterNumber(module, frame.content());
        return end < 0 ? -1 : number(module, frame.content(), end);
    }

    private static int afterNumber(byte[] module, int offset) {
        for (int at = offset; at < Math.min(module.length, offset + MAX_NUMBER_BYTES); at++) {
            if (module[at] >= 0) {
                return at + 1;
            }
        }
        return -1;
    }

    private static long number(byte[] module, int offset, int end) {
        long value = 0;
        for (int at = end - 1; at >= offset; at--) {
            value = value << 7 | (module[at] & 0x7f);
        }
        return value;
    }
}
