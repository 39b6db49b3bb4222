package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.cordon.meter.FunctionPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Compiles one function to one static method, in one pass.
 *
 * <p>WebAssembly's operand stack is the JVM's, its locals are the JVM's, its structured control
 * flow becomes jumps. The module is valid, so kinds of values are known everywhere without looking
 * back; code that cannot be reached is left out.
 */
final class FunctionCompiler {
    private final ModuleLayout layout;
    private final GuestShape shape;
    private final FunctionType type;
    private final FunctionBody body;
    private final FunctionPlan plan;
    private final int function;
    private final CodeVisitor m;
    private final OperandFrames frames;
    private final FuelEmitter fuel;
    private final PlainInstructions plain;
    private final CallInstructions calls;
    private final List<ControlBlock> blocks = new ArrayList<>();
    private final int stateSlot;
    private final int depthSlot;
    private int[] localSlots = new int[0];
    private String localKinds = "";
    private @Nullable Conditions pending;
    private @Nullable OpCode pendingOp;
    private boolean dead;
    private int deadBlocks;

    private FunctionCompiler(
            ModuleLayout layout,
            int function,
            FunctionBody body,
            FunctionPlan plan,
            MethodVisitor m,
            @Nullable AccessMethods access) {
        this.layout = layout;
        this.shape = layout.shape();
        this.function = function;
        this.type = shape.functionType(function);
        this.body = body;
        this.plan = plan;
        this.m = new CodeVisitor(m);
        this.frames = new OperandFrames(this.m);
        String parameters = Signatures.kinds(type.params());
        boolean boxed = Signatures.boxed(type);
        int[] parameterSlots = new int[parameters.length()];
        if (boxed) {
            frames.addLocal("[J");
        } else {
            for (int i = 0; i < parameterSlots.length; i++) {
                parameterSlots[i] = frames.addLocal(Signatures.frame(parameters.charAt(i)));
            }
        }
        int incomingState = frames.addLocal(Signatures.STATE);
        int incomingDepth = frames.addLocal(Opcodes.INTEGER);
        int incomingFuel = frames.addLocal(Opcodes.INTEGER);
        if (plan.depthUnits() > 0) {
            takeDepth(boxed, parameters, incomingState, incomingDepth, incomingFuel);
        }
        int fuelSlot;
        if (access != null && !boxed) {
            // what is used most goes to the slots that the shortest instructions name
            moveUp(parameters, parameterSlots, incomingState);
            frames.dropLocals(0);
            this.stateSlot = frames.addLocal(Signatures.STATE);
            fuelSlot = frames.addLocal(Opcodes.INTEGER);
            this.depthSlot = frames.addLocal(Opcodes.INTEGER);
            for (int i = 0; i < parameterSlots.length; i++) {
                parameterSlots[i] = frames.addLocal(Signatures.frame(parameters.charAt(i)));
            }
        } else {
            this.stateSlot = incomingState;
            this.depthSlot = incomingDepth;
            fuelSlot = incomingFuel;
        }
        this.fuel = new FuelEmitter(this.m, frames, plan, layout.metered(), stateSlot, fuelSlot);
        MemoryInstructions memory =
                new MemoryInstructions(
                        this.m, frames, fuel, stateSlot, access, layout.classOf(function));
        this.plain = new PlainInstructions(layout, this.m, frames, memory, stateSlot);
        this.calls = new CallInstructions(layout, this.m, frames, fuel, stateSlot, depthSlot);
        prologue(boxed, parameters, parameterSlots);
    }

    /**
     * Compiles; throws {@link OperandFrames.FunctionTooLarge} if the JVM cannot hold the result.
     */
    static void compile(
            ModuleLayout layout,
            int function,
            FunctionBody body,
            FunctionPlan plan,
            MethodVisitor m,
            @Nullable AccessMethods access) {
        m.visitCode();
        FunctionCompiler compiler = new FunctionCompiler(layout, function, body, plan, m, access);
        compiler.compileBody();
        m.visitMaxs(compiler.frames.maxStackSlots() + 16, compiler.frames.maxLocals() + 2);
        m.visitEnd();
    }

