package dev.cordon.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KernelsTest {
    static Set<String> kernels() {
        return KernelBenchmark.SIZES.keySet();
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void everyEngineComputesTheSame(String kernel) {
        int size = kernel.equals("calls") ? 20 : KernelBenchmark.SIZES.get(kernel) / 10;
        int expected = KernelBenchmark.code("java", kernel).applyAsInt(size);

        for (String engine : new String[] {"chicory", "metered", "unmetered"}) {
            assertThat(KernelBenchmark.code(engine, kernel).applyAsInt(size))
                    .as(engine)
                    .isEqualTo(expected);
        }
    }

    @Test
    void generatedModulesAreValidAndOfTheSizeAskedFor() {
        byte[] module = GeneratedModule.ofCode(64 << 10);

        assertThat(module.length).isBetween(60 << 10, 80 << 10);
        assertThat(Modules.start(Modules.compile(module, true)).hasExport("run")).isTrue();
    }
}
