package dev.cordon.wasm;

import static dev.cordon.wasm.ValueTypes.EXNREF;
import static dev.cordon.wasm.ValueTypes.I32;

import dev.cordon.error.CordonException;

/** Reads and checks blocks, branches, calls and exceptions, and names what is not supported. */
final class ControlReader {
    private static final int NO_TYPE = 0x40;
    private static final Signature EMPTY = new Signature(Signature.NONE, Signature.NONE);

    /** For each value type the type of a block that gives one. */
    private static final Signature[] ONE_RESULT = new Signature[0x80];

    static {
        for (int type = 0; type < ONE_RESULT.length; type++) {
            ONE_RESULT[type] = new Signature(Signature.NONE, new byte[] {(byte) type});
        }
    }

    private final ByteCursor in;
    private final Refusals refusals;
    private final ModuleSpace space;
    private final OperandStack stack;
    private final OperandSteps steps;
    private long branchTargets;

    ControlReader(
            ByteCursor in,
            Refusals refusals,
            ModuleSpace space,
            OperandStack stack,
            OperandSteps steps) {
        this.in = in;
        this.refusals = refusals;
        this.space = space;
        this.stack = stack;
        this.steps = steps;
    }

    void instruction(int opcode) {
        switch (opcode) {
            case 0x00 -> stack.endReachable();
            case 0x01 -> {}
            case OperandStack.BLOCK, OperandStack.LOOP -> stack.open(opcode, blockType());
            case OperandStack.IF -> {
                Signature type = blockType();
                stack.pop(I32);
                stack.open(opcode, type);
            }
            case OperandStack.ELSE -> stack.openElse();
            case 0x08 -> doThrow();
            case 0x0a -> {
                space.proposals.add(Proposal.EXCEPTIONS);
                stack.pop(EXNREF);
                stack.endReachable();
            }
            case 0x0b -> stack.close();
            case 0x0c -> {
                stack.popAll(stack.labelTypes(in.index()));
                stack.endReachable();
            }
            case 0x0d -> branchIf();
            case 0x0e -> branchTable();
            case 0x0f -> leave();
            case 0x10 -> call(called());
            case 0x11 -> call(calledIndirectly());
            case 0x12 -> tailCall(called());
            case 0x13 -> tailCall(calledIndirectly());
            case OperandStack.TRY_TABLE -> tryTable();
            default -> throw refuse(opcode);
        }
    }

    /** Says why there is no such instruction here. */
    CordonException refuse(int opcode) {
        return switch (opcode) {
            case 0x06, 0x07, 0x09, 0x18, 0x19 -> refusals.unsupported(Proposal.LEGACY_EXCEPTIONS);
            case 0x14, 0x15, 0xd4, 0xd5, 0xd6 -> refusals.unsupported(Proposal.FUNCTION_REFERENCES);
            case 0xd3, 0xfb -> refusals.unsupported(Proposal.GC);
            case 0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6 ->
                    refusals.unsupported(Proposal.STACK_SWITCHING);
            case 0xfd ->
                    refusals.unsupported(
                            in.index() < 0x100 ? Proposal.SIMD : Proposal.RELAXED_SIMD);
            case 0xfe -> refusals.unsupported(Proposal.THREADS);
            default ->
                    refusals.malformed(
                            "there is no instruction 0x" + ByteCursor.hex(opcode),
                            in.position() - 1);
        };
    }

    private Signature blockType() {
        int start = in.position();
        int first = in.u8();
        if (first == NO_TYPE) {
            return EMPTY;
        }
        in.moveTo(start);
        if (first < 0x80 && first > NO_TYPE) {
            return ONE_RESULT[in.valueType()];
        }
        long index = in.signed(33);
        if (index < 0) {
            throw refusals.malformed("a block has the type " + index, start);
        }
        if (index >= space.types.size()) {
            throw refusals.invalid("there is no type " + index);
        }
        requireUnambiguous((int) index);
        space.proposals.add(Proposal.MULTI_VALUE);
        return space.types.get((int) index);
    }

