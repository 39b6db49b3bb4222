package dev.cordon.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decoded code while it is written: instructions, branches to be resolved, handlers. */
final class InterpretedCode {
    private final int[] places;
    private int[] code = new int[64];
    private int size;
    private int[] unresolved = new int[16];
    private int unresolvedCount;
    private int[] boundaries = new int[4];
    private final List<InterpretedHandlers.@Nullable Block> innermost = new ArrayList<>();
    private final List<InterpretedHandlers.Clause> clauses = new ArrayList<>();

    InterpretedCode(int instructions) {
        this.places = new int[instructions];
    }

    /** Notes that an instruction of the function body starts here. */
    void place(int instruction) {
        places[instruction] = size;
    }

    void add(int value) {
        if (size == code.length) {
            code = Arrays.copyOf(code, 2 * size);
        }
        code[size++] = value;
    }

    void add(int op, int... operands) {
        add(op);
        for (int operand : operands) {
            add(operand);
        }
    }

    void addLong(int op, long operand) {
        add(op, (int) (operand >>> 32), (int) operand);
    }

    /** Adds where an instruction of the function body will be. */
    void addTarget(int instruction) {
        if (unresolvedCount == unresolved.length) {
            unresolved = Arrays.copyOf(unresolved, 2 * unresolvedCount);
        }
        unresolved[unresolvedCount++] = size;
        add(instruction);
    }

    /** From here on exceptions go to {@code block}, if there is one. */
    void guard(InterpretedHandlers.@Nullable Block block) {
        int last = innermost.size() - 1;
        if (last >= 0 && boundaries[last] == size) {
            innermost.set(last, block);
            return;
        }
        if (last + 1 == boundaries.length) {
            boundaries = Arrays.copyOf(boundaries, 2 * boundaries.length);
        }
        boundaries[last + 1] = size;
        innermost.add(block);
    }

    /** Remembers that a clause's target is still the number of an instruction. */
    void resolveLater(InterpretedHandlers.Clause clause) {
        clauses.add(clause);
    }

    /** The finished code. */
    int[] code() {
        for (int i = 0; i < unresolvedCount; i++) {
            code[unresolved[i]] = places[code[unresolved[i]]];
        }
        unresolvedCount = 0;
        for (InterpretedHandlers.Clause clause : clauses) {
            clause.target = places[clause.target];
        }
        clauses.clear();
        return Arrays.copyOf(code, size);
    }

    /** The finished handlers. */
    InterpretedHandlers handlers() {
        return new InterpretedHandlers(
                Arrays.copyOf(boundaries, innermost.size()),
                innermost.toArray(new InterpretedHandlers.Block[0]));
    }
}
