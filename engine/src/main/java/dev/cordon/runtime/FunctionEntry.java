package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.meter.FunctionPlan;
import java.util.List;
import org.objectweb.asm.Label;
import org.objectweb.asm.Opcodes;

/**
 * What a function does before its first instruction: it takes its part of the depth of calls, and
 * gives every local a slot and a value.
 */
final class FunctionEntry {
    private final CodeVisitor m;
    private final OperandFrames frames;
    private final FunctionType type;
    private final FunctionPlan plan;
    private final int function;
    private final boolean boxed;
    private final String parameters;
    private final int[] parameterSlots;
    private int stateSlot;
    private int depthSlot;
    private int fuelSlot;
    private int[] localSlots = new int[0];
    private String localKinds = "";

    FunctionEntry(
            CodeVisitor m,
            OperandFrames frames,
            FunctionType type,
            FunctionPlan plan,
            int function) {
        this.m = m;
        this.frames = frames;
        this.type = type;
        this.plan = plan;
        this.function = function;
        this.boxed = Signatures.boxed(type);
        this.parameters = Signatures.kinds(type.params());
        this.parameterSlots = new int[parameters.length()];
    }

    int stateSlot() {
        return stateSlot;
    }

    int depthSlot() {
        return depthSlot;
    }

    int fuelSlot() {
        return fuelSlot;
    }

    /** Where a local is; known after {@link #declare}. */
    int slot(int local) {
        return localSlots[local];
    }

    /** What a local holds; known after {@link #declare}. */
    char kind(int local) {
        return localKinds.charAt(local);
    }

    /**
     * Takes parameters, state, depth and fuel over. If the code is to be compact, what is used most
     * goes to the slots that the shortest instructions name.
     */
    void receive(boolean compact) {
        if (boxed) {
            frames.addLocal("[J");
        } else {
            addParameters();
        }
        stateSlot = frames.addLocal(Signatures.STATE);
        depthSlot = frames.addLocal(Opcodes.INTEGER);
        fuelSlot = frames.addLocal(Opcodes.INTEGER);
        if (plan.depthUnits() > 0) {
            takeDepth();
        }
        if (compact && !boxed) {
            moveUp();
            frames.dropLocals(0);
            stateSlot = frames.addLocal(Signatures.STATE);
            fuelSlot = frames.addLocal(Opcodes.INTEGER);
            depthSlot = frames.addLocal(Opcodes.INTEGER);
            addParameters();
        }
    }

    private void addParameters() {
        for (int i = 0; i < parameterSlots.length; i++) {
            parameterSlots[i] = frames.addLocal(Signatures.frame(parameters.charAt(i)));
        }
    }

    /** Gives the declared locals their zeros, and takes parameters out of their array. */
    void declare(List<ValType> declared) {
        localSlots = new int[parameterSlots.length + declared.size()];
        localKinds = parameters + Signatures.kinds(declared);
        for (int i = 0; i < localSlots.length; i++) {
            char kind = localKinds.charAt(i);
            if (i < parameterSlots.length && !boxed) {
                localSlots[i] = parameterSlots[i];
                continue;
            }
            if (i < parameterSlots.length) {
                m.visitVarInsn(Opcodes.ALOAD, 0);
                Signatures.push(m, i);
                m.visitInsn(Opcodes.LALOAD);
                Signatures.fromRaw(m, kind);
            } else {
                pushZero(kind, declared.get(i - parameterSlots.length).isReference());
            }
            localSlots[i] = frames.addLocal(Signatures.frame(kind));
            m.visitVarInsn(Signatures.store(kind), localSlots[i]);
        }
    }

    private void takeDepth() {
        Label enough = new Label();
        m.visitIincInsn(depthSlot, -plan.depthUnits());
        m.visitVarInsn(Opcodes.ILOAD, depthSlot);
        m.visitJumpInsn(Opcodes.IFGE, enough);
        m.visitVarInsn(Opcodes.ALOAD, stateSlot);
        m.visitVarInsn(Opcodes.ILOAD, fuelSlot);
        m.visitFieldInsn(Opcodes.PUTFIELD, Signatures.STATE, "fuel", "I");
        if (boxed) {
            m.visitVarInsn(Opcodes.ALOAD, 0);
        } else {
            Signatures.box(m, parameters, 0);
        }
        Signatures.push(m, function);
        m.visitVarInsn(Opcodes.ALOAD, stateSlot);
        m.visitVarInsn(Opcodes.ILOAD, depthSlot);
        Signatures.push(m, plan.depthUnits());
        m.visitInsn(Opcodes.IADD);
        Signatures.call(m, Signatures.STATE, "deeper", "([JIL" + Signatures.STATE + ";I)[J");
        Signatures.returnRaw(m, type);
        m.visitLabel(enough);
        frames.frame();
    }

    /** Moves the parameters up by three slots, and state, fuel and depth to where they were. */
    private void moveUp() {
        m.visitVarInsn(Opcodes.ALOAD, stateSlot);
        m.visitVarInsn(Opcodes.ILOAD, fuelSlot);
        m.visitVarInsn(Opcodes.ILOAD, depthSlot);
        for (int i = parameterSlots.length - 1; i >= 0; i--) {
            m.visitVarInsn(Signatures.load(parameters.charAt(i)), parameterSlots[i]);
            m.visitVarInsn(Signatures.store(parameters.charAt(i)), parameterSlots[i] + 3);
        }
        m.visitVarInsn(Opcodes.ISTORE, 2);
        m.visitVarInsn(Opcodes.ISTORE, 1);
        m.visitVarInsn(Opcodes.ASTORE, 0);
    }

    private void pushZero(char kind, boolean reference) {
        switch (kind) {
            case 'I':
                Signatures.push(m, reference ? -1 : 0);
                break;
            case 'J':
                m.visitInsn(Opcodes.LCONST_0);
                break;
            case 'F':
                m.visitInsn(Opcodes.FCONST_0);
                break;
            case 'D':
                m.visitInsn(Opcodes.DCONST_0);
                break;
            default:
                m.visitInsn(Opcodes.ACONST_NULL);
        }
    }
}
