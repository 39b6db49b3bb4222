package dev.cordon.wasm;

import java.util.Arrays;

/** Where the bodies of a module's functions are, and how many instructions each has. Immutable. */
public final class FunctionBodies {
    static final FunctionBodies NONE = new FunctionBodies(0);

    private final int[] offsets;
    private final int[] sizes;
    private final int[] instructions;

    FunctionBodies(int count) {
        offsets = new int[count];
        sizes = new int[count];
        instructions = new int[count];
    }

    void set(int body, int offset, int size, int count) {
        offsets[body] = offset;
        sizes[body] = size;
        instructions[body] = count;
    }

    /**
     * How many functions have a body.
     *
     * @return at most {@link ModuleLimits#MAX_FUNCTIONS}
     */
    public int count() {
        return offsets.length;
    }

    /**
     * Where a body starts, with its locals.
     *
     * @param body its place in the code section, from 0
     * @return the offset from the start of the module, after the body's size
     */
    public int offset(int body) {
        return offsets[body];
    }

    /**
     * How long a body is.
     *
     * @param body its place in the code section, from 0
     * @return bytes, locals included
     */
    public int size(int body) {
        return sizes[body];
    }

    /**
     * How many instructions a body has, each {@code else} and {@code end} counted as one.
     *
     * @param body its place in the code section, from 0
     * @return at least 1
     */
    public int instructions(int body) {
        return instructions[body];
    }

    /**
     * How many instructions all bodies have together.
     *
     * @return at most {@link ModuleLimits#MAX_INSTRUCTIONS}
     */
    public int totalInstructions() {
        return Arrays.stream(instructions).sum();
    }
}
