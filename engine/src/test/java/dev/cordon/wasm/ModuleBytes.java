package dev.cordon.wasm;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Builds modules byte by byte, right or wrong. */
final class ModuleBytes {
    static final int TYPE = 1;
    static final int IMPORT = 2;
    static final int FUNCTION = 3;
    static final int TABLE = 4;
    static final int MEMORY = 5;
    static final int GLOBAL = 6;
    static final int EXPORT = 7;
    static final int START = 8;
    static final int ELEMENT = 9;
    static final int CODE = 10;
    static final int DATA = 11;
    static final int DATA_COUNT = 12;
    static final int TAG = 13;

    static final int I32 = 0x7f;
    static final int I64 = 0x7e;
    static final int VOID = 0x40;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    static ModuleBytes module() {
        return new ModuleBytes().bytes(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    }

    /** One function of the type {@code () -> ()} with these instructions and a final end. */
    static byte[] function(int... instructions) {
        return withFunction(module().section(TYPE, 1, 0x60, 0, 0), instructions);
    }

    /** The start of a module up to its types, then one function of type 0. */
    static byte[] withFunction(ModuleBytes start, int... instructions) {
        return start.section(FUNCTION, 1, 0).code(body -> body.bytes(instructions)).build();
    }

    /** A code section with one body without locals, to which a final end is added. */
    ModuleBytes code(Consumer<ModuleBytes> instructions) {
        ModuleBytes body = new ModuleBytes().bytes(0);
        instructions.accept(body);
        body.bytes(0x0b);
        return section(CODE, it -> it.u32(1).u32(body.size()).append(body));
    }

    ModuleBytes section(int id, int... content) {
        return section(id, it -> it.bytes(content));
    }

    ModuleBytes section(int id, Consumer<ModuleBytes> content) {
        ModuleBytes inner = new ModuleBytes();
        content.accept(inner);
        return bytes(id).u32(inner.size()).append(inner);
    }

    ModuleBytes custom(String name, int... content) {
        return section(0, it -> it.name(name).bytes(content));
    }

    ModuleBytes bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    ModuleBytes repeat(int times, int... values) {
        for (int i = 0; i < times; i++) {
            bytes(values);
        }
        return this;
    }

    ModuleBytes u32(long value) {
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    ModuleBytes name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        u32(utf8.length);
        out.writeBytes(utf8);
        return this;
    }

    ModuleBytes append(ModuleBytes other) {
        out.writeBytes(other.build());
        return this;
    }

    int size() {
        return out.size();
    }

    byte[] build() {
        return out.toByteArray();
    }
}
