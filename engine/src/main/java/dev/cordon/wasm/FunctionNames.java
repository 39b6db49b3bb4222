package dev.cordon.wasm;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The names that the {@code name} section gives to functions.
 *
 * <p>Such names are for readers only: they may be missing, wrong or misleading, and a damaged
 * section just has fewer names. Print them through {@link dev.cordon.error.GuestText}. Immutable.
 */
public final class FunctionNames {
    private static final int FUNCTION_SUBSECTION = 1;
    private static final int MAX_NAME_BYTES = 512;
    private static final FunctionNames NONE = new FunctionNames(new byte[0], new int[0]);

    private final byte[] text;

    /** For each function its name's end in {@link #text}; it starts where the one before ends. */
    private final int[] ends;

    private FunctionNames(byte[] text, int[] ends) {
        this.text = text;
        this.ends = ends;
    }

    /**
     * Reads the names; keeps no reference to the module.
     *
     * @param module the bytes that {@code outline} was read from
     * @param outline what is in them
     * @return the names, each cut to 512 bytes
     */
    public static FunctionNames of(byte[] module, ModuleOutline outline) {
        Optional<CustomSection> names = outline.customSection("name");
        if (names.isEmpty()) {
            return NONE;
        }
        int start = names.get().offset();
        return read(module, start, start + names.get().size(), outline.totalFunctions());
    }

    /**
     * The name of a function.
     *
     * @param function its index, imported functions first
     * @return the name as in the file, or an empty text if it has none
     */
    public String name(int function) {
        if (function < 0 || function >= ends.length) {
            return "";
        }
        int start = function == 0 ? 0 : ends[function - 1];
        return new String(text, start, ends[function] - start, StandardCharsets.UTF_8);
    }

    private static FunctionNames read(byte[] module, int start, int end, int functions) {
        int[] starts = new int[functions];
        int[] lengths = new int[functions];
        int total = 0;
        Walk entries = subsection(new Walk(module, start, end));
        for (long left = entries.u32(); left > 0 && !entries.broken(); left--) {
            long index = entries.u32();
            long length = entries.u32();
            int at = entries.position();
            entries.skip(length);
            if (!entries.broken() && index < functions && lengths[(int) index] == 0) {
                starts[(int) index] = at;
                lengths[(int) index] = (int) Math.min(length, MAX_NAME_BYTES);
                total += lengths[(int) index];
            }
        }
        return pack(module, starts, lengths, total);
    }

    private static FunctionNames pack(byte[] module, int[] starts, int[] lengths, int total) {
        byte[] text = new byte[total];
        int[] ends = new int[starts.length];
        int at = 0;
        for (int i = 0; i < starts.length; i++) {
            System.arraycopy(module, starts[i], text, at, lengths[i]);
            at += lengths[i];
            ends[i] = at;
        }
        return new FunctionNames(text, ends);
    }

    /** The entries of the function names, or a broken walk if there are none. */
    private static Walk subsection(Walk section) {
        while (!section.broken() && section.left() > 0) {
            int id = section.u8();
            long size = section.u32();
            int start = section.position();
            section.skip(size);
            if (id == FUNCTION_SUBSECTION && !section.broken()) {
                return new Walk(section.bytes, start, section.position());
            }
        }
        return new Walk(section.bytes, 0, 0);
    }

    /** The name of one function of a module that may be damaged, for the message of an error. */
    static String find(byte[] module, int function) {
        Walk sections = new Walk(module, 8, module.length);
        while (!sections.broken() && sections.left() > 0) {
            int id = sections.u8();
            long size = sections.u32();
            int start = sections.position();
            sections.skip(size);
            if (id == 0 && !sections.broken()) {
                Walk section = new Walk(module, start, sections.position());
                if (section.u32() == 4
                        && section.u8() == 'n'
                        && section.u8() == 'a'
                        && section.u8() == 'm'
                        && section.u8() == 'e') {
                    return nameIn(subsection(section), function);
                }
            }
        }
        return "";
    }

    private static String nameIn(Walk entries, int function) {
        for (long left = entries.u32(); left > 0 && !entries.broken(); left--) {
            long index = entries.u32();
            long length = entries.u32();
            int at = entries.position();
            entries.skip(length);
            if (!entries.broken() && index == function) {
                int shown = (int) Math.min(length, MAX_NAME_BYTES);
                return new String(entries.bytes, at, shown, StandardCharsets.UTF_8);
            }
        }
        return "";
    }

    /** Reads as far as the bytes make sense and never throws. */
    private static final class Walk {
        private final byte[] bytes;
        private final int end;
        private int position;
        private boolean broken;

        Walk(byte[] bytes, int position, int end) {
            this.bytes = bytes;
            this.position = position;
            this.end = end;
        }

        boolean broken() {
            return broken;
        }

        int position() {
            return position;
        }

        int left() {
            return end - position;
        }

        int u8() {
            if (position >= end) {
                broken = true;
                return 0;
            }
            return bytes[position++] & 0xff;
        }

        long u32() {
            long value = 0;
            for (int shift = 0; shift < 35; shift += 7) {
                int part = u8();
                value |= (long) (part & 0x7f) << shift;
                if (part < 0x80) {
                    return value;
                }
            }
            broken = true;
            return 0;
        }

        void skip(long count) {
            if (count > left()) {
                broken = true;
            } else {
                position += (int) count;
            }
        }
    }
}
