package dev.cordon.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.samples.SamplePlugins;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleVisitorTest {
    /** Writes down what it hears. */
    private static final class Log implements ModuleVisitor {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void function(int function, int offset, int size) {
            lines.add("function " + function + " " + offset + " " + size);
        }

        @Override
        public void instruction(int opcode, int offset, int end) {
            lines.add(Integer.toHexString(opcode) + " " + offset + " " + end);
        }

        @Override
        public void elements(int table, int expression, int count) {
            lines.add("elements " + table + " " + expression + " " + count);
        }

        @Override
        public void data(int expression, int offset, int size) {
            lines.add("data " + expression + " " + offset + " " + size);
        }
    }

    private static List<String> heard(byte[] module) {
        Log log = new Log();
        ModuleReader.read("p", module, log);
        return log.lines;
    }

    @Test
    void everyInstructionIsHeardWithItsBytes() {
        byte[] module = ModuleBytes.function(0x41, 0x80, 0x01, 0x1a, 0x01);
        int code = module.length - 6;
        assertThat(heard(module))
                .containsExactly(
                        "function 0 " + (code - 1) + " 7",
                        "41 " + code + " " + (code + 3),
                        "1a " + (code + 3) + " " + (code + 4),
                        "1 " + (code + 4) + " " + (code + 5),
                        "b " + (code + 5) + " " + (code + 6));
    }

    @Test
    void segmentsAreHeard() {
        byte[] module =
                ModuleBytes.withFunction(
                        ModuleBytes.module().section(ModuleBytes.TYPE, 1, 0x60, 0, 0));
        assertThat(heard(module)).noneMatch(it -> it.startsWith("data"));
        List<String> all = heard(SamplePlugins.bytes("data-out-of-bounds"));
        assertThat(all.get(all.size() - 1)).isEqualTo("data 55 61 10");
    }

    @Test
    void asManyAreHeardAsTheOutlineCounts() {
        for (String sample :
                List.of("word-count", "huge-function", "exceptions", "br-table-bomb")) {
            byte[] module = SamplePlugins.bytes(sample);
            int heard =
                    (int)
                            heard(module).stream()
                                    .filter(it -> !it.matches("(function|elements|data) .*"))
                                    .count();
            assertThat(heard)
                    .as(sample)
                    .isEqualTo(ModuleReader.read("p", module).bodies().totalInstructions());
        }
    }
}
