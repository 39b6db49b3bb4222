package dev.cordon.wasm;

import static dev.cordon.wasm.ValueTypes.UNKNOWN;

import java.util.Arrays;

/**
 * The types of the operands and the open blocks at one point of a function, as in the validation
 * algorithm of the specification.
 */
final class OperandStack {
    static final int FUNCTION = 0;
    static final int BLOCK = 0x02;
    static final int LOOP = 0x03;
    static final int IF = 0x04;
    static final int ELSE = 0x05;
    static final int TRY_TABLE = 0x1f;

    private static final int MORE_OPERANDS =
            ModuleLimits.MAX_OPERANDS + 2 * ModuleLimits.MAX_PARAMETERS;

    private final Refusals refusals;
    private final OperandSteps steps;
    private final byte[] types = new byte[MORE_OPERANDS];
    private int height;

    /** Height at the start of the innermost block; operands below belong to outer ones. */
    private int base;

    private boolean unreachable;

    private int depth;
    private int[] kinds = new int[64];
    private int[] bases = new int[64];
    private int[] children = new int[64];
    private boolean[] unreachables = new boolean[64];
    private Signature[] signatures = new Signature[64];

    OperandStack(Refusals refusals, OperandSteps steps) {
        this.refusals = refusals;
        this.steps = steps;
    }

    /** Empties the stack and opens the block of a whole function. */
    void start(Signature type) {
        height = 0;
        depth = 0;
        enter(FUNCTION, new Signature(Signature.NONE, type.results()));
    }

    int depth() {
        return depth;
    }

    void push(byte type) {
        if (height >= ModuleLimits.MAX_OPERANDS) {
            throw refusals.tooMany(height + 1L, "waiting operands", ModuleLimits.MAX_OPERANDS);
        }
        types[height++] = type;
    }

    void pushAll(byte[] all) {
        for (byte type : all) {
            push(type);
        }
        if (all.length > 1) {
            steps.operands(all.length);
        }
    }

    void pop(byte expected) {
        if (height == base) {
            if (!unreachable) {
                throw mismatch(expected, "nothing");
            }
            return;
        }
        byte actual = types[--height];
        if (actual != expected && actual != UNKNOWN) {
            throw mismatch(expected, ValueTypes.name(actual));
        }
    }

    /** Any operand; of unreachable code it may be {@link ValueTypes#UNKNOWN}. */
    byte pop() {
        if (height > base) {
            return types[--height];
        }
        if (!unreachable) {
            throw mismatch(UNKNOWN, "nothing");
        }
        return UNKNOWN;
    }

    void popAll(byte[] all) {
        for (int i = all.length - 1; i >= 0; i--) {
            pop(all[i]);
        }
        if (all.length > 1) {
            steps.operands(all.length);
        }
    }

    private RuntimeException mismatch(byte expected, String found) {
        return refusals.invalid("it needs " + ValueTypes.name(expected) + " and finds " + found);
    }

    /** The rest of the block is never reached, so it may assume any operands. */
    void endReachable() {
        height = base;
        unreachable = true;
    }

    /** Opens a block whose parameters are the operands on top. */
    void open(int kind, Signature type) {
        popAll(type.parameters());
        steps.operands(height + type.results().length);
        children[depth - 1]++;
        enter(kind, type);
        pushAll(type.parameters());
    }

    private void enter(int kind, Signature type) {
        if (depth > ModuleLimits.MAX_NESTING) {
            throw refusals.tooMany(depth, "nested blocks", ModuleLimits.MAX_NESTING);
        }
        if (depth == kinds.length) {
            widen();
        }
        kinds[depth] = kind;
        bases[depth] = height;
        children[depth] = 0;
        signatures[depth] = type;
        if (depth > 0) {
            unreachables[depth - 1] = unreachable;
        }
        depth++;
        base = height;
        unreachable = false;
    }

    private void widen() {
        int wider = 2 * depth;
        kinds = Arrays.copyOf(kinds, wider);
        bases = Arrays.copyOf(bases, wider);
        children = Arrays.copyOf(children, wider);
        unreachables = Arrays.copyOf(unreachables, wider);
        signatures = Arrays.copyOf(signatures, wider);
    }

    /** Turns the {@code if} that is open into its other half. */
    void openElse() {
        if (kinds[depth - 1] != IF) {
            throw refusals.invalid("`else` is in no `if`");
        }
        Signature type = signatures[depth - 1];
        popResults(type);
        kinds[depth - 1] = ELSE;
        unreachable = false;
        pushAll(type.parameters());
    }

    private void popResults(Signature type) {
        popAll(type.results());
        if (height != base) {
            throw refusals.invalid("a block leaves " + (height - base) + " operands too many");
        }
    }

    /** Closes the innermost block. */
    void close() {
        int kind = kinds[depth - 1];
        Signature type = signatures[depth - 1];
        popResults(type);
        if (kind == IF && !type.keepsOperands()) {
            throw refusals.invalid("an `if` of the type " + type + " has no `else`");
        }
        depth--;
        if (depth > 0) {
            if (kind == LOOP) {
                steps.labels(children[depth - 1]);
            }
            base = bases[depth - 1];
            unreachable = unreachables[depth - 1];
            pushAll(type.results());
        }
    }

    /** The types that a branch to a label takes with it. */
    byte[] labelTypes(int label) {
        if (label >= depth) {
            throw refusals.invalid("there is no label " + label);
        }
        int block = depth - 1 - label;
        steps.labels(label);
        return kinds[block] == LOOP ? signatures[block].parameters() : signatures[block].results();
    }

    byte[] functionResults() {
        return signatures[0].results();
    }

    /** Copying the operands is what an instruction with several ways out costs a compiler. */
    void fork() {
        steps.operands(height);
    }

    /**
     * Whether the operands on top fit these types, which stay; other labels of the same {@code
     * br_table} then look at them too.
     */
    void requireOnTop(byte[] all) {
        steps.operands(all.length);
        for (int i = 1; i <= all.length; i++) {
            int at = height - i;
            byte expected = all[all.length - i];
            if (at < base) {
                if (!unreachable) {
                    throw mismatch(expected, "nothing");
                }
            } else if (types[at] != expected && types[at] != UNKNOWN) {
                throw mismatch(expected, ValueTypes.name(types[at]));
            }
        }
    }
}
