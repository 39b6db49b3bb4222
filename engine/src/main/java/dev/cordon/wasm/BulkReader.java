package dev.cordon.wasm;

import static dev.cordon.wasm.ValueTypes.I32;

/** Reads and checks the instructions that work on a whole memory, table or segment. */
final class BulkReader {
    private final ByteCursor in;
    private final Refusals refusals;
    private final ModuleSpace space;
    private final OperandStack stack;

    BulkReader(ByteCursor in, Refusals refusals, ModuleSpace space, OperandStack stack) {
        this.in = in;
        this.refusals = refusals;
        this.space = space;
        this.stack = stack;
    }

    void requireMemory() {
        if (space.memory == null) {
            throw refusals.invalid("there is no memory");
        }
    }

    void memorySize() {
        memoryIndex();
        stack.push(I32);
    }

    void memoryGrow() {
        memoryIndex();
        stack.pop(I32);
        stack.push(I32);
    }

    private void memoryIndex() {
        if (in.index() != 0) {
            throw refusals.unsupported(Proposal.MULTI_MEMORY);
        }
        requireMemory();
    }

    byte tableType() {
        space.proposals.add(Proposal.REFERENCE_TYPES);
        return space.tableTypes.get(table());
    }

    private int table() {
        int table = in.index();
        if (table >= space.tables.size()) {
            throw refusals.invalid("there is no table " + table);
        }
        return table;
    }

    /** What follows the prefix 0xfc. */
    void instruction() {
        int operation = in.index();
        if (operation < 8) {
            space.proposals.add(Proposal.SATURATING_CONVERSIONS);
            stack.pop(NumericOps.saturatingOperand(operation));
            stack.push(NumericOps.saturatingResult(operation));
            return;
        }
        space.proposals.add(operation < 15 ? Proposal.BULK_MEMORY : Proposal.REFERENCE_TYPES);
        switch (operation) {
            case 8 -> {
                dataIndex();
                memoryIndex();
                popThree();
            }
            case 9 -> dataIndex();
            case 10 -> {
                memoryIndex();
                memoryIndex();
                popThree();
            }
            case 11 -> {
                memoryIndex();
                popThree();
            }
            case 12 -> tableInit();
            case 13 -> elementType();
            case 14 -> tableCopy();
            case 15 -> tableGrow();
            case 16 -> {
                table();
                stack.push(I32);
            }
            case 17 -> tableFill();
            default -> throw unknown(operation);
        }
    }

    private RuntimeException unknown(int operation) {
        if (operation >= 19 && operation <= 22) {
            return refusals.unsupported(Proposal.WIDE_ARITHMETIC);
        }
        return refusals.malformed("there is no instruction 0xfc " + operation, in.position());
    }

    private void popThree() {
        stack.pop(I32);
        stack.pop(I32);
        stack.pop(I32);
    }

    private void dataIndex() {
        int segment = in.index();
        if (space.dataCount < 0) {
            throw refusals.malformed("it needs a data count section", in.position());
        }
        if (segment >= space.dataCount) {
            throw refusals.invalid("there is no data segment " + segment);
        }
    }

    private byte elementType() {
        int segment = in.index();
        if (segment >= space.elementTypes.size()) {
            throw refusals.invalid("there is no element segment " + segment);
        }
        return space.elementTypes.get(segment);
    }

    private void tableInit() {
        byte elements = elementType();
        requireSame(space.tableTypes.get(table()), elements);
        popThree();
    }

    private void tableCopy() {
        byte to = space.tableTypes.get(table());
        byte from = space.tableTypes.get(table());
        requireSame(to, from);
        popThree();
    }

    private void requireSame(byte to, byte from) {
        if (to != from) {
            throw refusals.invalid(
                    "it copies " + ValueTypes.name(from) + " to a table of " + ValueTypes.name(to));
        }
    }

    private void tableGrow() {
        byte type = space.tableTypes.get(table());
        stack.pop(I32);
        stack.pop(type);
        stack.push(I32);
    }

    private void tableFill() {
        byte type = space.tableTypes.get(table());
        stack.pop(I32);
        stack.pop(type);
        stack.pop(I32);
    }
}
