package dev.cordon.benchmarks;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Modules of any size with code of a usual mix: arithmetic, loads, stores, branches, calls. */
final class GeneratedModule {
    private static final int BODY_BYTES = 700;

    private GeneratedModule() {}

    static byte[] ofCode(int bytes) {
        int functions = Math.max(1, bytes / BODY_BYTES);
        Random random = new Random(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(out, 1, new byte[] {1, 0x60, 0, 1, 0x7F}); // () -> i32
        ByteArrayOutputStream types = new ByteArrayOutputStream();
        number(types, functions);
        types.writeBytes(new byte[functions]);
        section(out, 3, types.toByteArray());
        section(out, 5, new byte[] {1, 0, 1});
        section(out, 7, new byte[] {1, 3, 'r', 'u', 'n', 0, 0});
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        number(code, functions);
        for (int i = 0; i < functions; i++) {
            byte[] body = body(random, i, functions);
            number(code, body.length);
            code.writeBytes(body);
        }
        section(out, 10, code.toByteArray());
        return out.toByteArray();
    }

    private static byte[] body(Random random, int index, int functions) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {1, 2, 0x7F}); // two locals
        while (out.size() < BODY_BYTES) {
            switch (random.nextInt(4)) {
                case 0: // local 0 = local 0 * 31 + local 1
                    out.writeBytes(new byte[] {0x20, 0, 0x41, 31, 0x6C, 0x20, 1, 0x6A, 0x21, 0});
                    break;
                case 1: // local 1 = memory[local 0 & 63 + offset]
                    out.writeBytes(new byte[] {0x20, 0, 0x41, 63, 0x71, 0x28, 2});
                    out.writeBytes(new byte[] {(byte) random.nextInt(127), 0x21, 1});
                    break;
                case 2: // if local 0 < local 1: memory[offset] = local 0
                    out.writeBytes(new byte[] {0x20, 0, 0x20, 1, 0x48, 0x04, 0x40});
                    out.writeBytes(new byte[] {0x41, 0, 0x20, 0, 0x36, 2});
                    out.writeBytes(new byte[] {(byte) random.nextInt(127), 0x0B});
                    break;
                default:
                    if (index + 1 < functions) { // if local 1 == 12345: a later function
                        out.writeBytes(
                                new byte[] {0x20, 1, 0x41, (byte) 0xB9, (byte) 0xE0, 0, 0x46});
                        out.writeBytes(new byte[] {0x04, 0x40, 0x10});
                        number(out, index + 1 + random.nextInt(functions - index - 1));
                        out.writeBytes(new byte[] {0x21, 0, 0x0B});
                    }
            }
        }
        out.writeBytes(new byte[] {0x20, 0, 0x0B});
        return out.toByteArray();
    }

    private static void section(ByteArrayOutputStream out, int id, byte[] content) {
        out.write(id);
        number(out, content.length);
        out.writeBytes(content);
    }

    private static void number(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 127) {
            out.write((rest & 127) | 128);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
