package dev.cordon.wasm;

import java.io.ByteArrayOutputStream;
import java.util.function.IntPredicate;

/**
 * Makes a module with everything but its code, so that what describes instances can stay in memory
 * when the code no longer has to.
 */
public final class ModuleSkeleton {
    private static final int CUSTOM = 0;
    private static final int CODE = 10;

    /** A body of three bytes: no locals, {@code unreachable}, {@code end}. */
    private static final byte[] TRAP = {3, 0, 0x00, 0x0b};

    private ModuleSkeleton() {}

    /**
     * Copies a module without its custom sections and with bodies that only trap.
     *
     * @param module the bytes that {@code outline} was read from
     * @param outline what is in them
     * @param keepBody which bodies stay as they are, by their place in the code section from 0
     * @return a module with the same types, imports, functions, exports and segments; it parses,
     *     and also validates unless only a removed body made it valid
     */
    public static byte[] of(byte[] module, ModuleOutline outline, IntPredicate keepBody) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(module, 0, Preamble.SIZE);
        int at = Preamble.SIZE;
        while (at < module.length) {
            int id = module[at];
            int content = afterNumber(module, at + 1);
            int end = content + number(module, at + 1);
            if (id == CODE) {
                code(module, outline.bodies(), keepBody, out);
            } else if (id != CUSTOM) {
                out.write(module, at, end - at);
            }
            at = end;
        }
        return out.toByteArray();
    }

    private static void code(
            byte[] module,
            FunctionBodies bodies,
            IntPredicate keepBody,
            ByteArrayOutputStream out) {
        ByteArrayOutputStream section = new ByteArrayOutputStream();
        writeNumber(section, bodies.count());
        for (int i = 0; i < bodies.count(); i++) {
            if (keepBody.test(i)) {
                writeNumber(section, bodies.size(i));
                section.write(module, bodies.offset(i), bodies.size(i));
            } else {
                section.write(TRAP, 0, TRAP.length);
            }
        }
        out.write(CODE);
        writeNumber(out, section.size());
        out.writeBytes(section.toByteArray());
    }

    private static void writeNumber(ByteArrayOutputStream out, int number) {
        int rest = number;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static int number(byte[] module, int offset) {
        int value = 0;
        int at = offset;
        for (int shift = 0; ; shift += 7) {
            value |= (module[at] & 0x7f) << shift;
            if (module[at++] >= 0) {
                return value;
            }
        }
    }

    private static int afterNumber(byte[] module, int offset) {
        int at = offset;
        while (module[at] < 0) {
            at++;
        }
        return at + 1;
    }
}
