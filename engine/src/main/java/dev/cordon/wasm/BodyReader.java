package dev.cordon.wasm;

import static dev.cordon.wasm.ValueTypes.F32;
import static dev.cordon.wasm.ValueTypes.F64;
import static dev.cordon.wasm.ValueTypes.FUNCREF;
import static dev.cordon.wasm.ValueTypes.I32;
import static dev.cordon.wasm.ValueTypes.I64;
import static dev.cordon.wasm.ValueTypes.UNKNOWN;

/** Reads and checks the instructions of one function after the other. */
final class BodyReader {
    private final ByteCursor in;
    private final Refusals refusals;
    private final ModuleSpace space;
    private final OperandSteps steps;
    private final OperandStack stack;
    private final ControlReader control;
    private final BulkReader bulk;
    private final ModuleVisitor visitor;
    private byte[] locals = Signature.NONE;
    private int localCount;

    BodyReader(
            ByteCursor in,
            Refusals refusals,
            ModuleSpace space,
            OperandSteps steps,
            ModuleVisitor visitor) {
        this.in = in;
        this.refusals = refusals;
        this.space = space;
        this.steps = steps;
        this.stack = new OperandStack(refusals, steps);
        this.control = new ControlReader(in, refusals, space, stack, steps);
        this.bulk = new BulkReader(in, refusals, space, stack);
        this.visitor = visitor;
    }

    /** Reads up to the end of the body and says how many instructions there are. */
    int read(Signature type, byte[] localTypes, int count) {
        locals = localTypes;
        localCount = count;
        stack.start(type);
        int instructions = 0;
        while (stack.depth() > 0) {
            int start = in.position();
            refusals.atInstruction(start);
            int opcode = in.u8();
            instruction(opcode);
            visitor.instruction(opcode, start, in.position());
            instructions++;
        }
        if (!in.atEnd()) {
            throw refusals.malformed("it has " + in.left() + " bytes too many", in.position());
        }
        return instructions;
    }

    private void instruction(int opcode) {
        if (opcode >= NumericOps.FIRST && opcode <= NumericOps.LAST) {
            numeric(opcode);
        } else if (opcode >= 0x20 && opcode <= 0x26) {
            variable(opcode);
        } else if (opcode >= NumericOps.FIRST_LOAD && opcode <= NumericOps.LAST_STORE) {
            access(opcode);
        } else if (opcode < 0x1a || opcode == 0x1f) {
            control.instruction(opcode);
        } else {
            other(opcode);
        }
    }

    private void numeric(int opcode) {
        byte operand = NumericOps.operand(opcode);
        stack.pop(operand);
        if (NumericOps.operands(opcode) == 2) {
            stack.pop(operand);
        }
        stack.push(NumericOps.result(opcode));
        if (opcode >= NumericOps.FIRST_SIGN_EXTENSION) {
            space.proposals.add(Proposal.SIGN_EXTENSION);
        }
    }

    private void access(int opcode) {
        bulk.requireMemory();
        int flags = in.index();
        if ((flags & 0x40) != 0) {
            throw refusals.unsupported(Proposal.MULTI_MEMORY);
        }
        if (flags > NumericOps.alignment(opcode)) {
            throw refusals.invalid("its alignment 2^" + flags + " is more than natural");
        }
        in.u32();
        if (opcode < NumericOps.FIRST_STORE) {
            stack.pop(I32);
            stack.push(NumericOps.accessed(opcode));
        } else {
            stack.pop(NumericOps.accessed(opcode));
            stack.pop(I32);
        }
    }

    private void variable(int opcode) {
        switch (opcode) {
            case 0x20 -> stack.push(local());
            case 0x21 -> stack.pop(local());
            case 0x22 -> {
                byte type = local();
                stack.pop(type);
                stack.push(type);
            }
            case 0x23 -> stack.push(space.globalTypes.get(global()));
            case 0x24 -> {
                int global = global();
                if (!space.mutableGlobals.get(global)) {
                    throw refusals.invalid("it sets global " + global + ", which is a constant");
                }
                stack.pop(space.globalTypes.get(global));
            }
            case 0x25 -> {
                byte type = bulk.tableType();
                stack.pop(I32);
                stack.push(type);
            }
            default -> {
                stack.pop(bulk.tableType());
                stack.pop(I32);
            }
        }
    }

    private byte local() {
        int index = in.index();
        if (index >= localCount) {
            throw refusals.invalid("there is no local " + index);
        }
        return locals[index];
    }

    private int global() {
        int index = in.index();
        if (index >= space.globals()) {
            throw refusals.invalid("there is no global " + index);
        }
        return index;
    }

    private void other(int opcode) {
        switch (opcode) {
            case 0x1a -> stack.pop();
            case 0x1b -> select();
            case 0x1c -> typedSelect();
            case 0x3f -> bulk.memorySize();
            case 0x40 -> bulk.memoryGrow();
            case 0x41 -> {
                in.signed(32);
                stack.push(I32);
            }
            case 0x42 -> {
                in.signed(64);
                stack.push(I64);
            }
            case 0x43 -> {
                in.skip(4);
                stack.push(F32);
            }
            case 0x44 -> {
                in.skip(8);
                stack.push(F64);
            }
            case 0xd0 -> {
                space.proposals.add(Proposal.REFERENCE_TYPES);
                stack.push(ConstantReader.heapType(in, refusals));
            }
            case 0xd1 -> isNull();
            case 0xd2 -> functionReference();
            case 0xfc -> bulk.instruction();
            default -> throw control.refuse(opcode);
        }
    }

    private void select() {
        stack.pop(I32);
        byte second = stack.pop();
        byte first = stack.pop();
        if (ValueTypes.reference(first) || ValueTypes.reference(second)) {
            throw refusals.invalid("`select` of references must name their type");
        }
        if (first != second && first != UNKNOWN && second != UNKNOWN) {
            throw refusals.invalid(
                    "`select` has " + ValueTypes.name(first) + " and " + ValueTypes.name(second));
        }
        stack.push(first == UNKNOWN ? second : first);
    }

    private void typedSelect() {
        space.proposals.add(Proposal.REFERENCE_TYPES);
        int count = in.index();
        if (count != 1) {
            throw refusals.invalid("`select` names " + count + " types instead of one");
        }
        byte type = in.valueType();
        stack.pop(I32);
        stack.pop(type);
        stack.pop(type);
        stack.push(type);
    }

    private void isNull() {
        byte type = stack.pop();
        if (!ValueTypes.reference(type) && type != UNKNOWN) {
            throw refusals.invalid("it needs a reference and finds " + ValueTypes.name(type));
        }
        stack.push(I32);
    }

    private void functionReference() {
        space.proposals.add(Proposal.REFERENCE_TYPES);
        int function = in.index();
        if (function >= space.functions()) {
            throw refusals.invalid("there is no function " + function);
        }
        if (!space.referable.get(function)) {
            throw refusals.invalid(
                    "it refers to function "
                            + function
                            + ", which no export, element or global names");
        }
        steps.operands(space.signature(function).size());
        stack.push(FUNCREF);
    }
}
