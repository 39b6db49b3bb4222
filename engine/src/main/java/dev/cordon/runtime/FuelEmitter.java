package dev.cordon.runtime;

import dev.cordon.meter.FunctionPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * Emits the code that pays.
 *
 * <p>A function with loops keeps the slice in a local variable: paying is one {@code iinc}. The
 * variable goes back to the state before anything that may look at it there: calls, returns,
 * throws. A handler over everything else does it for traps; it must not cover the calls, because a
 * callee that throws has left a newer value in the state. Other functions pay in the state.
 */
final class FuelEmitter {
    private final CodeVisitor m;
    private final OperandFrames frames;
    private final FunctionPlan plan;
    private final int stateSlot;
    private final int fuelSlot;
    private final List<Runnable> outOfLine = new ArrayList<>();
    private final List<Label[]> ranges = new ArrayList<>();
    private @Nullable Label open;
    private int openedAt;
    private int baseLocals;

    FuelEmitter(
            CodeVisitor m, OperandFrames frames, FunctionPlan plan, int stateSlot, int fuelSlot) {
        this.m = m;
        this.frames = frames;
        this.plan = plan;
        this.stateSlot = stateSlot;
        this.fuelSlot = fuelSlot;
    }

    private boolean inLocal() {
        return fuelSlot >= 0;
    }

    /** Starts paying; all locals of the function hold values by now. */
    void begin() {
        baseLocals = frames.localCount();
        if (inLocal()) {
            openRange();
        }
    }

    /** Loads the slice into its local. */
    void reload() {
        if (inLocal()) {
            m.visitVarInsn(Opcodes.ALOAD, stateSlot);
            m.visitFieldInsn(Opcodes.GETFIELD, Signatures.STATE, "fuel", "I");
            m.visitVarInsn(Opcodes.ISTORE, fuelSlot);
        }
    }

    /** Stores the slice from its local. */
    void spill() {
        if (inLocal()) {
            m.visitVarInsn(Opcodes.ALOAD, stateSlot);
            m.visitVarInsn(Opcodes.ILOAD, fuelSlot);
            m.visitFieldInsn(Opcodes.PUTFIELD, Signatures.STATE, "fuel", "I");
        }
    }

    /** Stores the slice for good: the function returns or throws. */
    void leave() {
        spill();
        if (plan.settles()) {
            m.visitVarInsn(Opcodes.ALOAD, stateSlot);
            beforeCall();
            Signatures.call(m, Signatures.STATE, "settle", "(L" + Signatures.STATE + ";)V");
            afterCall();
            reload();
        }
    }

    /** Everything after this until {@link #afterCall} is the call itself. */
    void beforeCall() {
        closeRange();
    }

    void afterCall() {
        if (inLocal()) {
            openRange();
        }
    }

    private void openRange() {
        open = new Label();
        m.visitLabel(open);
        openedAt = m.instructions();
    }

    private void closeRange() {
        if (open != null && m.instructions() > openedAt) {
            Label end = new Label();
            m.visitLabel(end);
            ranges.add(new Label[] {open, end});
        }
        open = null;
    }

    /** Pays what the plan says for the instruction that comes next. */
    void charge(int instruction) {
        int units = plan.charge(instruction);
        if (units == 0) {
            return;
        }
        boolean checked = plan.checked(instruction);
        if (!inLocal()) {
            m.visitVarInsn(Opcodes.ALOAD, stateSlot);
            Signatures.push(m, units);
            String name = checked ? "payChecked" : "pay";
            Signatures.call(m, Signatures.STATE, name, "(L" + Signatures.STATE + ";I)V");
            return;
        }
        if (checked) {
            chargeChecked(units);
        }
        subtract(units);
    }

    /**
     * Jumps out of line when the slice does not suffice, and back to try again; C2 then takes the
     * refill for a second, never used way round the loop and leaves the loop proper alone.
     */
    private void chargeChecked(int units) {
        Label again = new Label();
        Label refill = new Label();
        m.visitLabel(again);
        frames.frame();
        m.visitVarInsn(Opcodes.ILOAD, fuelSlot);
        Signatures.push(m, units);
        m.visitJumpInsn(Opcodes.IF_ICMPLT, refill);
        String stack = frames.from(0);
        Object[] extra = frames.localTypesFrom(baseLocals);
        outOfLine.add(
                () -> {
                    frames.reset(stack);
                    frames.dropLocals(baseLocals);
                    for (Object type : extra) {
                        frames.addLocal(type);
                    }
                    m.visitLabel(refill);
                    frames.frame();
                    m.visitVarInsn(Opcodes.ILOAD, fuelSlot);
                    Signatures.push(m, units);
                    m.visitVarInsn(Opcodes.ALOAD, stateSlot);
                    Signatures.call(
                            m, Signatures.STATE, "refill", "(IIL" + Signatures.STATE + ";)I");
                    m.visitVarInsn(Opcodes.ISTORE, fuelSlot);
                    m.visitJumpInsn(Opcodes.GOTO, again);
                });
    }

    private void subtract(int units) {
        if (units <= Short.MAX_VALUE) {
            m.visitIincInsn(fuelSlot, -units);
        } else {
            m.visitVarInsn(Opcodes.ILOAD, fuelSlot);
            Signatures.push(m, units);
            m.visitInsn(Opcodes.ISUB);
            m.visitVarInsn(Opcodes.ISTORE, fuelSlot);
        }
    }

    /** Ends the function's code with what lies out of line. */
    void end() {
        closeRange();
        outOfLine.forEach(Runnable::run);
        if (ranges.isEmpty()) {
            return;
        }
        Label handler = new Label();
        m.visitLabel(handler);
        frames.handlerFrame(baseLocals, "java/lang/Throwable");
        spill();
        m.visitInsn(Opcodes.ATHROW);
        for (Label[] range : ranges) {
            m.visitTryCatchBlock(range[0], range[1], handler, null);
        }
    }
}