    /**
     * Chicory 1.7.5 reads a block's type as one unsigned number, so that it takes type 64 for no
     * type and type 127 for {@code i32}: it would run something else than what was signed.
     */
    private void requireUnambiguous(int type) {
        boolean readAsValue =
                type <= 0x7f
                        && (ValueTypes.known((byte) type)
                                || ValueTypes.proposal((byte) type) != null);
        if (type == NO_TYPE || readAsValue) {
            throw refusals.limit(
                    "a block has type "
                            + type
                            + ", which the runtime cannot tell from a value type",
                    "let blocks have one result at most, for example with `-mno-multivalue`, or use"
                            + " fewer than 64 types");
        }
    }

    private void branchIf() {
        stack.pop(I32);
        byte[] types = stack.labelTypes(in.index());
        stack.popAll(types);
        stack.pushAll(types);
        stack.fork();
    }

    private void branchTable() {
        stack.pop(I32);
        int count = in.count(1, "targets of a `br_table`", ModuleLimits.MAX_BRANCH_TARGETS);
        branchTargets += count;
        if (branchTargets > ModuleLimits.MAX_TOTAL_BRANCH_TARGETS) {
            int most = ModuleLimits.MAX_TOTAL_BRANCH_TARGETS;
            throw refusals.tooMany(branchTargets, "targets of all `br_table`", most);
        }
        int arity = -1;
        byte[] types = Signature.NONE;
        for (int i = 0; i <= count; i++) {
            types = stack.labelTypes(in.index());
            if (arity >= 0 && types.length != arity) {
                throw refusals.invalid("targets of a `br_table` take different numbers of values");
            }
            arity = types.length;
            stack.requireOnTop(types);
        }
        stack.popAll(types);
        stack.fork();
        stack.endReachable();
    }

    private void leave() {
        stack.popAll(stack.functionResults());
        stack.endReachable();
    }

    private Signature called() {
        int function = in.index();
        if (function >= space.functions()) {
            throw refusals.invalid("there is no function " + function);
        }
        return space.signature(function);
    }

    private Signature calledIndirectly() {
        int type = in.index();
        int table = in.index();
        if (type >= space.types.size()) {
            throw refusals.invalid("there is no type " + type);
        }
        if (table >= space.tables.size()) {
            throw refusals.invalid("there is no table " + table);
        }
        if (space.tableTypes.get(table) != ValueTypes.FUNCREF) {
            throw refusals.invalid("table " + table + " holds no functions");
        }
        if (table > 0) {
            space.proposals.add(Proposal.REFERENCE_TYPES);
        }
        stack.pop(I32);
        return space.types.get(type);
    }

    private void call(Signature type) {
        stack.popAll(type.parameters());
        stack.pushAll(type.results());
    }

    private void tailCall(Signature type) {
        space.proposals.add(Proposal.TAIL_CALLS);
        if (!java.util.Arrays.equals(type.results(), stack.functionResults())) {
            throw refusals.invalid("a tail call has other results than the function it ends");
        }
        stack.popAll(type.parameters());
        stack.endReachable();
    }

    private Signature tag() {
        int tag = in.index();
        if (tag >= space.tags.size()) {
            throw refusals.invalid("there is no tag " + tag);
        }
        return space.tags.get(tag);
    }

    private void doThrow() {
        space.proposals.add(Proposal.EXCEPTIONS);
        stack.popAll(tag().parameters());
        stack.endReachable();
    }

    private void tryTable() {
        space.proposals.add(Proposal.EXCEPTIONS);
        Signature type = blockType();
        int count = in.count(2, "handlers of a `try_table`", ModuleLimits.MAX_HANDLERS);
        for (int i = 0; i < count; i++) {
            handler();
        }
        stack.open(OperandStack.TRY_TABLE, type);
    }

    private void handler() {
        int start = in.position();
        int kind = in.u8();
        if (kind > 3) {
            throw refusals.malformed(kind + " is no kind of handler", start);
        }
        byte[] caught = kind < 2 ? tag().parameters() : Signature.NONE;
        boolean withReference = (kind & 1) != 0;
        byte[] taken = stack.labelTypes(in.index());
        steps.operands(caught.length + 1);
        stack.fork();
        int given = caught.length + (withReference ? 1 : 0);
        boolean fits = taken.length == given && startsWith(taken, caught);
        if (!fits || (withReference && taken[given - 1] != EXNREF)) {
            throw refusals.invalid("a handler gives other values than its label takes");
        }
    }

    private static boolean startsWith(byte[] all, byte[] head) {
        return java.util.Arrays.equals(all, 0, head.length, head, 0, head.length);
    }
}
