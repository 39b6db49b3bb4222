package dev.cordon.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BulkMemoryTest {
    private static final byte[] MODULE = {0, 'a', 's', 'm', 1, 0, 0, 0, 5, 3, 1, 0, 1};

    private final List<String> reads = new ArrayList<>();

    private Memory watched(MemoryLimits limits) {
        Memory memory = new ByteArrayMemory(limits);
        return (Memory)
                Proxy.newProxyInstance(
                        BulkMemory.class.getClassLoader(),
                        new Class<?>[] {Memory.class, BulkMemory.class},
                        (proxy, method, arguments) -> {
                            if (!method.getName().equals("readInto")) {
                                return method.invoke(memory, arguments);
                            }
                            int address = (int) arguments[0];
                            int length = (int) arguments[3];
                            reads.add(address + "+" + length);
                            byte[] bytes = memory.readBytes(address, length);
                            System.arraycopy(bytes, 0, arguments[1], (int) arguments[2], length);
                            return null;
                        });
    }

    @Test
    void memoryThatCopiesInBulkIsAskedTo() {
        Instance instance =
                Instance.builder(Parser.parse(MODULE)).withMemoryFactory(this::watched).build();
        instance.memory().writeString(100, "abc");
        instance.memory().writeI32(0, 100);
        instance.memory().writeI32(4, 3);
        StringBuilder out = new StringBuilder();
        Wasi wasi =
                WasiPreview1.start(
                        WasiConfig.empty()
                                .withStdout((b, at, n) -> out.append(new String(b, at, n))));
        wasi.hostFunctions().stream()
                .filter(function -> function.name().equals("fd_write"))
                .forEach(function -> function.handle().apply(instance, 1, 0, 1, 16));
        assertThat(out).hasToString("abc");
        assertThat(reads).containsExactly("100+3");
    }
}
