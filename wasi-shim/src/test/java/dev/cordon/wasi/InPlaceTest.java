package dev.cordon.wasi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Files are read and written in the array that is the memory; an embedder never gets to see it. */
class InPlaceTest {
    private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 3, 1, 0, 4};
    private static final int SIZE = 4 << 16;
    private static final int LARGE = 100_000;
    private static final int BUFFER = 1 << 16;

    private final byte[] array = new byte[SIZE + 512];
    private final ByteBuffer bytes = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
    private int handedOut;
    private final Instance instance =
            Instance.builder(Parser.parse(MODULE))
                    .withMemoryFactory(limits -> memory())
                    .withInitialize(false)
                    .build();

    /** A memory that can do no more than these functions need, so that each use of it is known. */
    private Memory memory() {
        return (Memory)
                Proxy.newProxyInstance(
                        BulkMemory.class.getClassLoader(),
                        new Class<?>[] {Memory.class, BulkMemory.class},
                        (proxy, method, arguments) -> answer(method, arguments));
    }

    private Object answer(Method method, Object[] arguments) {
        switch (method.getName()) {
            case "pages":
                return SIZE >>> 16;
            case "array":
                handedOut++;
                return array;
            case "readInt":
                return bytes.getInt((int) arguments[0]);
            case "writeI32":
                return bytes.putInt((int) arguments[0], (int) arguments[1]);
            case "readInto":
                return bytes.get(
                        (int) arguments[0],
                        (byte[]) arguments[1],
                        (int) arguments[2],
                        (int) arguments[3]);
            case "write":
                return bytes.put(
                        (int) arguments[0],
                        (byte[]) arguments[1],
                        (int) arguments[2],
                        (int) arguments[3]);
            default:
                throw new UnsupportedOperationException(method.toString());
        }
    }

    private Errno call(Wasi wasi, String name, long... arguments) {
        return wasi.hostFunctions().stream()
                .filter(function -> function.name().equals(name))
                .map(function -> (int) function.handle().apply(instance, arguments)[0])
                .map(errno -> Errno.values()[errno])
                .findFirst()
                .orElseThrow();
    }

    private void vectors(int... pairs) {
        for (int i = 0; i < pairs.length; i++) {
            bytes.putInt(4 * i, pairs[i]);
        }
    }

    private Wasi start(MemoryDirectory files, StringBuilder out) throws IOException {
        return WasiPreview1.start(
                WasiConfig.empty()
                        .withStdout((b, at, n) -> out.append(new String(b, at, n, ISO_8859_1)))
                        .withPreopens(List.of(Preopen.of(files).name("/").writable().open())));
    }

    private static byte[] pattern(int length) {
        byte[] pattern = new byte[length];
        for (int i = 0; i < length; i++) {
            pattern[i] = (byte) (i * 31 + i / 251);
        }
        return pattern;
    }

    @Test
    void longAndShortPiecesOfAFileComeInOrder() throws IOException {
        MemoryDirectory files = MemoryDirectory.create(1 << 20, 10);
        byte[] content = pattern(LARGE + 10);
        files.write("large", content);
        Wasi wasi = start(files, new StringBuilder());
        bytes.put(64, "large".getBytes(ISO_8859_1));
        assertThat(call(wasi, "path_open", 3, 0, 64, 5, 0, 2, 0, 0, 32)).isEqualTo(Errno.SUCCESS);
        vectors(128, 7, 0, 0, BUFFER, LARGE, 200, 50);

        assertThat(call(wasi, "fd_read", bytes.getInt(32), 0, 4, 40)).isEqualTo(Errno.SUCCESS);

        assertThat(bytes.getInt(40)).isEqualTo(LARGE + 10);
        assertThat(array).startsWith(new byte[] {(byte) 128});
        byte[] read = new byte[LARGE + 10];
        bytes.get(128, read, 0, 7).get(BUFFER, read, 7, LARGE).get(200, read, LARGE + 7, 3);
        assertThat(read).isEqualTo(content);
        assertThat(handedOut).isPositive();
    }

    @Test
    void longAndShortPiecesGoToAFileInOrder() throws IOException {
        MemoryDirectory files = MemoryDirectory.create(1 << 20, 10);
        files.write("large", new byte[0]);
        Wasi wasi = start(files, new StringBuilder());
        bytes.put(64, "large".getBytes(ISO_8859_1));
        assertThat(call(wasi, "path_open", 3, 0, 64, 5, 0, 64, 0, 0, 32)).isEqualTo(Errno.SUCCESS);
        byte[] content = pattern(LARGE + 9);
        bytes.put(128, content, 0, 7)
                .put(BUFFER, content, 7, LARGE)
                .put(200, content, LARGE + 7, 2);
        vectors(128, 7, BUFFER, LARGE, 200, 2);

        assertThat(call(wasi, "fd_write", bytes.getInt(32), 0, 3, 40)).isEqualTo(Errno.SUCCESS);

        assertThat(bytes.getInt(40)).isEqualTo(LARGE + 9);
        assertThat(files.read("large")).isEqualTo(content);
    }

    @Test
    void anEmbeddersStreamGetsACopy() throws IOException {
        StringBuilder out = new StringBuilder();
        Wasi wasi = start(MemoryDirectory.create(0, 0), out);
        byte[] content = pattern(LARGE);
        bytes.put(BUFFER, content);
        vectors(BUFFER, LARGE);

        assertThat(call(wasi, "fd_write", 1, 0, 1, 40)).isEqualTo(Errno.SUCCESS);

        assertThat(out.toString().getBytes(ISO_8859_1)).isEqualTo(content);
        assertThat(handedOut).isZero();
    }
}
