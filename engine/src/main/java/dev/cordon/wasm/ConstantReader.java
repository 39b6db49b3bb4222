package dev.cordon.wasm;

import static dev.cordon.wasm.ValueTypes.EXNREF;
import static dev.cordon.wasm.ValueTypes.EXTERNREF;
import static dev.cordon.wasm.ValueTypes.F32;
import static dev.cordon.wasm.ValueTypes.F64;
import static dev.cordon.wasm.ValueTypes.FUNCREF;
import static dev.cordon.wasm.ValueTypes.I32;
import static dev.cordon.wasm.ValueTypes.I64;

/** Reads and checks the expressions that give globals, offsets and elements their values. */
final class ConstantReader {
    private final ByteCursor in;
    private final Refusals refusals;
    private final ModuleSpace space;
    private final OperandSteps steps;
    private final byte[] operands = new byte[ModuleLimits.MAX_CONSTANT_INSTRUCTIONS + 1];
    private int height;
    private int start;

    ConstantReader(ByteCursor in, Refusals refusals, ModuleSpace space, OperandSteps steps) {
        this.in = in;
        this.refusals = refusals;
        this.space = space;
        this.steps = steps;
    }

    /** An expression of one type that may read the constant ones of the first {@code globals}. */
    void expression(byte type, int globals) {
        height = 0;
        start = in.position();
        for (int count = 0; ; count++) {
            if (count > ModuleLimits.MAX_CONSTANT_INSTRUCTIONS) {
                int most = ModuleLimits.MAX_CONSTANT_INSTRUCTIONS;
                throw refusals.tooMany(count, "instructions of a constant expression", most);
            }
            int at = in.position();
            int opcode = in.u8();
            if (opcode == 0x0b) {
                break;
            }
            instruction(opcode, globals, at);
        }
        if (height != 1 || operands[0] != type) {
            throw refusals.invalid(
                    "a constant expression must give "
                            + ValueTypes.name(type)
                            + " and gives "
                            + (height == 1 ? ValueTypes.name(operands[0]) : height + " values"));
        }
    }

    /** Where the last expression that was read starts. */
    int start() {
        return start;
    }

    private void instruction(int opcode, int globals, int at) {
        switch (opcode) {
            case 0x41 -> {
                in.signed(32);
                push(I32);
            }
            case 0x42 -> {
                in.signed(64);
                push(I64);
            }
            case 0x43 -> {
                in.skip(4);
                push(F32);
            }
            case 0x44 -> {
                in.skip(8);
                push(F64);
            }
            case 0x23 -> global(globals);
            case 0xd0 -> push(heapType(in, refusals));
            case 0xd2 -> function();
            case 0x6a, 0x6b, 0x6c -> binary(I32);
            case 0x7c, 0x7d, 0x7e -> binary(I64);
            case 0xfb -> throw refusals.unsupported(Proposal.GC);
            case 0xfd -> throw refusals.unsupported(Proposal.SIMD);
            default ->
                    throw refusals.invalid(
                            "a constant expression holds the instruction 0x"
                                    + ByteCursor.hex(opcode)
                                    + ", at byte 0x"
                                    + Integer.toHexString(at));
        }
    }

    private void push(byte type) {
        operands[height++] = type;
    }

    private void binary(byte type) {
        space.proposals.add(Proposal.EXTENDED_CONST);
        if (height < 2 || operands[height - 1] != type || operands[height - 2] != type) {
            throw refusals.invalid(
                    "arithmetic in a constant expression needs two " + ValueTypes.name(type));
        }
        height--;
    }

    private void global(int globals) {
        int index = in.index();
        if (index >= globals || space.mutableGlobals.get(index)) {
            throw refusals.invalid(
                    "a constant expression reads global "
                            + index
                            + ", which is not a constant before it");
        }
        push(space.globalTypes.get(index));
    }

    private void function() {
        push(FUNCREF);
        reference(in.index());
    }

    /** Something outside the bodies names a function, so that bodies may refer to it too. */
    void reference(int function) {
        if (function >= space.functions()) {
            throw refusals.invalid("there is no function " + function);
        }
        steps.operands(space.signature(function).size());
        space.referable.set(function);
    }

    /** The type of a null reference. */
    static byte heapType(ByteCursor in, Refusals refusals) {
        int start = in.position();
        byte type = (byte) in.u8();
        if (type == FUNCREF || type == EXTERNREF || type == EXNREF) {
            return type;
        }
        if (type < 0 || type < 0x40) {
            throw refusals.unsupported(Proposal.FUNCTION_REFERENCES);
        }
        Proposal proposal = ValueTypes.proposal(type);
        throw proposal == null
                ? refusals.malformed("0x" + ByteCursor.hex(type) + " is no heap type", start)
                : refusals.unsupported(proposal);
    }
}
