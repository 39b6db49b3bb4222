package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.CatchOpCode;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.meter.FunctionPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one function of a validated module, in one pass over its body.
 *
 * <p>The height of the operand stack is known at every instruction that can be reached, so every
 * branch gets its final place; instructions that cannot be reached are left out.
 */
final class InterpretedDecoder {
    private static final int EXN = ValType.TypeIdxCode.EXN.code();

    private final InterpretedTypes types;
    private final FunctionPlan plan;
    private final FunctionBody body;
    private final FunctionType type;
    private final boolean both;
    private final int locals;
    private final InterpretedCode out;
    private final List<InterpretedScope> scopes = new ArrayList<>();
    private InterpretedHandlers.@Nullable Block guard;
    private int height;
    private int most;
    private boolean dead;
    private int skipped;

    private InterpretedDecoder(
            InterpretedTypes types, FunctionPlan plan, FunctionBody body, FunctionType type) {
        this.types = types;
        this.plan = plan;
        this.body = body;
        this.type = type;
        this.both = holdsExceptions(body);
        this.locals = type.params().size() + body.localTypes().size();
        this.out = new InterpretedCode(body.instructions().size());
    }

    /** Decodes the function with the given index, imports first. */
    static InterpretedFunction decode(int function, InterpretedTypes types, FunctionPlan plan) {
        FunctionBody body = types.body(function);
        FunctionType type = types.ofFunction(function);
        InterpretedDecoder decoder = new InterpretedDecoder(types, plan, body, type);
        decoder.decodeBody();
        return new InterpretedFunction(
                function,
                plan,
                InterpretedLayout.of(type, body.localTypes(), decoder.most),
                decoder.both,
                decoder.out.code(),
                decoder.out.handlers());
    }

    private static boolean holdsExceptions(FunctionBody body) {
        for (AnnotatedInstruction i : body.instructions()) {
            if (i.opcode() == OpCode.THROW_REF
                    || (i.opcode() == OpCode.REF_NULL && i.operand(0) == EXN)
                    || (i.opcode() == OpCode.TRY_TABLE
                            && i.catches().stream().anyMatch(c -> withReference(c.opcode())))) {
                return true;
            }
        }
        return body.localTypes().stream().anyMatch(t -> t.equals(ValType.ExnRef));
    }

    private static boolean withReference(CatchOpCode op) {
        return op == CatchOpCode.CATCH_REF || op == CatchOpCode.CATCH_ALL_REF;
    }

    private void decodeBody() {
        scopes.add(new InterpretedScope(false, 0, 0, type.returns().size(), null));
        List<AnnotatedInstruction> instructions = body.instructions();
        for (int i = 0; i < instructions.size(); i++) {
            AnnotatedInstruction instruction = instructions.get(i);
            if (dead && !revives(instruction.opcode())) {
                continue;
            }
            if (instruction.opcode() == OpCode.END) {
                close();
            }
            out.place(i);
            if (dead) { // an else behind code that never gets there
                open(reopened());
                continue;
            }
            int units = plan.charge(i);
            if (units != 0) {
                out.add(plan.checked(i) ? InterpretedOps.PAY_CHECKED : InterpretedOps.PAY, units);
            }
            if (!control(instruction)) {
                simple(instruction);
            }
        }
        out.add(InterpretedOps.RETURN);
    }

    /** Whether code can be reached again from an instruction on that itself is behind a jump. */
    private boolean revives(OpCode op) {
        switch (op) {
            case BLOCK:
            case LOOP:
            case IF:
            case TRY_TABLE:
                skipped++;
                return false;
            case ELSE:
                return skipped == 0;
            case END:
                if (skipped == 0) {
                    return true;
                }
                skipped--;
                return false;
            default:
                return false;
        }
    }

    private void close() {
        InterpretedScope scope = scopes.remove(scopes.size() - 1);
        dead = false;
        heightIs(scope.height() + scope.results());
        if (scope.guard() != null) {
            guard = scope.guard().outer;
            out.guard(guard);
        }
    }

