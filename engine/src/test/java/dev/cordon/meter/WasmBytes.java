package dev.cordon.meter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes in the encodings of the WebAssembly binary format. */
final class WasmBytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    WasmBytes bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    WasmBytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    WasmBytes append(WasmBytes other) {
        return raw(other.toArray());
    }

    WasmBytes unsigned(long value) {
        long rest = value;
        while (Long.compareUnsigned(rest, 0x7f) > 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    WasmBytes signed(long value) {
        long rest = value;
        while (rest < -64 || rest > 63) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>= 7;
        }
        out.write((int) (rest & 0x7f));
        return this;
    }

    WasmBytes littleEndian(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)));
        }
        return this;
    }

    WasmBytes name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return unsigned(utf8.length).raw(utf8);
    }

    int size() {
        return out.size();
    }

    byte[] toArray() {
        return out.toByteArray();
    }
}
