package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.cordon.meter.FunctionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
    private final CodeVisitor m;
    private final OperandFrames frames;
    private final FuelEmitter fuel;
    private final PlainInstructions plain;
    private final CallInstructions calls;
    private final List<ControlBlock> blocks = new ArrayList<>();
    private final FunctionEntry entry;
    private final Branches branches;
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
        this.type = shape.functionType(function);
        this.body = body;
        this.m = new CodeVisitor(m);
        this.frames = new OperandFrames(this.m);
        this.entry = new FunctionEntry(this.m, frames, type, plan, function);
        entry.receive(access != null);
        int stateSlot = entry.stateSlot();
        this.fuel =
                new FuelEmitter(
                        this.m, frames, plan, layout.metered(), stateSlot, entry.fuelSlot());
        MemoryInstructions memory =
                new MemoryInstructions(
                        this.m, frames, fuel, stateSlot, access, layout.classOf(function));
        this.plain = new PlainInstructions(layout, this.m, frames, memory, stateSlot);
        this.calls =
                new CallInstructions(layout, this.m, frames, fuel, stateSlot, entry.depthSlot());
        this.branches = new Branches(this.m, frames, blocks);
        entry.declare(body.localTypes());
        fuel.begin();
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
        if (!consumesCondition(op)) {
            branches.settle(plain);
        }
        fuel.charge(index);
        if (branches.hold(op) || byConstant(index, op)) {
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

    private boolean locals(AnnotatedInstruction instruction) {
        switch (instruction.opcode()) {
            case LOCAL_GET:
                {
                    int local = (int) instruction.operand(0);
                    char kind = entry.kind(local);
                    m.visitVarInsn(Signatures.load(kind), entry.slot(local));
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
        m.visitVarInsn(Signatures.store(frames.pop()), entry.slot(local));
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
                branches.branch((int) instruction.operand(0));
                dead = true;
                return true;
            case BR_IF:
                branches.branchIf((int) instruction.operand(0));
                return true;
            case BR_TABLE:
                branches.table(instruction);
                dead = true;
                return true;
            case RETURN:
                leave();
                return true;
            case SELECT:
            case SELECT_T:
                branches.select();
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
        branches.jumpIf(false, otherwise);
        enter(instruction, OpCode.IF).otherwise(otherwise);
    }

    private void beginElse() {
        ControlBlock block = top();
        if (!dead) {
            branches.jumpTo(block);
        }
        dead = false;
        frames.reset(block.below() + block.parameters());
        m.visitLabel(Objects.requireNonNull(block.otherwise()));
        frames.frame();
        block.otherwise(null);
    }

    private void beginTry(AnnotatedInstruction instruction) {
        ControlBlock block = enter(instruction, OpCode.TRY_TABLE);
        block.tryBlock(new TryBlock(layout, m, frames, fuel, instruction.catches()));
        Objects.requireNonNull(block.tryBlock()).begin(block);
    }

    private void end() {
        ControlBlock block = blocks.remove(blocks.size() - 1);
        boolean reached = !dead;
        branches.settle(plain);
        if (block.tryBlock() != null) {
            if (reached) {
                branches.jumpTo(block);
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
}
