package dev.cordon.meter;

import java.util.Arrays;

/**
 * Moves the cost of a block to an earlier one that is executed exactly as often, so that fewer
 * places pay and every total stays the same.
 *
 * <p>Two blocks are executed equally often when the first dominates the second, the second
 * post-dominates the first, and both have the same innermost natural loop.
 */
final class ChargeMerger {
    /** How far up the tree of dominators a cost may climb; it bounds the work per block. */
    private static final int MAX_CLIMB = 48;

    private final int[][] successors;
    private final int blocks;
    private final Dominators dominators;
    private final Dominators postDominators;
    private final int[] loopOf;

    private ChargeMerger(FlowGraph graph, int[][] successors) {
        this.successors = successors;
        this.blocks = graph.blocks();
        this.dominators = Dominators.of(0, successors);
        this.postDominators = Dominators.of(blocks, backwards(graph));
        this.loopOf = dominators.settled() ? naturalLoops(graph) : new int[0];
    }

    /** Changes {@code costs}, one entry per block, in place; leaves them where nothing is known. */
    static void merge(FlowGraph graph, int[] costs, boolean[] canPay) {
        int[][] successors = graph.successors();
        if (successors == null) {
            return;
        }
        ChargeMerger merger = new ChargeMerger(graph, successors);
        if (merger.dominators.settled() && merger.postDominators.settled()) {
            merger.climb(costs, canPay);
        }
    }

    private void climb(int[] costs, boolean[] canPay) {
        for (int b = 1; b < blocks; b++) {
            if (costs[b] == 0 || dominators.of(b) < 0 || postDominators.of(b) < 0) {
                continue;
            }
            int best = -1;
            int up = b;
            for (int step = 0; step < MAX_CLIMB && up != dominators.of(up); step++) {
                up = dominators.of(up);
                if (canPay[up] && loopOf[up] == loopOf[b] && postDominates(b, up)) {
                    best = up;
                }
            }
            if (best >= 0) {
                costs[best] += costs[b];
                costs[b] = 0;
            }
        }
    }

    private boolean postDominates(int later, int earlier) {
        int at = earlier;
        for (int step = 0; step < MAX_CLIMB && at >= 0 && at != blocks; step++) {
            if (at == later) {
                return true;
            }
            at = postDominators.of(at);
        }
        return false;
    }

    /** The graph with its edges turned round, and a node behind every way out. */
    private int[][] backwards(FlowGraph graph) {
        int[] rank = new int[blocks + 1];
        for (int b = 0; b < blocks; b++) {
            rank[b] = dominators.of(b) >= 0 ? 0 : -1;
        }
        rank[blocks] = -1;
        int[][] withExit = new int[blocks + 1][];
        for (int b = 0; b < blocks; b++) {
            withExit[b] =
                    graph.leavesFunction(b) || goesBack(b)
                            ? plus(successors[b], blocks)
                            : successors[b];
        }
        withExit[blocks] = new int[0];
        return Dominators.reversed(withExit, rank);
    }

    /**
     * Whether a block leads back to the head of a loop. Such an edge counts as a way out too: else
     * the second of two `continue`s would seem to be reached whenever the first is.
     */
    private boolean goesBack(int block) {
        for (int successor : successors[block]) {
            if (successor <= block) {
                return true;
            }
        }
        return false;
    }

    private static int[] plus(int[] numbers, int another) {
        int[] more = Arrays.copyOf(numbers, numbers.length + 1);
        more[numbers.length] = another;
        return more;
    }

    /**
     * The innermost natural loop of each block, as the number of its head, or -1.
     *
     * <p>Heads are taken from the last to the first, which is inner loops before outer ones; blocks
     * of a finished loop are represented by its head.
     */
    private int[] naturalLoops(FlowGraph graph) {
        int[] loops = new int[blocks];
        Arrays.fill(loops, -1);
        int[] representative = new int[blocks];
        int[] rank = new int[blocks];
        for (int b = 0; b < blocks; b++) {
            representative[b] = b;
            rank[b] = dominators.of(b) >= 0 ? 0 : -1;
        }
        int[][] predecessors = Dominators.reversed(successors, rank);
        int[] pending = new int[blocks];
        for (int head = blocks - 1; head >= 0; head--) {
            if (!graph.isLoopHead(head) || rank[head] < 0) {
                continue;
            }
            int count = 0;
            for (int p : predecessors[head]) {
                if (p >= head) {
                    count = add(find(representative, p), head, representative, pending, count);
                }
            }
            while (count > 0) {
                int block = pending[--count];
                loops[block] = loops[block] < 0 ? head : loops[block];
                for (int p : predecessors[block]) {
                    count = add(find(representative, p), head, representative, pending, count);
                }
            }
            loops[head] = head;
        }
        return loops;
    }

    private static int add(int block, int head, int[] representative, int[] pending, int count) {
        if (block == head) {
            return count;
        }
        representative[block] = head;
        pending[count] = block;
        return count + 1;
    }

    private static int find(int[] representative, int block) {
        int root = block;
        while (representative[root] != root) {
            root = representative[root];
        }
        int at = block;
        while (representative[at] != root) {
            int next = representative[at];
            representative[at] = root;
            at = next;
        }
        return root;
    }
}
