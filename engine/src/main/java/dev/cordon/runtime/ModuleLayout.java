package dev.cordon.runtime;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.TagType;
import com.dylibso.chicory.wasm.types.ValType;

/** Which generated class holds which function, and what instructions need to know of the module. */
final class ModuleLayout {
    static final String PACKAGE = "dev/cordon/generated/";

    /** A class is linked as a whole, so small groups keep the first call of a large module fast. */
    static final int GROUP = 64;

    /** A function this large gets a class to itself: it may turn out too large for a method. */
    static final int LARGE = 2_500;

    private final GuestShape shape;
    private final boolean metered;
    private final boolean[] large;

    ModuleLayout(GuestShape shape, boolean metered) {
        this.shape = shape;
        this.metered = metered;
        WasmModule module = shape.module();
        this.large = new boolean[module.codeSection().functionBodyCount()];
        for (int i = 0; i < large.length; i++) {
            large[i] = size(module.codeSection().getFunctionBody(i)) > LARGE;
        }
    }

    /** Instructions, with the entries of branch tables counted as what they are. */
    private static int size(FunctionBody body) {
        int size = body.localTypes().size() / 2;
        for (AnnotatedInstruction instruction : body.instructions()) {
            size += instruction.opcode() == OpCode.BR_TABLE ? instruction.operandCount() : 1;
        }
        return size;
    }

    GuestShape shape() {
        return shape;
    }

    boolean metered() {
        return metered;
    }

    boolean isLarge(int function) {
        int defined = function - shape.importedFunctions();
        return defined >= 0 && large[defined];
    }

    int group(int function) {
        return function / GROUP;
    }

    int groups() {
        return (shape.functions() + GROUP - 1) / GROUP;
    }

    /** Functions of a group, the large ones among them. */
    int[] functionsOf(int group) {
        int from = group * GROUP;
        return java.util.stream.IntStream.range(from, Math.min(from + GROUP, shape.functions()))
                .toArray();
    }

    String classOf(int function) {
        return PACKAGE + (isLarge(function) ? "Large" + function : "Code" + group(function));
    }

    String classOfIndirect(int canonicalType) {
        return PACKAGE + "Indirect" + canonicalType;
    }

    FunctionType blockType(Instruction instruction) {
        long id = instruction.operand(0);
        if (id == 0x40) {
            return FunctionType.empty();
        }
        if (ValType.isValid(id)) {
            return FunctionType.returning(
                    ValType.builder().fromId(id).build().resolve(shape.module().typeSection()));
        }
        return shape.type((int) id);
    }

    FunctionType tagType(int tag) {
        TagType type = shape.module().tagSection().orElseThrow().getTag(tag - importedTags());
        return shape.type(type.typeIdx());
    }

    private int importedTags() {
        return shape.module().importSection().count(ExternalType.TAG);
    }

    char globalKind(int global) {
        return Signatures.kind(shape.module().globalSection().getGlobal(global).valueType());
    }
}