    private void prologue(boolean boxed, String parameters, int[] parameterSlots) {
        int declared = body.localTypes().size();
        localSlots = new int[parameterSlots.length + declared];
        localKinds = parameters + Signatures.kinds(body.localTypes());
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
                pushZero(kind, body.localTypes().get(i - parameterSlots.length).isReference());
            }
            localSlots[i] = frames.addLocal(Signatures.frame(kind));
            m.visitVarInsn(Signatures.store(kind), localSlots[i]);
        }
        fuel.begin();
    }

    private void takeDepth(boolean boxed, String parameters, int state, int depth, int fuelIn) {
        Label enough = new Label();
        m.visitIincInsn(depth, -plan.depthUnits());
        m.visitVarInsn(Opcodes.ILOAD, depth);
        m.visitJumpInsn(Opcodes.IFGE, enough);
        m.visitVarInsn(Opcodes.ALOAD, state);
        m.visitVarInsn(Opcodes.ILOAD, fuelIn);
        m.visitFieldInsn(Opcodes.PUTFIELD, Signatures.STATE, "fuel", "I");
        if (boxed) {
            m.visitVarInsn(Opcodes.ALOAD, 0);
        } else {
            Signatures.box(m, parameters, 0);
        }
        Signatures.push(m, function);
        m.visitVarInsn(Opcodes.ALOAD, state);
        m.visitVarInsn(Opcodes.ILOAD, depth);
        Signatures.push(m, plan.depthUnits());
        m.visitInsn(Opcodes.IADD);
        Signatures.call(m, Signatures.STATE, "deeper", "([JIL" + Signatures.STATE + ";I)[J");
        Signatures.returnRaw(m, type);
        m.visitLabel(enough);
        frames.frame();
    }

    /** Moves the parameters up by three slots, and state, fuel and depth to where they were. */
    private void moveUp(String parameters, int[] slots, int state) {
        m.visitVarInsn(Opcodes.ALOAD, state);
        m.visitVarInsn(Opcodes.ILOAD, state + 2);
        m.visitVarInsn(Opcodes.ILOAD, state + 1);
        for (int i = slots.length - 1; i >= 0; i--) {
            m.visitVarInsn(Signatures.load(parameters.charAt(i)), slots[i]);
            m.visitVarInsn(Signatures.store(parameters.charAt(i)), slots[i] + 3);
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

    private void compileBody() {
        blocks.add(
                new ControlBlock(
                        OpCode.BLOCK, "", Signatures.kinds(type.returns()), 0, new Label()));
        List<AnnotatedInstruction> code = body.instructions();
        for (int i = 0; i < code.size() && !blocks.isEmpty(); i++) {
            AnnotatedInstruction instruction = code.get(i);
            if (dead) {
                skip(instruction);
            } else {
                compile(i, instruction);
            }
        }
        fuel.end();
    }

    private void skip(AnnotatedInstruction instruction) {
        switch (instruction.opcode()) {
            case BLOCK:
            case LOOP:
            case IF:
            case TRY_TABLE:
                deadBlocks++;
                break;
            case ELSE:
                if (deadBlocks == 0) {
                    beginElse();
                }
                break;
            case END:
                if (deadBlocks > 0) {
                    deadBlocks--;
                } else {
                    end();
                }
                break;
            default:
                break;
        }
    }

    private void compile(int index, AnnotatedInstruction instruction) {
        OpCode op = instruction.opcode();
        if (pending != null && !consumesCondition(op)) {
            settlePending();
        }
        fuel.charge(index);
        Conditions condition = Conditions.of(op);
        if (condition != null) {
            pending = condition;
            pendingOp = op;
            return;
        }
        if (byConstant(index, op)) {
            return;
        }
        if (!control(instruction) && !locals(instruction) && !plain.emit(instruction)) {
            throw new IllegalStateException("unexpected instruction " + op);
        }
    }

    /** Divides without sign by a constant, in a form that C2 makes a multiplication of. */
    private boolean byConstant(int index, OpCode op) {
        NumericOps division = NumericOps.byConstant(op);
        if (division == null || index == 0) {
            return false;
        }
        AnnotatedInstruction before = body.instructions().get(index - 1);
        boolean ints = before.opcode() == OpCode.I32_CONST && (int) before.operand(0) != 0;
        boolean longs = before.opcode() == OpCode.I64_CONST && before.operand(0) > 0;
        if (!ints && !longs) {
            return false;
        }
        plain.numeric(division);
        return true;
    }

    private static boolean consumesCondition(OpCode op) {
        return op == OpCode.BR_IF
                || op == OpCode.IF
                || op == OpCode.SELECT
                || op == OpCode.SELECT_T;
    }

    /** The comparison's result is needed as a number after all. */
    private void settlePending() {
        NumericOps comparison = NumericOps.of(java.util.Objects.requireNonNull(pendingOp));
        pending = null;
        plain.numeric(java.util.Objects.requireNonNull(comparison));
    }

    private boolean locals(AnnotatedInstruction instruction) {
        switch (instruction.opcode()) {
            case LOCAL_GET:
                {
                    int local = (int) instruction.operand(0);
                    char kind = localKinds.charAt(local);
                    m.visitVarInsn(Signatures.load(kind), localSlots[local]);
                    frames.push(kind);
                    return true;
                }
            case LOCAL_TEE:
                m.visitInsn(Signatures.slots(frames.peek()) == 1 ? Opcodes.DUP : Opcodes.DUP2);
                frames.push(frames.peek());
                setLocal((int) instruction.operand(0));
                return true;
            case LOCAL_SET:
                setLocal((int) instruction.operand(0));
                return true;
            default:
                return false;
        }
    }

    private void setLocal(int local) {
        m.visitVarInsn(Signatures.store(frames.pop()), localSlots[local]);
    }

    private boolean control(AnnotatedInstruction instruction) {
        switch (instruction.opcode()) {
            case BLOCK:
                enter(instruction, OpCode.BLOCK);
                return true;
            case LOOP:
                enter(instruction, OpCode.LOOP);
                m.visitLabel(top().label());
                frames.frame();
                return true;
            case IF:
                beginIf(instruction);
                return true;
            case ELSE:
                beginElse();
                return true;
            case TRY_TABLE:
                beginTry(instruction);
                return true;
            case END:
                end();
                return true;
            case BR:
                branch(target((int) instruction.operand(0)));
                dead = true;
                return true;
            case BR_IF:
                branchIf(target((int) instruction.operand(0)));
                return true;
            case BR_TABLE:
                branchTable(instruction);
                dead = true;
                return true;
            case RETURN:
                leave();
                return true;
            case SELECT:
            case SELECT_T:
                select();
                return true;
            case UNREACHABLE:
                Signatures.call(
                        m, Signatures.STATE, "unreachable", "()Ljava/lang/RuntimeException;");
                m.visitInsn(Opcodes.ATHROW);
                dead = true;
                return true;
            case RETURN_CALL:
            case RETURN_CALL_INDIRECT:
                tailCall(instruction);
                return true;
            case THROW:
            case THROW_REF:
                calls.emit(instruction);
                dead = true;
                return true;
            case CALL:
            case CALL_INDIRECT:
                calls.emit(instruction);
                return true;
            default:
                return false;
        }
    }

    /** Keeps the lower of two values if the condition holds, else the upper one. */
    private void select() {
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

    /** A call and a return; the handlers around it are left before the call. */
    private void tailCall(AnnotatedInstruction instruction) {
        List<TryBlock> around = new ArrayList<>();
        for (ControlBlock block : blocks) {
            if (block.tryBlock() != null) {
                around.add(block.tryBlock());
            }
        }
        around.forEach(TryBlock::pause);
        calls.emit(instruction);
        leave();
        around.forEach(TryBlock::resume);
    }

    private ControlBlock top() {
        return blocks.get(blocks.size() - 1);
    }

    private ControlBlock target(int relativeDepth) {
        return blocks.get(blocks.size() - 1 - relativeDepth);
    }

    private ControlBlock enter(AnnotatedInstruction instruction, OpCode op) {
        FunctionType block = layout.blockType(instruction);
        String parameters = Signatures.kinds(block.params());
        ControlBlock entered =
                new ControlBlock(
                        op,
                        parameters,
                        Signatures.kinds(block.returns()),
                        frames.height() - parameters.length(),
                        new Label());
        entered.below(frames.below(entered.height()));
        blocks.add(entered);
        return entered;
    }

    private void beginIf(AnnotatedInstruction instruction) {
        Label otherwise = new Label();
        jumpIf(false, otherwise);
        enter(instruction, OpCode.IF).otherwise(otherwise);
    }

    private void beginElse() {
        ControlBlock block = top();
        if (!dead) {
            jumpTo(block);
        }
        dead = false;
        frames.reset(block.below() + block.parameters());
        m.visitLabel(java.util.Objects.requireNonNull(block.otherwise()));
        frames.frame();
        block.otherwise(null);
    }

    private void beginTry(AnnotatedInstruction instruction) {
        ControlBlock block = enter(instruction, OpCode.TRY_TABLE);
        block.tryBlock(new TryBlock(layout, m, frames, fuel, instruction.catches()));
        java.util.Objects.requireNonNull(block.tryBlock()).begin(block);
    }

    private void end() {
        ControlBlock block = blocks.remove(blocks.size() - 1);
        boolean reached = !dead;
        if (pending != null) {
            settlePending();
        }
        if (block.tryBlock() != null) {
            if (reached) {
                jumpTo(block);
            }
            block.tryBlock().end(blocks);
            reached = false;
        }
        if (block.otherwise() != null) {
            // an `if` without `else`: its parameters are its results
            m.visitLabel(block.otherwise());
            block.target();
        }
        if (block.isTargeted() && !block.isLoop()) {
            m.visitLabel(block.label());
            frames.reset(block.below() + block.results());
            frames.frame();
            reached = true;
        }
        dead = !reached;
        if (blocks.isEmpty() && reached) {
            leave();
        }
    }

    private void leave() {
        calls.leave(type);
        dead = true;
    }

    private void jumpTo(ControlBlock block) {
        block.target();
        m.visitJumpInsn(Opcodes.GOTO, block.label());
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

    private void branchIf(ControlBlock to) {
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
    private void jumpIf(boolean wanted, Label label) {
        if (pending != null) {
            frames.pop(pending.operands());
            pending.jump(m, wanted, label);
            pending = null;
        } else {
            frames.pop();
            m.visitJumpInsn(wanted ? Opcodes.IFNE : Opcodes.IFEQ, label);
        }
    }

    private void branchTable(AnnotatedInstruction instruction) {
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
            m.visitTableSwitchInsn(0, count - 2, other, java.util.Arrays.copyOf(labels, count - 1));
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
