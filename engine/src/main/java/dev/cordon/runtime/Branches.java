package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Emits what depends on a condition or goes to a label.
 *
 * <p>A comparison is held back until the next instruction shows whether it is branched on; only if
 * it is not does it become a number.
 */
final class Branches {
    private final CodeVisitor m;
    private final OperandFrames frames;
    private final List<ControlBlock> blocks;
    private @Nullable Conditions pending;
    private @Nullable OpCode pendingOp;

    /** Blocks are those that are open, the innermost last. */
    Branches(CodeVisitor m, OperandFrames frames, List<ControlBlock> blocks) {
        this.m = m;
        this.frames = frames;
        this.blocks = blocks;
    }

    /** Holds an instruction back if it is a comparison. */
    boolean hold(OpCode op) {
        Conditions condition = Conditions.of(op);
        if (condition == null) {
            return false;
        }
        pending = condition;
        pendingOp = op;
        return true;
    }

    /** Makes a number of a comparison that was held back, if there is one. */
    void settle(PlainInstructions plain) {
        if (pending == null) {
            return;
        }
        NumericOps comparison = NumericOps.of(Objects.requireNonNull(pendingOp));
        pending = null;
        plain.numeric(Objects.requireNonNull(comparison));
    }

    /** Keeps the lower of two values if the condition holds, else the upper one. */
    void select() {
        Label keepLower = new Label();
        jumpIf(true, keepLower);
        boolean single = Signatures.slots(frames.peek()) == 1;
        if (single) {
            m.visitInsn(Opcodes.SWAP);
        } else {
            m.visitInsn(Opcodes.DUP2_X2);
            m.visitInsn(Opcodes.POP2);
        }
        m.visitLabel(keepLower);
        frames.frame();
        m.visitInsn(single ? Opcodes.POP : Opcodes.POP2);
        frames.pop();
    }

    private ControlBlock target(int relativeDepth) {
        return blocks.get(blocks.size() - 1 - relativeDepth);
    }

    /** Goes to where a block's label is. */
    void jumpTo(ControlBlock block) {
        block.target();
        m.visitJumpInsn(Opcodes.GOTO, block.label());
    }

    /** {@code br}, to the label that many blocks out. */
    void branch(int relativeDepth) {
        branch(target(relativeDepth));
    }

    private void branch(ControlBlock to) {
        keep(to);
        jumpTo(to);
    }

    /** Takes what lies between the values for a label and the label's own height off the stack. */
    private void keep(ControlBlock to) {
        String kept = to.labelKinds();
        String all = frames.from(to.height());
        String dropped = all.substring(0, all.length() - kept.length());
        if (dropped.isEmpty()) {
            return;
        }
        int slot = frames.scratch(Signatures.slots(kept));
        int at = slot + Signatures.slots(kept);
        for (int i = kept.length() - 1; i >= 0; i--) {
            at -= Signatures.slots(kept.charAt(i));
            m.visitVarInsn(Signatures.store(kept.charAt(i)), at);
        }
        for (int i = dropped.length() - 1; i >= 0; i--) {
            m.visitInsn(Signatures.slots(dropped.charAt(i)) == 1 ? Opcodes.POP : Opcodes.POP2);
        }
        for (int i = 0; i < kept.length(); i++) {
            m.visitVarInsn(Signatures.load(kept.charAt(i)), at);
            at += Signatures.slots(kept.charAt(i));
        }
    }

    private boolean isDirect(ControlBlock to) {
        return frames.height() - to.height() == to.labelKinds().length();
    }

    /** {@code br_if}. */
    void branchIf(int relativeDepth) {
        ControlBlock to = target(relativeDepth);
        String stack = frames.from(0);
        int operands = pending == null ? 1 : pending.operands();
        boolean direct = stack.length() - operands - to.height() == to.labelKinds().length();
        if (direct && !to.isLoop()) {
            to.target();
            jumpIf(true, to.label());
            return;
        }
        // A way back is a jump of its own: at a conditional one, C2 keeps what was compared, for
        // the
        // safepoint that it has there.
        Label stay = new Label();
        jumpIf(false, stay);
        branch(to);
        m.visitLabel(stay);
        frames.frame();
    }

    /** Consumes the condition and jumps if it is as wanted. */
    void jumpIf(boolean wanted, Label label) {
        if (pending != null) {
            frames.pop(pending.operands());
            pending.jump(m, wanted, label);
            pending = null;
        } else {
            frames.pop();
            m.visitJumpInsn(wanted ? Opcodes.IFNE : Opcodes.IFEQ, label);
        }
    }

    /** {@code br_table}. */
    void table(AnnotatedInstruction instruction) {
        frames.pop();
        int count = instruction.operandCount();
        Label[] labels = new Label[count];
        Label[] stubs = new Label[blocks.size()];
        List<Integer> stubbed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int depth = (int) instruction.operand(i);
            ControlBlock to = target(depth);
            if (isDirect(to)) {
                to.target();
                labels[i] = to.label();
            } else {
                if (stubs[depth] == null) {
                    stubs[depth] = new Label();
                    stubbed.add(depth);
                }
                labels[i] = stubs[depth];
            }
        }
        Label other = labels[count - 1];
        if (count == 1) {
            m.visitInsn(Opcodes.POP);
            m.visitJumpInsn(Opcodes.GOTO, other);
        } else {
            m.visitTableSwitchInsn(0, count - 2, other, Arrays.copyOf(labels, count - 1));
        }
        String stack = frames.from(0);
        for (int depth : stubbed) {
            frames.reset(stack);
            m.visitLabel(stubs[depth]);
            frames.frame();
            branch(target(depth));
        }
    }
}
