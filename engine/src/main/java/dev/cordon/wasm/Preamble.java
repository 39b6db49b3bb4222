package dev.cordon.wasm;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.MalformedBundleException;
import java.nio.charset.StandardCharsets;

/** Checks the first eight bytes, and says what a file that is no module looks like. */
final class Preamble {
    static final int SIZE = 8;

    private static final int MAGIC = 0x0061736d;
    private static final int MODULE = 0x01000000;
    private static final int COMPONENT = 0x0d000100;
    private static final String BUILD = "build the plugin as a WebAssembly core module";

    private Preamble() {}

    static void check(String plugin, byte[] bytes) {
        if (bytes.length < SIZE || word(bytes, 0) != MAGIC) {
            throw new MalformedBundleException(
                    ErrorCode.MALFORMED_MODULE,
                    plugin,
                    "the file is no WebAssembly module: " + looks(bytes),
                    BUILD);
        }
        int version = word(bytes, 4);
        if (version == COMPONENT) {
            throw new MalformedBundleException(
                    ErrorCode.COMPONENT,
                    plugin,
                    "the file is a WebAssembly component",
                    "build it as a core module (for example with the wasm32-wasip1 target)");
        }
        if (version != MODULE) {
            throw new MalformedBundleException(
                    ErrorCode.MALFORMED_MODULE,
                    plugin,
                    "the file is WebAssembly of the unknown version 0x%08x"
                            .formatted(Integer.reverseBytes(version)),
                    BUILD);
        }
    }

    private static String looks(byte[] bytes) {
        if (bytes.length == 0) {
            return "it is empty";
        }
        int start = word(bytes, 0);
        if (start == MAGIC) {
            return "it ends after " + bytes.length + " bytes";
        }
        if (start == 0x7f454c46) {
            return "it looks like a native program (ELF)";
        }
        if (start >>> 16 == 0x4d5a) {
            return "it looks like a Windows program";
        }
        if (start >>> 16 == 0x1f8b) {
            return "it looks compressed (gzip)";
        }
        if (start == 0x504b0304) {
            return "it looks like a zip or jar archive";
        }
        if (start == 0xcafebabe) {
            return "it looks like a Java class";
        }
        return text(bytes);
    }

    private static String text(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(bytes.length, 40), StandardCharsets.UTF_8);
        if (head.stripLeading().startsWith("(module")
                || head.stripLeading().startsWith("(;")
                || head.stripLeading().startsWith(";;")) {
            return "it looks like WebAssembly text, which `wat2wasm` turns into a module";
        }
        return "it starts with `" + GuestText.printable(head, 16) + "`";
    }

    /** Four bytes, the first one highest; missing ones are zero. */
    private static int word(byte[] bytes, int offset) {
        int word = 0;
        for (int i = offset; i < offset + 4; i++) {
            word = word << 8 | (i < bytes.length ? bytes[i] & 0xff : 0);
        }
        return word;
    }
}
