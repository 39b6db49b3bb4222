package dev.cordon.runtime;

import com.dylibso.chicory.runtime.WasmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which {@code try_table} guards which stretch of a function's code. Immutable.
 *
 * <p>At every boundary the innermost block from there on is noted, so that finding it is a binary
 * search however many blocks there are.
 */
final class InterpretedHandlers {
    private final int[] boundaries;
    private final @Nullable Block[] innermost;

    InterpretedHandlers(int[] boundaries, @Nullable Block[] innermost) {
        this.boundaries = boundaries;
        this.innermost = innermost;
    }

    /** The clause that takes an exception thrown by the instruction at {@code pc}, or null. */
    @Nullable Clause find(int pc, WasmException exception) {
        int at = Arrays.binarySearch(boundaries, pc);
        int last = at >= 0 ? at : -at - 2;
        Block block = last < 0 ? null : innermost[last];
        while (block != null) {
            for (Clause clause : block.clauses) {
                if (clause.tag < 0 || GuestState.matches(exception, clause.tag)) {
                    return clause;
                }
            }
            block = block.outer;
        }
        return null;
    }

    /** A {@code try_table} with its clauses, in order, and the one around it. */
    static final class Block {
        final Clause[] clauses;
        final @Nullable Block outer;

        Block(Clause[] clauses, @Nullable Block outer) {
            this.clauses = clauses;
            this.outer = outer;
        }
    }

    /** One {@code catch}: where it goes and what it leaves there. */
    static final class Clause {
        /** Which tag it takes; below 0 for every one. */
        final int tag;

        /** Whether it pushes the exception itself. */
        final boolean withReference;

        /** The slot that its first operand goes to. */
        final int slot;

        /** First the index of an instruction, then the place in the decoded code. */
        int target;

        Clause(int tag, boolean withReference, int slot, int target) {
            this.tag = tag;
            this.withReference = withReference;
            this.slot = slot;
            this.target = target;
        }
    }
}
