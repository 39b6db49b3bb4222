package dev.cordon.wasm;

/** Reads the code section. */
final class CodeReader {
    private final ByteCursor in;
    private final Refusals refusals;
    private final ModuleSpace space;
    private final BodyReader reader;
    private final ModuleVisitor visitor;
    private byte[] locals = new byte[ModuleLimits.MAX_LOCALS];
    private int localCount;
    private long totalLocals;
    private long totalInstructions;

    CodeReader(
            ByteCursor in,
            Refusals refusals,
            ModuleSpace space,
            OperandSteps steps,
            ModuleVisitor visitor) {
        this.in = in;
        this.refusals = refusals;
        this.space = space;
        this.reader = new BodyReader(in, refusals, space, steps, visitor);
        this.visitor = visitor;
    }

    /** Reads all bodies and says how many there are. */
    int bodies() {
        space.codeOffset = in.position();
        space.codeSize = in.left();
        int sectionEnd = in.end();
        int start = in.position();
        int count = in.count(3, "functions", ModuleLimits.MAX_FUNCTIONS);
        if (count != space.definedFunctions()) {
            throw refusals.malformed(
                    "there are " + count + " bodies for " + space.definedFunctions() + " functions",
                    start);
        }
        space.bodies = new FunctionBodies(count);
        for (int i = 0; i < count; i++) {
            refusals.enterFunction(space.importedFunctions + i);
            body(i);
            in.endAt(sectionEnd);
        }
        refusals.enterSection("code");
        return count;
    }

    private void body(int index) {
        int start = in.position();
        refusals.atInstruction(start);
        long size = in.u32();
        if (size > in.left()) {
            throw refusals.malformed("its " + size + " bytes do not fit in what is left", start);
        }
        if (size > ModuleLimits.MAX_BODY_BYTES) {
            throw refusals.tooMany(size, "bytes of a function", ModuleLimits.MAX_BODY_BYTES);
        }
        int offset = in.position();
        in.endAt(offset + (int) size);
        Signature type = space.signature(space.importedFunctions + index);
        declareLocals(type);
        visitor.function(space.importedFunctions + index, offset, (int) size);
        int instructions = reader.read(type, locals, localCount);
        totalInstructions += instructions;
        if (totalInstructions > ModuleLimits.MAX_INSTRUCTIONS) {
            int most = ModuleLimits.MAX_INSTRUCTIONS;
            throw refusals.limit("the module has more than " + most + " instructions up to here");
        }
        space.bodies.set(index, offset, (int) size, instructions);
    }

    private void declareLocals(Signature type) {
        byte[] parameters = type.parameters();
        System.arraycopy(parameters, 0, locals, 0, parameters.length);
        localCount = parameters.length;
        int groups = in.count(2, "groups of locals", ModuleLimits.MAX_LOCALS);
        for (int i = 0; i < groups; i++) {
            long count = in.u32();
            if (localCount + count > ModuleLimits.MAX_LOCALS) {
                throw refusals.tooMany(localCount + count, "locals", ModuleLimits.MAX_LOCALS);
            }
            byte local = in.valueType();
            java.util.Arrays.fill(locals, localCount, localCount + (int) count, local);
            localCount += (int) count;
        }
        totalLocals += localCount;
        if (totalLocals > ModuleLimits.MAX_TOTAL_LOCALS) {
            throw refusals.limit(
                    "the module has more than "
                            + ModuleLimits.MAX_TOTAL_LOCALS
                            + " locals up to here");
        }
    }
}
