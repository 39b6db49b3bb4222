package dev.cordon.meter;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.cordon.wasm.ValidModule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;

/**
 * Plans where the functions of a module pay.
 *
 * <p>Each basic block is paid for once, before its first instruction. The tank is looked at on
 * entering a function that calls others and at the head of every loop; between two looks a guest
 * can overspend by less than one function's straight-line code, and never unnoticed.
 */
public final class FuelPlanner {
    /** A function without calls or loops that costs no more than this is not worth a look. */
    private static final int CHEAP_LEAF = 64;

    /** Beyond it a function looks into the tank at every payment, so that no sum overflows. */
    private static final long UNCHECKED_TOTAL = 1L << 29;

    /**
     * What a function may spend unseen, counting {@link #CHEAP_LEAF} for each call. Times the
     * greatest depth of calls, 65,536, it stays far below what an {@code int} holds.
     */
    private static final long UNSEEN_TOTAL = 1L << 13;

    private static final FunctionPlan FREE =
            new FunctionPlan(new int[0], new int[0], new boolean[0], 0, false);

    private FuelPlanner() {}

    /**
     * Plans every function.
     *
     * @param module a module that was validated as signed
     * @return the module with its plans
     */
    public static MeteredModule meter(ValidModule module) {
        return plan(module, true);
    }

    /**
     * Plans nothing to pay, to measure what paying costs; never for a guest that is not trusted.
     *
     * @param module a module that was validated as signed
     * @return the module with plans of nothing
     */
    public static MeteredModule unmetered(ValidModule module) {
        return plan(module, false);
    }

    private static MeteredModule plan(ValidModule module, boolean metered) {
        WasmModule wasm = module.wasmModule();
        List<FunctionPlan> plans = new ArrayList<>(wasm.codeSection().functionBodyCount());
        for (int i = 0; i < wasm.codeSection().functionBodyCount(); i++) {
            FunctionBody body = wasm.codeSection().getFunctionBody(i);
            int parameters =
                    wasm.functionSection().getFunctionType(i, wasm.typeSection()).params().size();
            plans.add(metered ? plan(body, parameters) : FREE);
        }
        return new MeteredModule(module, List.copyOf(plans), metered);
    }

    static FunctionPlan plan(FunctionBody body, int parameters) {
        List<AnnotatedInstruction> code = body.instructions();
        FlowGraph graph = new FlowGraph(code);
        int[] costs = new int[graph.blocks()];
        int[] places = new int[graph.blocks()];
        boolean[] canPay = new boolean[graph.blocks()];
        int calls = 0;
        for (int b = 0; b < graph.blocks(); b++) {
            places[b] = -1;
            for (int i = graph.start(b); i < graph.end(b); i++) {
                OpCode op = code.get(i).opcode();
                costs[b] += CostTable.of(op);
                calls += isCall(op) ? 1 : 0;
                if (places[b] < 0 && op != OpCode.END) {
                    places[b] = i;
                }
            }
            canPay[b] = places[b] >= 0;
        }
        places[0] = 0;
        costs[0] += CostTable.entry(body.localTypes().size());
        long total = Arrays.stream(costs).asLongStream().sum();
        boolean everywhere = total > UNCHECKED_TOTAL;
        if (!everywhere) {
            Prepayment.merge(graph, costs, canPay);
            ChargeMerger.merge(graph, costs, canPay);
        }
        boolean atEntry = (calls > 0 || total > CHEAP_LEAF) && spendsUnseen(graph, code, costs);
        int depth = calls > 0 ? 1 + (parameters + body.localTypes().size()) / 16 : 0;
        boolean settles = calls > 0 && total + (long) CHEAP_LEAF * calls > UNSEEN_TOTAL;
        return build(graph, costs, places, everywhere, atEntry, depth, settles);
    }

    /**
     * Whether a function may call another, or spend more than is worth a look, before the first
     * head of a loop that looks into the tank.
     */
    private static boolean spendsUnseen(
            FlowGraph graph, List<AnnotatedInstruction> code, int[] costs) {
        int[][] successors = graph.successors();
        if (successors == null) {
            return true;
        }
        BitSet seen = new BitSet();
        Deque<Integer> pending = new ArrayDeque<>();
        pending.add(0);
        long spent = 0;
        while (!pending.isEmpty()) {
            int block = pending.remove();
            if (seen.get(block) || looks(graph, costs, block)) {
                continue;
            }
            seen.set(block);
            spent += costs[block];
            if (spent > CHEAP_LEAF || calls(graph, code, block)) {
                return true;
            }
            for (int successor : successors[block]) {
                pending.add(successor);
            }
        }
        return false;
    }

    private static boolean calls(FlowGraph graph, List<AnnotatedInstruction> code, int block) {
        for (int i = graph.start(block); i < graph.end(block); i++) {
            if (isCall(code.get(i).opcode())) {
                return true;
            }
        }
        return false;
    }

    /** Whether the tank is looked at when a block is entered, be it the function's first or not. */
    private static boolean looks(FlowGraph graph, int[] costs, int block) {
        return graph.isLoopHead(block) && costs[block] > 0 && !leadsToCheck(graph, costs, block);
    }

    private static FunctionPlan build(
            FlowGraph graph,
            int[] costs,
            int[] places,
            boolean everywhere,
            boolean atEntry,
            int depth,
            boolean settles) {
        int count = (int) Arrays.stream(costs).filter(c -> c > 0).count();
        int[] positions = new int[count];
        int[] units = new int[count];
        boolean[] checks = new boolean[count];
        int at = 0;
        for (int b = 0; b < graph.blocks(); b++) {
            if (costs[b] > 0) {
                positions[at] = places[b];
                units[at] = costs[b];
                checks[at] = everywhere || looks(graph, costs, b) || (b == 0 && atEntry);
                at++;
            }
        }
        return new FunctionPlan(positions, units, checks, depth, settles);
    }

    /** Whether a block leads straight to the head of an inner loop, which looks for both. */
    private static boolean leadsToCheck(FlowGraph graph, int[] costs, int block) {
        int[][] successors = graph.successors();
        return successors != null
                && successors[block].length == 1
                && successors[block][0] == block + 1
                && graph.isLoopHead(block + 1)
                && costs[block + 1] > 0;
    }

    private static boolean isCall(OpCode op) {
        switch (op) {
            case CALL:
            case CALL_INDIRECT:
            case RETURN_CALL:
            case RETURN_CALL_INDIRECT:
                return true;
            default:
                return false;
        }
    }
}
