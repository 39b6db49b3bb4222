package dev.cordon.meter;

import java.util.Arrays;

/**
 * Lets a block pay in advance for what follows it whichever way control goes, so that less is paid
 * where it goes different ways.
 *
 * <p>All blocks that one block may lead to are worth the same advance: it was paid before the way
 * was chosen. A block that was entered with an advance pays so much less, and in turn pays the
 * advance on what it leads to. Over a whole execution the advances cancel out, so every total stays
 * the same, as long as the function's entry and its ends have none. Heads of loops have none
 * either, because that is where the tank is looked at.
 */
final class Prepayment {
    /** An advance may depend on another; few do so over more steps than this. */
    private static final int PASSES = 4;

    private final FlowGraph graph;
    private final int[][] successors;
    private final int[] costs;
    private final int[] family;
    private final int[] advance;
    private final boolean[] none;

    private Prepayment(FlowGraph graph, int[][] successors, int[] costs) {
        this.graph = graph;
        this.successors = successors;
        this.costs = costs;
        int blocks = graph.blocks();
        this.family = new int[blocks];
        for (int b = 0; b < blocks; b++) {
            family[b] = b;
        }
        this.advance = new int[blocks];
        this.none = new boolean[blocks];
    }

    /** Changes {@code costs}, one entry per block, in place. */
    static void merge(FlowGraph graph, int[] costs, boolean[] canPay) {
        int[][] successors = graph.successors();
        if (successors == null) {
            return;
        }
        Prepayment prepayment = new Prepayment(graph, successors, costs);
        prepayment.findFamilies(canPay);
        for (int pass = 0; pass < PASSES; pass++) {
            prepayment.raise();
        }
        prepayment.settle();
    }

    /** Joins what must be worth the same, and marks what must be worth nothing. */
    private void findFamilies(boolean[] canPay) {
        boolean[] reached = new boolean[successors.length];
        for (int b = 0; b < successors.length; b++) {
            for (int successor : successors[b]) {
                join(successors[b][0], successor);
                reached[successor] = true;
            }
            if (!canPay[b] && successors[b].length > 0) {
                join(b, successors[b][0]); // what it was given it must pass on
            }
        }
        for (int b = 0; b < successors.length; b++) {
            boolean passesOnNothing = !canPay[b] && graph.leavesFunction(b);
            if (b == 0 || !reached[b] || graph.isLoopHead(b) || passesOnNothing) {
                none[find(b)] = true;
            }
            if (graph.leavesFunction(b) && successors[b].length > 0) {
                none[find(successors[b][0])] = true;
            }
        }
    }

    /** Sets each family's advance to the least that any of its blocks has to pay. */
    private void raise() {
        int[] least = new int[successors.length];
        Arrays.fill(least, Integer.MAX_VALUE);
        int[] members = new int[successors.length];
        for (int b = 0; b < successors.length; b++) {
            members[find(b)]++;
        }
        for (int b = successors.length - 1; b >= 0; b--) {
            int root = find(b);
            least[root] = Math.min(least[root], costs[b] + onward(b));
            if (--members[root] == 0 && !none[root]) {
                advance[root] = least[root];
            }
        }
    }

    /** The advance that a block pays on what it leads to. */
    private int onward(int block) {
        return successors[block].length == 0 ? 0 : advance[find(successors[block][0])];
    }

    private void settle() {
        int[] next = new int[costs.length];
        for (int b = 0; b < costs.length; b++) {
            next[b] = costs[b] - advance[find(b)] + onward(b);
        }
        System.arraycopy(next, 0, costs, 0, next.length);
    }

    private void join(int a, int b) {
        family[find(a)] = find(b);
    }

    private int find(int block) {
        int root = block;
        while (family[root] != root) {
            family[root] = family[family[root]];
            root = family[root];
        }
        return root;
    }
}
