package dev.cordon.wasm;

/** Reads the element and data sections. */
final class SegmentReader {
    private final ByteCursor in;
    private final Refusals refusals;
    private final ModuleSpace space;
    private final ConstantReader constants;
    private final OperandSteps steps;
    private final ModuleVisitor visitor;
    private long elements;

    SegmentReader(
            ByteCursor in,
            Refusals refusals,
            ModuleSpace space,
            ConstantReader constants,
            OperandSteps steps,
            ModuleVisitor visitor) {
        this.in = in;
        this.refusals = refusals;
        this.space = space;
        this.constants = constants;
        this.steps = steps;
        this.visitor = visitor;
    }

    void elements() {
        int count = in.count(3, "element segments", ModuleLimits.MAX_ELEMENT_SEGMENTS);
        for (int i = 0; i < count; i++) {
            element();
        }
    }

    private void element() {
        int start = in.position();
        int flags = in.index();
        if (flags > 7) {
            throw refusals.malformed(flags + " is no kind of element segment", start);
        }
        boolean active = (flags & 1) == 0;
        boolean explicit = (flags & 2) != 0;
        boolean expressions = (flags & 4) != 0;
        if (!active) {
            space.proposals.add(Proposal.BULK_MEMORY);
        }
        int table = active ? activeTable(explicit) : -1;
        int expression = active ? constants.start() : -1;
        byte type = active && !explicit ? ValueTypes.FUNCREF : elementType(expressions);
        if (table >= 0 && space.tableTypes.get(table) != type) {
            throw refusals.invalid(
                    "a segment of "
                            + ValueTypes.name(type)
                            + " is for table "
                            + table
                            + " of "
                            + space.tables.get(table).type());
        }
        space.elementTypes.add(type);
        int count = initialisers(type, expressions);
        if (active) {
            visitor.elements(table, expression, count);
        }
    }

    private int activeTable(boolean explicit) {
        int table = explicit ? in.index() : 0;
        if (table >= space.tables.size()) {
            throw refusals.invalid("there is no table " + table);
        }
        constants.expression(ValueTypes.I32, space.globals());
        return table;
    }

    private byte elementType(boolean expressions) {
        if (expressions) {
            return in.referenceType();
        }
        int start = in.position();
        if (in.u8() != 0) {
            throw refusals.malformed("elements that are no functions", start);
        }
        return ValueTypes.FUNCREF;
    }

    private int initialisers(byte type, boolean expressions) {
        int most = ModuleLimits.MAX_ELEMENTS;
        int count = in.count(expressions ? 2 : 1, "elements", most);
        elements += count;
        if (elements > most) {
            throw refusals.tooMany(elements, "elements", most);
        }
        for (int i = 0; i < count; i++) {
            if (expressions) {
                constants.expression(type, space.globals());
            } else {
                constants.reference(in.index());
            }
        }
        return count;
    }

    int data() {
        int count = in.count(2, "data segments", ModuleLimits.MAX_DATA_SEGMENTS);
        for (int i = 0; i < count; i++) {
            int start = in.position();
            int flags = in.index();
            switch (flags) {
                case 0 -> activeData();
                case 1 -> space.proposals.add(Proposal.BULK_MEMORY);
                case 2 -> {
                    requireFirst(in.index());
                    activeData();
                }
                default -> throw refusals.malformed(flags + " is no kind of data segment", start);
            }
            long size = in.u32();
            int content = in.position();
            in.skip(size);
            visitor.data(flags == 1 ? -1 : constants.start(), content, (int) size);
        }
        return count;
    }

    private void requireFirst(int memory) {
        if (memory != 0) {
            throw refusals.unsupported(Proposal.MULTI_MEMORY);
        }
    }

    private void activeData() {
        if (space.memory == null) {
            throw refusals.invalid("a segment is for a memory, which there is not");
        }
        constants.expression(ValueTypes.I32, space.globals());
        steps.operands(1);
    }
}
