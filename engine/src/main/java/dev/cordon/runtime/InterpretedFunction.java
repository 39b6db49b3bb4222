package dev.cordon.runtime;

import dev.cordon.meter.FunctionPlan;
import java.util.Arrays;

/**
 * One function in the form that the interpreter executes. Immutable.
 *
 * <p>A frame is one array: first the locals, then the operands. Branches know where they go and
 * where the operands have to lie there, so no control stack is kept.
 */
final class InterpretedFunction {
    final int index;
    final int depthUnits;

    /** Whether the tank is looked at when it returns or throws. */
    final boolean settles;

    final int parameters;
    final int results;
    final int locals;
    final int frameSlots;

    /** Whether exception references occur, which need a second array beside the frame. */
    final boolean holdsExceptions;

    /** Opcodes of {@link InterpretedOps}, each followed by its operands. */
    final int[] code;

    private final int[] nullLocals;
    private final InterpretedHandlers handlers;

    InterpretedFunction(
            int index,
            FunctionPlan plan,
            InterpretedLayout layout,
            boolean holdsExceptions,
            int[] code,
            InterpretedHandlers handlers) {
        this.index = index;
        this.parameters = layout.parameters();
        this.results = layout.results();
        this.locals = layout.locals();
        this.frameSlots = layout.frameSlots();
        this.depthUnits = plan.depthUnits();
        this.settles = plan.settles();
        this.nullLocals = layout.nullLocals();
        this.holdsExceptions = holdsExceptions;
        this.code = code;
        this.handlers = handlers;
    }

    /** A frame whose first slots are {@code source} from {@code from} on, the parameters. */
    long[] frame(long[] source, int from) {
        long[] frame = new long[frameSlots];
        System.arraycopy(source, from, frame, 0, parameters);
        for (int local : nullLocals) {
            frame[local] = InterpretedLayout.NULL;
        }
        return frame;
    }

    /** The raw results out of a frame that has returned. */
    long[] resultsOf(long[] frame) {
        return frame.length == results ? frame : Arrays.copyOf(frame, results);
    }

    /** The handlers around its {@code try_table} blocks. */
    InterpretedHandlers handlers() {
        return handlers;
    }
}
