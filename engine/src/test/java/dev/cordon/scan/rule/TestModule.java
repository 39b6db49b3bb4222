package dev.cordon.scan.rule;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A module of parts that a test names; functions are {@code () -> ()}. */
final class TestModule {
    private final List<byte[]> imports = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final List<byte[]> tables = new ArrayList<>();
    private final List<byte[]> memories = new ArrayList<>();
    private final List<byte[]> globals = new ArrayList<>();
    private final List<byte[]> exports = new ArrayList<>();
    private final List<byte[]> elements = new ArrayList<>();
    private final List<byte[]> data = new ArrayList<>();
    private final ByteArrayOutputStream custom = new ByteArrayOutputStream();
    private int start = -1;

    /** A function of the type {@code () -> ()}; kind 0, or another kind with its type bytes. */
    TestModule imports(String module, String name, int... kindAndType) {
        imports.add(join(text(module), text(name), bytes(kindAndType)));
        return this;
    }

    /** Its instructions, to which a final end is added. */
    TestModule function(String name, int... instructions) {
        names.add(name);
        byte[] body = join(bytes(0), bytes(instructions), bytes(0x0b));
        bodies.add(join(number(body.length), body));
        return this;
    }

    /** The same with one local of the type i32. */
    TestModule functionWithLocal(String name, int... instructions) {
        names.add(name);
        byte[] body = join(bytes(1, 1, 0x7f), bytes(instructions), bytes(0x0b));
        bodies.add(join(number(body.length), body));
        return this;
    }

    TestModule table(int minimum) {
        tables.add(join(bytes(0x70, 0), number(minimum)));
        return this;
    }

    TestModule memory(int minimum, int maximum) {
        memories.add(join(bytes(1), number(minimum), number(maximum)));
        return this;
    }

    TestModule memory(int minimum) {
        memories.add(join(bytes(0), number(minimum)));
        return this;
    }

    TestModule mutableGlobal() {
        globals.add(bytes(0x7f, 1, 0x41, 0, 0x0b));
        return this;
    }

    TestModule export(String name, int kind, int index) {
        exports.add(join(text(name), bytes(kind, index)));
        return this;
    }

    TestModule start(int function) {
        start = function;
        return this;
    }

    TestModule element(int at, int function) {
        elements.add(bytes(0, 0x41, at, 0x0b, 1, function));
        return this;
    }

    TestModule data(String content) {
        return data(content.getBytes(StandardCharsets.ISO_8859_1));
    }

    TestModule data(byte[] content) {
        data.add(join(bytes(0, 0x41, 0, 0x0b), number(content.length), content));
        return this;
    }

    TestModule custom(String name, byte[] content) {
        custom.writeBytes(section(0, join(text(name), content)));
        return this;
    }

    byte[] build() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(0, 'a', 's', 'm', 1, 0, 0, 0));
        out.writeBytes(section(1, bytes(1, 0x60, 0, 0)));
        out.writeBytes(vector(2, imports));
        out.writeBytes(vector(3, bodies.stream().map(it -> bytes(0)).toList()));
        out.writeBytes(vector(4, tables));
        out.writeBytes(vector(5, memories));
        out.writeBytes(vector(6, globals));
        out.writeBytes(vector(7, exports));
        if (start >= 0) {
            out.writeBytes(section(8, number(start)));
        }
        out.writeBytes(vector(9, elements));
        out.writeBytes(vector(10, bodies));
        out.writeBytes(vector(11, data));
        out.writeBytes(custom.toByteArray());
        out.writeBytes(nameSection());
        return out.toByteArray();
    }

    private byte[] nameSection() {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            entries.add(join(number(imports.size() + i), text(names.get(i))));
        }
        byte[] map = join(number(entries.size()), join(entries.toArray(byte[][]::new)));
        return section(0, join(text("name"), bytes(1), number(map.length), map));
    }

    private static byte[] vector(int id, List<byte[]> items) {
        return items.isEmpty()
                ? new byte[0]
                : section(id, join(number(items.size()), join(items.toArray(byte[][]::new))));
    }

    static byte[] section(int id, byte[] content) {
        return join(bytes(id), number(content.length), content);
    }

    static byte[] text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return join(number(utf8.length), utf8);
    }

    static byte[] number(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        while (Integer.compareUnsigned(rest, 0x7f) > 0) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
