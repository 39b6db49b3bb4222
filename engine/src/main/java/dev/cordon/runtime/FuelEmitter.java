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
 * <p>A function gets the slice as its last parameter and keeps it there: paying is one {@code
 * iinc}, and calling another function hands it on in a register. It goes back to the state when the
 * function returns or throws, where the caller takes it up again, and before anything else that may
 * look at it there. A handler over everything but the calls does it for traps; it must not cover
 * the calls, because a callee that throws has left a newer value in the state.
 */
final class FuelEmitter {
    private final CodeVisitor m;
    private final OperandFrames frames;
    private final FunctionPlan plan;
    private final boolean metered;
    private final int stateSlot;
    private final int fuelSlot;
    private final List<Runnable> outOfLine = new ArrayList<>();
    private final List<Label[]> ranges = new ArrayList<>();
    private @Nullable Label open;
    private int openedAt;
    private int baseLocals;

    FuelEmitter(
            CodeVisitor m,
            OperandFrames frames,
            FunctionPlan plan,
            boolean metered,
            int stateSlot,
            int fuelSlot) {
        this.m = m;
        this.frames = frames;
        this.plan = plan;
        this.metered = metered;
        this.stateSlot = stateSlot;
        this.fuelSlot = fuelSlot;
    }

    /** Pushes the slice, to hand it to a function that is called. */
    void push() {
        m.visitVarInsn(Opcodes.ILOAD, fuelSlot);
    }

    /** Starts paying; all locals of the function hold values by now. */
    void begin() {
        baseLocals = frames.localCount();
        if (metered) {
            openRange();
        }
    }

    /** Loads the slice into its local. */
    void reload() {
        if (metered) {
            m.visitVarInsn(Opcodes.ALOAD, stateSlot);
            m.visitFieldInsn(Opcodes.GETFIELD, Signatures.STATE, "fuel", "I");
            m.visitVarInsn(Opcodes.ISTORE, fuelSlot);
        }
    }

    /** Stores the slice from its local. */
    void spill() {
        if (metered) {
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
        }
    }

    /** Everything after this until {@link #afterCall} is the call itself. */
    void beforeCall() {
        closeRange();
    }

    /**
     * Takes up the slice that the callee left, before the handler covers anything again: the old
     * value must be of no use any more, or it would be kept over the call.
     */
    void afterCall() {
        reload();
        if (metered) {
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
        if (plan.checked(instruction)) {
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
