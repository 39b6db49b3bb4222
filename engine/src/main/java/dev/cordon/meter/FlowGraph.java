package dev.cordon.meter;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.CatchOpCode;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The basic blocks of one function, in the order of its instructions.
 *
 * <p>WebAssembly's control flow is structured, so the graph is reducible and an edge to an earlier
 * block, or to the same one, always goes to the head of a loop.
 */
final class FlowGraph {
    /** Beyond it a function is planned block by block, so that planning stays linear. */
    private static final int MAX_EDGES = 400_000;

    private final List<AnnotatedInstruction> code;
    private final int[] starts;
    private final int[] blockOf;
    private final boolean[] heads;
    private int @Nullable [][] successors;

    FlowGraph(List<AnnotatedInstruction> code) {
        this.code = code;
        BitSet leaders = leaders();
        this.starts = leaders.stream().toArray();
        this.blockOf = new int[code.size()];
        for (int b = 0; b < starts.length; b++) {
            Arrays.fill(blockOf, starts[b], end(b), b);
        }
        this.heads = new boolean[starts.length];
        markHeads();
    }

    int blocks() {
        return starts.length;
    }

    int start(int block) {
        return starts[block];
    }

    int end(int block) {
        return block + 1 < starts.length ? starts[block + 1] : code.size();
    }

    boolean isLoopHead(int block) {
        return heads[block];
    }

    /** Whether control may leave the function at the end of a block. */
    boolean leavesFunction(int block) {
        return end(block) == code.size() || leaves(code.get(end(block) - 1).opcode());
    }

    private BitSet leaders() {
        BitSet leaders = new BitSet(code.size());
        leaders.set(0);
        for (int i = 0; i < code.size(); i++) {
            AnnotatedInstruction instruction = code.get(i);
            for (int target : targets(instruction)) {
                leaders.set(target);
            }
            if (endsBlock(instruction) && i + 1 < code.size()) {
                leaders.set(i + 1);
            }
        }
        return leaders;
    }

    private void markHeads() {
        for (int i = 0; i < code.size(); i++) {
            for (int target : targets(code.get(i))) {
                if (target <= i) {
                    heads[blockOf[target]] = true;
                }
            }
        }
    }

    static boolean endsBlock(AnnotatedInstruction instruction) {
        switch (instruction.opcode()) {
            case BR:
            case BR_IF:
            case BR_TABLE:
            case IF:
            case ELSE:
            case TRY_TABLE:
                return true;
            case END:
                return instruction.scope().opcode() == OpCode.TRY_TABLE;
            default:
                return leaves(instruction.opcode());
        }
    }

    private static boolean leaves(OpCode op) {
        switch (op) {
            case RETURN:
            case UNREACHABLE:
            case THROW:
            case THROW_REF:
            case RETURN_CALL:
            case RETURN_CALL_INDIRECT:
                return true;
            default:
                return false;
        }
    }

    private static int[] targets(AnnotatedInstruction instruction) {
        switch (instruction.opcode()) {
            case BR:
            case ELSE:
                return new int[] {instruction.labelTrue()};
            case BR_IF:
            case IF:
                return new int[] {instruction.labelTrue(), instruction.labelFalse()};
            case BR_TABLE:
                return instruction.labelTable().stream().mapToInt(t -> t).distinct().toArray();
            case TRY_TABLE:
                return instruction.catches().stream()
                        .mapToInt(CatchOpCode.Catch::resolvedLabel)
                        .toArray();
            default:
                return NONE;
        }
    }

    private static final int[] NONE = new int[0];

    /** Successors by block, or null when there are too many edges to look at. */
    int @Nullable [][] successors() {
        if (successors == null) {
            successors = findSuccessors();
        }
        return successors;
    }

    private int @Nullable [][] findSuccessors() {
        int[][] found = new int[blocks()][];
        int edges = 0;
        Deque<Boolean> scopes = new ArrayDeque<>();
        List<Integer> handlers = new ArrayList<>();
        Deque<Integer> handlerCounts = new ArrayDeque<>();
        for (int b = 0; b < blocks(); b++) {
            for (int i = start(b); i < end(b); i++) {
                AnnotatedInstruction instruction = code.get(i);
                switch (instruction.opcode()) {
                    case BLOCK:
                    case LOOP:
                    case IF:
                        scopes.push(false);
                        break;
                    case TRY_TABLE:
                        scopes.push(true);
                        handlerCounts.push(handlers.size());
                        for (int target : targets(instruction)) {
                            handlers.add(blockOf[target]);
                        }
                        break;
                    case END:
                        if (!scopes.isEmpty() && scopes.pop()) {
                            handlers.subList(handlerCounts.pop(), handlers.size()).clear();
                        }
                        break;
                    default:
                        break;
                }
            }
            found[b] = successorsOf(b, handlers);
            edges += found[b].length;
            if (edges > MAX_EDGES || (long) handlers.size() * blocks() > 10L * MAX_EDGES) {
                return null;
            }
        }
        return found;
    }

    private int[] successorsOf(int block, List<Integer> handlers) {
        AnnotatedInstruction last = code.get(end(block) - 1);
        int[] jumps = targets(last);
        boolean falls =
                !leaves(last.opcode())
                        && (jumps.length == 0 || last.opcode() == OpCode.TRY_TABLE)
                        && block + 1 < blocks();
        BitSet next = new BitSet();
        for (int target : jumps) {
            next.set(blockOf[target]);
        }
        if (falls) {
            next.set(block + 1);
        }
        for (int handler : handlers) {
            next.set(handler);
        }
        return next.stream().toArray();
    }
}