    private void open(InterpretedScope scope) {
        dead = false;
        heightIs(scope.height() + scope.parameters());
        scopes.add(scope);
    }

    private InterpretedScope reopened() {
        return scopes.remove(scopes.size() - 1);
    }

    private void open(AnnotatedInstruction i, boolean loop, InterpretedHandlers.@Nullable Block b) {
        FunctionType block = types.ofBlock(i);
        int parameters = block.params().size();
        int results = block.returns().size();
        open(new InterpretedScope(loop, height - parameters, parameters, results, b));
    }

    private void heightIs(int next) {
        height = next;
        most = Math.max(most, next);
    }

    /** Decodes an instruction that moves control; false for any other. */
    private boolean control(AnnotatedInstruction i) {
        switch (i.opcode()) {
            case NOP:
            case END:
                return true;
            case BLOCK:
            case LOOP:
                open(i, i.opcode() == OpCode.LOOP, null);
                return true;
            case IF:
                height--;
                out.add(InterpretedOps.JUMP_UNLESS);
                out.addTarget(i.labelFalse());
                open(i, false, null);
                return true;
            case ELSE:
                out.add(InterpretedOps.JUMP);
                out.addTarget(i.labelTrue());
                open(reopened());
                return true;
            case TRY_TABLE:
                guarded(i);
                return true;
            case BR:
                jump(i, InterpretedOps.JUMP, InterpretedOps.JUMP_MOVE);
                dead = true;
                return true;
            case BR_IF:
                height--;
                jump(i, InterpretedOps.JUMP_IF, InterpretedOps.JUMP_MOVE_IF);
                return true;
            case BR_TABLE:
                table(i);
                dead = true;
                return true;
            default:
                return calls(i) || leaves(i);
        }
    }

    private InterpretedScope label(long depth) {
        return scopes.get(scopes.size() - 1 - (int) depth);
    }

    private void jump(AnnotatedInstruction i, int inPlace, int moving) {
        InterpretedScope scope = label(i.operand(0));
        boolean moves = height - scope.arity() != scope.height();
        out.add(moves ? moving : inPlace);
        out.addTarget(i.labelTrue());
        if (moves) {
            out.add(scope.arity());
            out.add(locals + scope.height());
        }
    }

    private void table(AnnotatedInstruction i) {
        height--;
        int count = i.operandCount();
        out.add(InterpretedOps.BR_TABLE, count - 1, label(i.operand(0)).arity());
        for (int n = 0; n < count; n++) {
            out.addTarget(i.labelTable().get(n));
            out.add(locals + label(i.operand(n)).height());
        }
    }

    private void guarded(AnnotatedInstruction i) {
        List<InterpretedHandlers.Clause> clauses = new ArrayList<>();
        for (CatchOpCode.Catch c : i.catches()) {
            InterpretedHandlers.Clause clause =
                    new InterpretedHandlers.Clause(
                            c.tag(),
                            withReference(c.opcode()),
                            locals + label(c.label()).height(),
                            c.resolvedLabel());
            out.resolveLater(clause);
            clauses.add(clause);
        }
        guard =
                new InterpretedHandlers.Block(
                        clauses.toArray(new InterpretedHandlers.Clause[0]), guard);
        out.guard(guard);
        open(i, false, guard);
    }

    private boolean calls(AnnotatedInstruction i) {
        switch (i.opcode()) {
            case CALL:
                call(InterpretedOps.CALL, types.ofFunction((int) i.operand(0)), i);
                return true;
            case CALL_INDIRECT:
                height--;
                call(InterpretedOps.CALL_INDIRECT, types.ofIndex((int) i.operand(0)), i);
                return true;
            case RETURN_CALL:
                out.guard(null); // the handlers are left before the call
                call(InterpretedOps.CALL, types.ofFunction((int) i.operand(0)), i);
                leave();
                out.guard(guard);
                return true;
            case RETURN_CALL_INDIRECT:
                height--;
                out.guard(null);
                call(InterpretedOps.CALL_INDIRECT, types.ofIndex((int) i.operand(0)), i);
                leave();
                out.guard(guard);
                return true;
            default:
                return false;
        }
    }

