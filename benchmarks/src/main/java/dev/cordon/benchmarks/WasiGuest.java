package dev.cordon.benchmarks;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import dev.cordon.runtime.CompiledModule;
import dev.cordon.wasi.MemoryDirectory;
import dev.cordon.wasi.Preopen;
import dev.cordon.wasi.Wasi;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.WasiPreview1;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.limit.Limits;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A guest that is nothing but memory, and whose calls of WASI's functions a benchmark makes itself:
 * the same calls, whoever implements them.
 */
final class WasiGuest implements FileCalls {
    /** Descriptor of the only preopen. */
    private static final int ROOT = 3;

    private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 3, 1, 0, 4};
    private static final int VECTOR = 0;
    private static final int RESULT = 16;
    private static final int PATH = 64;
    private static final int BUFFER = 1 << 16;
    private static final long RIGHTS = (1L << 1) | (1L << 2) | (1L << 6);
    private static final int DIRECTORY = 2;
    private static final long LISTING = (1L << 14) | (1L << 1);

    /** Each implementation works on the memory that its own runtime has. */
    @FunctionalInterface
    private interface MemoryFactory {
        Memory of(MemoryLimits limits);
    }

    private final Instance instance;
    private final Map<String, HostFunction> functions = new HashMap<>();
    private final List<Closeable> toClose;
    private int large;

    private WasiGuest(
            MemoryFactory memory, Iterable<HostFunction> functions, Closeable... toClose) {
        this.instance =
                Instance.builder(Parser.parse(MODULE))
                        .withMemoryFactory(memory::of)
                        .withInitialize(false)
                        .build();
        functions.forEach(function -> this.functions.put(function.name(), function));
        this.toClose = List.of(toClose);
    }

    /** A guest of {@code chicory}, of {@code cordon}, or of Cordon's file system in memory. */
    static WasiGuest of(String implementation, Path directory) throws IOException {
        return switch (implementation) {
            case "chicory" -> {
                WasiOptions options = WasiOptions.builder().withDirectory("/", directory).build();
                var wasi =
                        com.dylibso.chicory.wasi.WasiPreview1.builder()
                                .withOptions(options)
                                .build();
                yield new WasiGuest(ByteArrayMemory::new, List.of(wasi.toHostFunctions()), wasi);
            }
            case "cordon" -> cordon(Preopen.of(directory));
            default -> {
                MemoryDirectory memory = MemoryDirectory.create(1L << 30, 1 << 20);
                memory.copyIn(directory);
                yield cordon(Preopen.of(memory));
            }
        };
    }

    private static WasiGuest cordon(Preopen.Builder builder) throws IOException {
        Preopen preopen = builder.name("/").writable().open();
        Limits most = Limits.defaults().withStoredBytes(Long.MAX_VALUE);
        WasiConfig config =
                WasiConfig.empty().withPreopens(List.of(preopen)).withLedger(Ledger.of(most));
        Wasi wasi = WasiPreview1.start(config);
        CompiledModule module = Modules.compile(MODULE, true);
        return new WasiGuest(
                limits -> Modules.start(module).memory(),
                wasi.hostFunctions(),
                wasi::close,
                preopen);
    }

    private Memory memory() {
        return instance.memory();
    }

    private int call(String name, long... arguments) {
        @Nullable HostFunction function = functions.get(name);
        if (function == null) {
            throw new IllegalArgumentException(name);
        }
        return (int) function.handle().apply(instance, arguments)[0];
    }

    private void must(String name, long... arguments) {
        int errno = call(name, arguments);
        if (errno != 0) {
            throw new IllegalStateException(name + " answered " + errno);
        }
    }

    @Override
    public void openLarge(String name) {
        large = open(name, 0, RIGHTS);
    }

    @Override
    public long readLarge(int blocks) {
        rewind();
        long total = 0;
        for (int i = 0; i < blocks; i++) {
            total += transfer("fd_read", BLOCK);
        }
        return total;
    }

    @Override
    public long writeLarge(int times, int bytes) {
        rewind();
        long total = 0;
        for (int i = 0; i < times; i++) {
            total += transfer("fd_write", bytes);
        }
        return total;
    }

    @Override
    public void openAndClose(String path) {
        must("fd_close", open(path, 0, RIGHTS));
    }

    @Override
    public long list(String path) {
        int descriptor = open(path, DIRECTORY, LISTING);
        long total = list(descriptor);
        must("fd_close", descriptor);
        return total;
    }

    private int open(String path, int how, long rights) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        memory().write(PATH, bytes);
        must("path_open", ROOT, 0, PATH, bytes.length, how, rights, rights, 0, RESULT);
        return memory().readInt(RESULT);
    }

    private void rewind() {
        must("fd_seek", large, 0, 0, RESULT);
    }

    private int transfer(String function, int bytes) {
        memory().writeI32(VECTOR, BUFFER);
        memory().writeI32(VECTOR + 4, bytes);
        must(function, large, VECTOR, 1, RESULT);
        return memory().readInt(RESULT);
    }

    /** Counts the bytes of a directory's listing, 4 KiB at a time. */
    private long list(int descriptor) {
        int size = 4096;
        long cookie = 0;
        long total = 0;
        while (true) {
            must("fd_readdir", descriptor, BUFFER, size, cookie, RESULT);
            int used = memory().readInt(RESULT);
            total += used;
            int at = 0;
            while (used - at >= 24) {
                int end = at + 24 + memory().readInt(BUFFER + at + 16);
                if (end > used) {
                    break;
                }
                cookie = memory().readLong(BUFFER + at);
                at = end;
            }
            if (used < size) {
                return total;
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Closeable each : toClose) {
            each.close();
        }
    }
}
