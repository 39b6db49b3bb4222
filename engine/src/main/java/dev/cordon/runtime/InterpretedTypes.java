package dev.cordon.runtime;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.TagImport;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.ArrayList;
import java.util.List;

/** The types of one module's functions, tags and blocks, by index. Immutable. */
final class InterpretedTypes {
    private static final int NO_TYPE = 0x40;

    private final WasmModule module;
    private final List<FunctionType> imported = new ArrayList<>();
    private final List<FunctionType> tags = new ArrayList<>();

    InterpretedTypes(WasmModule module) {
        this.module = module;
        for (int i = 0; i < module.importSection().importCount(); i++) {
            Import item = module.importSection().getImport(i);
            if (item instanceof FunctionImport function) {
                imported.add(ofIndex(function.typeIndex()));
            } else if (item instanceof TagImport tag) {
                tags.add(ofIndex(tag.tagType().typeIdx()));
            }
        }
        module.tagSection()
                .ifPresent(
                        section -> {
                            for (int i = 0; i < section.tagCount(); i++) {
                                tags.add(ofIndex(section.getTag(i).typeIdx()));
                            }
                        });
    }

    /** How many functions are imported; they have the lowest indices. */
    int imports() {
        return imported.size();
    }

    FunctionBody body(int function) {
        return module.codeSection().getFunctionBody(function - imports());
    }

    FunctionType ofFunction(int function) {
        return function < imports()
                ? imported.get(function)
                : module.functionSection()
                        .getFunctionType(function - imports(), module.typeSection());
    }

    FunctionType ofTag(int tag) {
        return tags.get(tag);
    }

    FunctionType ofIndex(int type) {
        return module.typeSection().getType(type);
    }

    /** The type of a block, from the instruction that opens it. */
    FunctionType ofBlock(AnnotatedInstruction instruction) {
        long operand = instruction.operand(0);
        if (operand == NO_TYPE) {
            return FunctionType.empty();
        }
        if (ValType.isValid(operand)) {
            return FunctionType.returning(ValType.builder().fromId(operand).build());
        }
        return ofIndex((int) operand);
    }
}
