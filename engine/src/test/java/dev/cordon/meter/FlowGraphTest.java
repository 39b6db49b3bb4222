package dev.cordon.meter;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Basic blocks and the ways between them; a branch out of a block leads to its end. */
class FlowGraphTest {
    private static List<AnnotatedInstruction> code(String body) {
        ModuleBuilder module = new ModuleBuilder();
        module.tag("");
        module.function("i", "", "", body);
        return module.valid().wasmModule().codeSection().getFunctionBody(0).instructions();
    }

    /** Each block as its first instruction, with {@code *} for the head of a loop and ways out. */
    private static String graph(String body) {
        FlowGraph graph = new FlowGraph(code(body));
        int[][] successors = graph.successors();
        StringBuilder text = new StringBuilder();
        for (int b = 0; b < graph.blocks(); b++) {
            text.append(b == 0 ? "" : " ").append(graph.start(b));
            text.append(graph.isLoopHead(b) ? "*" : "").append('>');
            for (int i = 0; i < successors[b].length; i++) {
                text.append(i == 0 ? "" : "+").append(graph.start(successors[b][i]));
            }
            text.append(graph.leavesFunction(b) ? "." : "");
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "nop nop, 0>.",
        "block - nop end nop, 0>.",
        "local.get 0 if - nop end nop, 0>2+3 2>3 3>.",
        "block - local.get 0 br_if 0 nop end nop, 0>3+4 3>4 4>.",
        "local.get 0 if - return end nop, 0>2+3 2>. 3>.",
        "loop - end nop, 0>.",
        "loop - local.get 0 br_if 0 end nop, 0>1 1*>1+3 3>.",
        "loop - br 0 end, 0>1 1*>1 2>.",
        "unreachable nop, 0>. 1>.",
        "throw 0, 0>. 1>."
    })
    void blocksAndWays(String body, String expected) {
        assertThat(graph(body)).isEqualTo(expected);
    }

    @Test
    void armsMeetAgain() {
        assertThat(graph("local.get 0 if - nop else nop nop end nop"))
                .isEqualTo("0>2+4 2>6 4>6 6>.");
    }

    @Test
    void branchTableLeadsToEachTargetOnce() {
        String body = "block - block - local.get 0 br_table [ 0 1 0 1 ] 0 end nop end nop";

        assertThat(graph(body)).isEqualTo("0>4+6 4>6 6>.");
    }

    @Test
    void everythingInsideHandlersMayReachThem() {
        String body = "block - try_table - [ catch_all 0 ] nop local.get 0 br_if 0 nop end end nop";

        assertThat(graph(body)).isEqualTo("0>2+7 2>5+6+7 5>6+7 6>7 7>.");
    }
}
