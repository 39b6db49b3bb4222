package dev.cordon.runtime;

import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.WasmModule;
import dev.cordon.meter.FunctionPlan;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Executes functions instruction by instruction, with the results and the charges of compiled code.
 *
 * <p>Functions are decoded when they are first called. Thread-safe: what it keeps is the module's
 * and never an instance's.
 */
final class Interpreter extends GuestCode {
    private final FunctionPlan[] plans;
    private final @Nullable GuestCode compiled;
    private final BitSet interpreted;
    private final InterpretedTypes types;
    private final AtomicReferenceArray<@Nullable InterpretedFunction> decoded;

    /**
     * An interpreter for some or all functions of a module.
     *
     * @param module the validated module
     * @param plans what each function of the code section pays, in its order
     * @param compiled where the other functions are, or null if all are interpreted
     * @param interpreted indices, imports first, of the functions that are not compiled
     */
    Interpreter(
            WasmModule module,
            FunctionPlan[] plans,
            @Nullable GuestCode compiled,
            BitSet interpreted) {
        this.plans = plans.clone();
        this.compiled = compiled;
        this.interpreted = (BitSet) interpreted.clone();
        this.types = new InterpretedTypes(module);
        this.decoded = new AtomicReferenceArray<>(plans.length);
    }

    @Override
    public long[] call(int function, long[] args, GuestState s, int depth) {
        InterpretedFunction own = own(function);
        if (own == null) {
            return elsewhere(function, args, s, depth);
        }
        return own.resultsOf(activate(function, own, own.frame(args, 0), s, depth));
    }

    /**
     * Runs a function, and leaves its name behind when it traps: the JVM's stack does not have it.
     */
    private long[] activate(
            int function, InterpretedFunction own, long[] frame, GuestState s, int depth) {
        try {
            return run(own, frame, s, depth);
        } catch (WasmException e) {
            throw e;
        } catch (ChicoryException | Trap | IndexOutOfBoundsException | ArithmeticException e) {
            s.trapped.add(function);
            throw e;
        }
    }

    private long[] elsewhere(int function, long[] args, GuestState s, int depth) {
        if (function < types.imports() || compiled == null) {
            return GuestState.callHost(args, function, s, depth);
        }
        return compiled.call(function, args, s, depth);
    }

    /** The function if it is interpreted here, or null. */
    private @Nullable InterpretedFunction own(int function) {
        int defined = function - types.imports();
        if (defined < 0) {
            return null;
        }
        InterpretedFunction known = decoded.get(defined);
        if (known == null && (compiled == null || interpreted.get(function))) {
            known = InterpretedDecoder.decode(function, types, plans[defined]);
            decoded.set(defined, known); // another thread's would be the same
        }
        return known;
    }

    /** Calls a function with the operands from {@code base} on and puts the results there. */
    private void invoke(
            int function, long[] st, int base, int signature, int[] code, GuestState s, int depth) {
        int parameters = code[signature];
        InterpretedFunction own = own(function);
        long[] results =
                own != null
                        ? activate(function, own, own.frame(st, base), s, depth)
                        : elsewhere(
                                function,
                                Arrays.copyOfRange(st, base, base + parameters),
                                s,
                                depth);
        System.arraycopy(results, 0, st, base, code[signature + 1]);
    }

    /** Moves {@code count} operands below {@code sp} to {@code slot}. */
    private static int move(
            long[] st, @Nullable Object @Nullable [] refs, int sp, int count, int slot) {
        if (count != 0) {
            System.arraycopy(st, sp - count, st, slot, count);
            if (refs != null) {
                System.arraycopy(refs, sp - count, refs, slot, count);
            }
        }
        return slot + count;
    }

    /** Puts what a clause asks for on the stack and gives the new {@code sp}. */
    private static int caught(
            InterpretedHandlers.Clause clause,
            WasmException e,
            long[] st,
            @Nullable Object @Nullable [] refs) {
        int sp = clause.slot;
        if (clause.tag >= 0) {
            System.arraycopy(e.args(), 0, st, sp, e.args().length);
            sp += e.args().length;
        }
        if (clause.withReference && refs != null) {
            st[sp] = 0;
            refs[sp] = e;
            sp++;
        }
        return sp;
    }

    private static WasmException thrown(int tag, int count, long[] st, int sp, GuestState s) {
        return GuestState.exception(Arrays.copyOfRange(st, sp - count, sp), tag, s);
    }

    private static int pick(int[] code, int pc, long operand) {
        int last = code[pc];
        int n = Integer.compareUnsigned((int) operand, last) < 0 ? (int) operand : last;
        return pc + 2 + 2 * n;
    }

