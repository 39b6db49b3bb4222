package dev.cordon.runtime;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Opcodes;

/**
 * Knows the kinds of all values in locals and on the operand stack while a function is compiled,
 * and writes the stack map frames from them, so that nothing has to be inferred afterwards.
 */
final class OperandFrames {
    /** Beyond it the class file would grow out of proportion to the module. */
    private static final long MAX_FRAME_ENTRIES = 8_000_000;

    private final CodeVisitor m;
    private final List<Object> locals = new ArrayList<>();
    private final StringBuilder stack = new StringBuilder();
    private int top;
    private int maxLocals;
    private int stackSlots;
    private int maxStackSlots;
    private long frameEntries;

    OperandFrames(CodeVisitor m) {
        this.m = m;
    }

    // ---- locals

    /** Adds a local that lives from now on, and tells its slot. */
    int addLocal(Object frameType) {
        int slot = top;
        locals.add(frameType);
        top += frameType == Opcodes.LONG || frameType == Opcodes.DOUBLE ? 2 : 1;
        maxLocals = Math.max(maxLocals, top);
        return slot;
    }

    int localCount() {
        return locals.size();
    }

    /** The frame types of the locals from the {@code first} on. */
    Object[] localTypesFrom(int first) {
        return locals.subList(first, locals.size()).toArray();
    }

    /** Forgets the locals that were added last, down to {@code count}. */
    void dropLocals(int count) {
        while (locals.size() > count) {
            Object type = locals.remove(locals.size() - 1);
            top -= type == Opcodes.LONG || type == Opcodes.DOUBLE ? 2 : 1;
        }
    }

    /** A slot for {@code slots} values that live only until the next frame. */
    int scratch(int slots) {
        maxLocals = Math.max(maxLocals, top + slots);
        return top;
    }

    // ---- operand stack

    void push(char kind) {
        stack.append(kind);
        stackSlots += Signatures.slots(kind);
        maxStackSlots = Math.max(maxStackSlots, stackSlots);
    }

    void push(String kinds) {
        for (int i = 0; i < kinds.length(); i++) {
            push(kinds.charAt(i));
        }
    }

    char pop() {
        char kind = stack.charAt(stack.length() - 1);
        stack.setLength(stack.length() - 1);
        stackSlots -= Signatures.slots(kind);
        return kind;
    }

    void pop(int count) {
        for (int i = 0; i < count; i++) {
            pop();
        }
    }

    char peek() {
        return stack.charAt(stack.length() - 1);
    }

    int height() {
        return stack.length();
    }

    String from(int height) {
        return stack.substring(height);
    }

    String below(int height) {
        return stack.substring(0, height);
    }

    /** Sets the stack to what it is at a label. */
    void reset(String kinds) {
        stack.setLength(0);
        stack.append(kinds);
        stackSlots = Signatures.slots(kinds);
        maxStackSlots = Math.max(maxStackSlots, stackSlots);
    }

    // ---- frames

    /** Writes a frame for this place, as a jump's target needs it. */
    void frame() {
        Object[] values = new Object[stack.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Signatures.frame(stack.charAt(i));
        }
        frame(locals.size(), values);
    }

    /** Writes a frame with one reference on the stack and only the first locals. */
    void handlerFrame(int localCount, String reference) {
        maxStackSlots = Math.max(maxStackSlots, 1);
        frame(localCount, new Object[] {reference});
    }

    private void frame(int localCount, Object[] values) {
        frameEntries += localCount + (long) values.length;
        if (frameEntries > MAX_FRAME_ENTRIES) {
            throw new FunctionTooLarge();
        }
        m.visitFrame(
                Opcodes.F_NEW,
                localCount,
                locals.subList(0, localCount).toArray(),
                values.length,
                values);
    }

    int maxLocals() {
        return maxLocals;
    }

    int maxStackSlots() {
        return maxStackSlots;
    }

    /** The function does not fit the JVM in any reasonable form; it is to be interpreted. */
    static final class FunctionTooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FunctionTooLarge() {
            super("function too large for the JVM", null, false, false);
        }
    }
}
