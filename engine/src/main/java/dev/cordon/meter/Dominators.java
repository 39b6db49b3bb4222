package dev.cordon.meter;

import java.util.Arrays;

/**
 * Immediate dominators by the iterative algorithm of Cooper, Harvey and Kennedy, "A Simple, Fast
 * Dominance Algorithm" (2001); on reducible graphs it settles in two or three passes.
 */
final class Dominators {
    /** Passes after which a graph counts as too irregular to bother. */
    private static final int MAX_PASSES = 16;

    /** Steps up the tree after which a graph counts as too deep to bother. */
    private static final int MAX_STEPS = 20_000_000;

    private final int[] immediate;
    private final boolean settled;

    private Dominators(int[] immediate, boolean settled) {
        this.immediate = immediate;
        this.settled = settled;
    }

    /** Whether the result is final; if not, nothing may be concluded from it. */
    boolean settled() {
        return settled;
    }

    /** The immediate dominator; the root's is itself, and -1 where the root does not lead. */
    int of(int node) {
        return immediate[node];
    }

    static Dominators of(int root, int[][] successors) {
        int n = successors.length;
        int[] postorder = postorder(root, successors);
        int[] rank = new int[n];
        Arrays.fill(rank, -1);
        for (int i = 0; i < postorder.length; i++) {
            rank[postorder[i]] = i;
        }
        int[][] predecessors = reversed(successors, rank);
        int[] immediate = new int[n];
        Arrays.fill(immediate, -1);
        immediate[root] = root;
        int[] steps = {MAX_STEPS};
        for (int pass = 0; pass < MAX_PASSES; pass++) {
            boolean changed = false;
            for (int i = postorder.length - 2; i >= 0; i--) {
                int node = postorder[i];
                int best = -1;
                for (int p : predecessors[node]) {
                    if (immediate[p] >= 0) {
                        best = best < 0 ? p : meet(p, best, immediate, rank, steps);
                    }
                }
                if (steps[0] < 0) {
                    return new Dominators(immediate, false);
                }
                if (immediate[node] != best) {
                    immediate[node] = best;
                    changed = true;
                }
            }
            if (!changed) {
                return new Dominators(immediate, true);
            }
        }
        return new Dominators(immediate, false);
    }

    private static int meet(int a, int b, int[] immediate, int[] rank, int[] steps) {
        int x = a;
        int y = b;
        while (x != y) {
            if (rank[x] < rank[y]) {
                x = immediate[x];
            } else {
                y = immediate[y];
            }
            steps[0]--;
        }
        return x;
    }

    private static int[] postorder(int root, int[][] successors) {
        int n = successors.length;
        int[] order = new int[n];
        int[] stack = new int[n];
        int[] next = new int[n];
        boolean[] seen = new boolean[n];
        int count = 0;
        int top = 0;
        stack[top++] = root;
        seen[root] = true;
        while (top > 0) {
            int node = stack[top - 1];
            if (next[node] < successors[node].length) {
                int to = successors[node][next[node]++];
                if (!seen[to]) {
                    seen[to] = true;
                    stack[top++] = to;
                }
            } else {
                order[count++] = node;
                top--;
            }
        }
        return Arrays.copyOf(order, count);
    }

    /** Predecessors of each node among the nodes that have a rank. */
    static int[][] reversed(int[][] successors, int[] rank) {
        int n = successors.length;
        int[] counts = new int[n];
        for (int from = 0; from < n; from++) {
            if (rank[from] >= 0) {
                for (int to : successors[from]) {
                    counts[to]++;
                }
            }
        }
        int[][] result = new int[n][];
        for (int i = 0; i < n; i++) {
            result[i] = new int[counts[i]];
        }
        for (int from = 0; from < n; from++) {
            if (rank[from] >= 0) {
                for (int to : successors[from]) {
                    result[to][--counts[to]] = from;
                }
            }
        }
        return result;
    }
}