    private void call(int op, FunctionType callee, AnnotatedInstruction i) {
        int parameters = callee.params().size();
        int results = callee.returns().size();
        int table = i.operandCount() > 1 ? (int) i.operand(1) : 0;
        out.add(op, (int) i.operand(0), table, parameters, results);
        heightIs(height - parameters + results);
    }

    private void leave() {
        out.add(InterpretedOps.RETURN);
        dead = true;
    }

    private boolean leaves(AnnotatedInstruction i) {
        switch (i.opcode()) {
            case RETURN:
                leave();
                return true;
            case UNREACHABLE:
                out.add(InterpretedOps.UNREACHABLE);
                dead = true;
                return true;
            case THROW:
                int tag = (int) i.operand(0);
                out.add(InterpretedOps.THROW, tag, types.ofTag(tag).params().size());
                dead = true;
                return true;
            case THROW_REF:
                out.add(InterpretedOps.THROW_REF);
                dead = true;
                return true;
            default:
                return false;
        }
    }

    /** Decodes an instruction that only moves operands. */
    private void simple(AnnotatedInstruction i) {
        switch (i.opcode()) {
            case LOCAL_GET:
                local(both ? InterpretedOps.LOCAL_GET_BOTH : InterpretedOps.LOCAL_GET, i, 1);
                break;
            case LOCAL_SET:
                local(both ? InterpretedOps.LOCAL_SET_BOTH : InterpretedOps.LOCAL_SET, i, -1);
                break;
            case LOCAL_TEE:
                local(both ? InterpretedOps.LOCAL_TEE_BOTH : InterpretedOps.LOCAL_TEE, i, 0);
                break;
            case SELECT:
            case SELECT_T:
                out.add(both ? InterpretedOps.SELECT_BOTH : InterpretedOps.SELECT);
                heightIs(height - 2);
                break;
            case REF_NULL:
                out.add(both ? InterpretedOps.REF_NULL_BOTH : InterpretedOps.REF_NULL);
                heightIs(height + 1);
                break;
            case I64_CONST:
            case F64_CONST:
                out.addLong(InterpretedOps.I64_CONST, i.operand(0));
                heightIs(height + 1);
                break;
            case I32_CONST:
            case F32_CONST:
                local(InterpretedOps.I32_CONST, i, 1);
                break;
            case GLOBAL_GET:
            case REF_FUNC:
                local(i.opcode().opcode(), i, 1);
                break;
            case GLOBAL_SET:
                local(i.opcode().opcode(), i, -1);
                break;
            default:
                other(i);
        }
    }

    private void local(int op, AnnotatedInstruction i, int change) {
        out.add(op, (int) i.operand(0));
        heightIs(height + change);
    }

    private void other(AnnotatedInstruction i) {
        int op = InterpretedOps.number(i.opcode());
        if (op >= InterpretedOps.I32_LOAD && op <= InterpretedOps.I64_STORE32) {
            long offset = i.operand(1);
            out.add(op, (int) Math.min(offset, MemoryAccess.FAR));
            heightIs(op < InterpretedOps.I32_STORE ? height : height - 2);
        } else if (InterpretedBulk.handles(op)) {
            int first = i.operandCount() > 0 ? (int) i.operand(0) : 0;
            int second = i.operandCount() > 1 ? (int) i.operand(1) : 0;
            out.add(op, first, second);
            heightIs(height + InterpretedBulk.change(op));
        } else {
            out.add(op);
            heightIs(height + change(op));
        }
    }

    private static int change(int op) {
        if (op == InterpretedOps.MEMORY_SIZE) {
            return 1;
        }
        return op == InterpretedOps.DROP || InterpretedNumbers.binary(op) ? -1 : 0;
    }
}