    private static WasmException again(@Nullable Object @Nullable [] refs, int slot) {
        return GuestState.rethrown(refs == null ? null : (WasmException) refs[slot]);
    }

    private static long unsigned(long value) {
        return value & 0xFFFF_FFFFL;
    }

    /** What instructions do to both arrays where exception references occur. */
    private static int both(
            int op, int local, long[] st, @Nullable Object @Nullable [] refs, int sp) {
        if (refs == null) {
            throw new IllegalStateException("no place for exception references");
        }
        switch (op) {
            case InterpretedOps.LOCAL_GET_BOTH -> {
                st[sp] = st[local];
                refs[sp] = refs[local];
                return sp + 1;
            }
            case InterpretedOps.LOCAL_SET_BOTH, InterpretedOps.LOCAL_TEE_BOTH -> {
                st[local] = st[sp - 1];
                refs[local] = refs[sp - 1];
                return op == InterpretedOps.LOCAL_SET_BOTH ? sp - 1 : sp;
            }
            case InterpretedOps.SELECT_BOTH -> {
                if ((int) st[sp - 1] == 0) {
                    st[sp - 3] = st[sp - 2];
                    refs[sp - 3] = refs[sp - 2];
                }
                return sp - 2;
            }
            default -> {
                st[sp] = InterpretedLayout.NULL;
                refs[sp] = null;
                return sp + 1;
            }
        }
    }

    private static void settle(InterpretedFunction f, GuestState s) {
        if (f.settles) {
            GuestState.settle(s);
        }
    }

    /** Runs a function in its frame; the results are the first slots of the array it gives. */
    private long[] run(InterpretedFunction f, long[] st, GuestState s, int caller) {
        int depth = caller - f.depthUnits;
        if (depth < 0 && f.depthUnits > 0) {
            return GuestState.deeper(Arrays.copyOf(st, f.parameters), f.index, s, caller);
        }
        @Nullable Object @Nullable [] refs = f.holdsExceptions ? new Object[st.length] : null;
        int[] code = f.code;
        int pc = 0;
        int sp = f.locals;
        while (true) {
            try {
                while (true) {
                    int op = code[pc++];
                    switch (op) {
                        case InterpretedOps.PAY -> GuestState.pay(s, code[pc++]);
                        case InterpretedOps.PAY_CHECKED -> GuestState.payChecked(s, code[pc++]);
                        case InterpretedOps.JUMP -> pc = code[pc];
                        case InterpretedOps.JUMP_IF -> pc = (int) st[--sp] != 0 ? code[pc] : pc + 1;
                        case InterpretedOps.JUMP_UNLESS ->
                                pc = (int) st[--sp] == 0 ? code[pc] : pc + 1;
                        case InterpretedOps.JUMP_MOVE -> {
                            sp = move(st, refs, sp, code[pc + 1], code[pc + 2]);
                            pc = code[pc];
                        }
                        case InterpretedOps.JUMP_MOVE_IF -> {
                            if ((int) st[--sp] != 0) {
                                sp = move(st, refs, sp, code[pc + 1], code[pc + 2]);
                                pc = code[pc];
                            } else {
                                pc += 3;
                            }
                        }
                        case InterpretedOps.BR_TABLE -> {
                            int target = pick(code, pc, st[--sp]);
                            sp = move(st, refs, sp, code[pc + 1], code[target + 1]);
                            pc = code[target];
                        }
                        case InterpretedOps.CALL -> {
                            int base = sp - code[pc + 2];
                            sp = base + code[pc + 3];
                            pc += 4;
                            invoke(code[pc - 4], st, base, pc - 2, code, s, depth);
                        }
                        case InterpretedOps.CALL_INDIRECT -> {
                            int type = s.shape.canonicalTypeOfTypeIndex(code[pc]);
                            int target = GuestState.indirect((int) st[--sp], code[pc + 1], type, s);
                            int base = sp - code[pc + 2];
                            sp = base + code[pc + 3];
                            pc += 4;
                            invoke(target, st, base, pc - 2, code, s, depth);
                        }
                        case InterpretedOps.RETURN -> {
                            settle(f, s);
                            System.arraycopy(st, sp - f.results, st, 0, f.results);
                            return st;
                        }
                        case InterpretedOps.UNREACHABLE -> throw GuestState.unreachable();
                        case InterpretedOps.THROW -> {
                            settle(f, s);
                            throw thrown(code[pc], code[pc + 1], st, sp, s);
                        }
                        case InterpretedOps.THROW_REF -> {
                            WasmException exception = again(refs, sp - 1);
                            settle(f, s);
                            throw exception;
                        }
                        case InterpretedOps.DROP -> sp--;
                        case InterpretedOps.SELECT -> {
                            sp -= 2;
                            st[sp - 1] = (int) st[sp + 1] != 0 ? st[sp - 1] : st[sp];
                        }
                        case InterpretedOps.LOCAL_GET -> st[sp++] = st[code[pc++]];
                        case InterpretedOps.LOCAL_SET -> st[code[pc++]] = st[--sp];
                        case InterpretedOps.LOCAL_TEE -> st[code[pc++]] = st[sp - 1];
                        case InterpretedOps.GLOBAL_GET -> st[sp++] = s.globals[code[pc++]];
                        case InterpretedOps.GLOBAL_SET -> s.globals[code[pc++]] = st[--sp];
                        case InterpretedOps.I32_CONST, InterpretedOps.REF_FUNC ->
                                st[sp++] = code[pc++];
                        case InterpretedOps.I64_CONST -> {
                            st[sp++] = ((long) code[pc] << 32) | (code[pc + 1] & 0xFFFF_FFFFL);
                            pc += 2;
                        }
                        case InterpretedOps.REF_NULL -> st[sp++] = InterpretedLayout.NULL;
                        case InterpretedOps.REF_IS_NULL ->
                                st[sp - 1] = st[sp - 1] == InterpretedLayout.NULL ? 1 : 0;
                        case InterpretedOps.LOCAL_GET_BOTH,
                                InterpretedOps.LOCAL_SET_BOTH,
                                InterpretedOps.LOCAL_TEE_BOTH,
                                InterpretedOps.SELECT_BOTH,
                                InterpretedOps.REF_NULL_BOTH -> {
                            sp = both(op, code[pc], st, refs, sp);
                            pc += op < InterpretedOps.SELECT_BOTH ? 1 : 0;
                        }
                        case InterpretedOps.I32_ADD -> st[--sp - 1] = (int) (st[sp - 1] + st[sp]);
                        case InterpretedOps.I32_SUB -> st[--sp - 1] = (int) (st[sp - 1] - st[sp]);
                        case InterpretedOps.I32_MUL -> st[--sp - 1] = (int) (st[sp - 1] * st[sp]);
                        case InterpretedOps.I32_AND -> st[--sp - 1] = st[sp - 1] & st[sp];
                        case InterpretedOps.I32_OR -> st[--sp - 1] = st[sp - 1] | st[sp];
                        case InterpretedOps.I32_XOR -> st[--sp - 1] = st[sp - 1] ^ st[sp];
                        case InterpretedOps.I64_ADD -> st[--sp - 1] = st[sp - 1] + st[sp];
                        case InterpretedOps.I64_SUB -> st[--sp - 1] = st[sp - 1] - st[sp];
                        case InterpretedOps.I64_AND -> st[--sp - 1] = st[sp - 1] & st[sp];
                        case InterpretedOps.I64_OR -> st[--sp - 1] = st[sp - 1] | st[sp];
                        case InterpretedOps.I64_XOR -> st[--sp - 1] = st[sp - 1] ^ st[sp];
                        case InterpretedOps.I32_SHL ->
                                st[--sp - 1] = (long) ((int) st[sp - 1] << (int) st[sp]);
                        case InterpretedOps.I32_SHR_S ->
                                st[--sp - 1] = (int) st[sp - 1] >> (int) st[sp];
                        case InterpretedOps.I32_SHR_U ->
                                st[--sp - 1] = (long) ((int) st[sp - 1] >>> (int) st[sp]);
                        case InterpretedOps.I64_SHL -> st[--sp - 1] = st[sp - 1] << st[sp];
                        case InterpretedOps.I64_SHR_S -> st[--sp - 1] = st[sp - 1] >> st[sp];
                        case InterpretedOps.I64_SHR_U -> st[--sp - 1] = st[sp - 1] >>> st[sp];
                        case InterpretedOps.I32_EQZ -> st[sp - 1] = (int) st[sp - 1] == 0 ? 1 : 0;
                        case InterpretedOps.I32_EQ ->
                                st[--sp - 1] = (int) st[sp - 1] == (int) st[sp] ? 1 : 0;
                        case InterpretedOps.I32_NE ->
                                st[--sp - 1] = (int) st[sp - 1] != (int) st[sp] ? 1 : 0;
                        case InterpretedOps.I32_LT_S ->
                                st[--sp - 1] = (int) st[sp - 1] < (int) st[sp] ? 1 : 0;
                        case InterpretedOps.I32_GT_S ->
                                st[--sp - 1] = (int) st[sp - 1] > (int) st[sp] ? 1 : 0;
                        case InterpretedOps.I32_LE_S ->
                                st[--sp - 1] = (int) st[sp - 1] <= (int) st[sp] ? 1 : 0;
                        case InterpretedOps.I32_GE_S ->
                                st[--sp - 1] = (int) st[sp - 1] >= (int) st[sp] ? 1 : 0;
                        case InterpretedOps.I32_LT_U ->
                                st[--sp - 1] = unsigned(st[sp - 1]) < unsigned(st[sp]) ? 1 : 0;
                        case InterpretedOps.I32_GT_U ->
                                st[--sp - 1] = unsigned(st[sp - 1]) > unsigned(st[sp]) ? 1 : 0;
                        case InterpretedOps.I32_LE_U ->
                                st[--sp - 1] = unsigned(st[sp - 1]) <= unsigned(st[sp]) ? 1 : 0;
                        case InterpretedOps.I32_GE_U ->
                                st[--sp - 1] = unsigned(st[sp - 1]) >= unsigned(st[sp]) ? 1 : 0;
                        case InterpretedOps.I32_LOAD,
                                InterpretedOps.F32_LOAD,
                                InterpretedOps.I64_LOAD32_S ->
                                st[sp - 1] = MemoryAccess.loadInt((int) st[sp - 1], code[pc++], s);
                        case InterpretedOps.I64_LOAD, InterpretedOps.F64_LOAD ->
                                st[sp - 1] = MemoryAccess.loadLong((int) st[sp - 1], code[pc++], s);
                        case InterpretedOps.I64_LOAD32_U ->
                                st[sp - 1] =
                                        unsigned(
                                                MemoryAccess.loadInt(
                                                        (int) st[sp - 1], code[pc++], s));
                        case InterpretedOps.I32_LOAD8_S, InterpretedOps.I64_LOAD8_S ->
                                st[sp - 1] = MemoryAccess.loadByte((int) st[sp - 1], code[pc++], s);
                        case InterpretedOps.I32_LOAD8_U, InterpretedOps.I64_LOAD8_U ->
                                st[sp - 1] =
                                        MemoryAccess.loadByte((int) st[sp - 1], code[pc++], s)
                                                & 0xFF;
                        case InterpretedOps.I32_LOAD16_S, InterpretedOps.I64_LOAD16_S ->
                                st[sp - 1] =
                                        MemoryAccess.loadShort((int) st[sp - 1], code[pc++], s);
                        case InterpretedOps.I32_LOAD16_U, InterpretedOps.I64_LOAD16_U ->
                                st[sp - 1] =
                                        MemoryAccess.loadShort((int) st[sp - 1], code[pc++], s)
                                                & 0xFFFF;
                        case InterpretedOps.I32_STORE,
                                InterpretedOps.F32_STORE,
                                InterpretedOps.I64_STORE32 -> {
                            sp -= 2;
                            MemoryAccess.storeInt((int) st[sp], (int) st[sp + 1], code[pc++], s);
                        }
                        case InterpretedOps.I64_STORE, InterpretedOps.F64_STORE -> {
                            sp -= 2;
                            MemoryAccess.storeLong((int) st[sp], st[sp + 1], code[pc++], s);
                        }
                        case InterpretedOps.I32_STORE8, InterpretedOps.I64_STORE8 -> {
                            sp -= 2;
                            MemoryAccess.storeByte((int) st[sp], (int) st[sp + 1], code[pc++], s);
                        }
                        case InterpretedOps.I32_STORE16, InterpretedOps.I64_STORE16 -> {
                            sp -= 2;
                            MemoryAccess.storeShort((int) st[sp], (int) st[sp + 1], code[pc++], s);
                        }
                        case InterpretedOps.MEMORY_SIZE -> st[sp++] = GuestState.memorySize(s);
                        case InterpretedOps.MEMORY_GROW ->
                                st[sp - 1] = GuestState.memoryGrow((int) st[sp - 1], s);
                        default -> {
                            if (InterpretedBulk.handles(op)) {
                                InterpretedBulk.apply(op, code[pc], code[pc + 1], st, sp, s);
                                sp += InterpretedBulk.change(op);
                                pc += 2;
                            } else {
                                sp = InterpretedNumbers.apply(op, st, sp);
                            }
                        }
                    }
                }
            } catch (WasmException e) {
                InterpretedHandlers.Clause clause = f.handlers().find(pc - 1, e);
                if (clause == null) {
                    throw e;
                }
                sp = caught(clause, e, st, refs);
                pc = clause.target;
            }
        }
    }
}
