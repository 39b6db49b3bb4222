package dev.cordon.runtime;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.wasm.FunctionNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What all instances of a module have in common besides code: types, segments, limits. Immutable.
 */
final class GuestShape {
    private final String plugin;
    private final WasmModule module;
    private final FunctionNames names;
    private final FunctionType[] types;
    private final int[] canonicalOfType;
    private final int[] typeOfFunction;
    private final int importedFunctions;
    private final DataSegment[] dataSegments;
    private final Element[] elements;
    private final int[] @Nullable [] elementValues;

    GuestShape(String plugin, WasmModule module, FunctionNames names) {
        this.plugin = plugin;
        this.names = names;
        this.module = module;
        this.types = module.typeSection().types();
        this.canonicalOfType = canonical(types);
        this.importedFunctions = module.importSection().count(ExternalType.FUNCTION);
        this.typeOfFunction = typesOfFunctions();
        this.dataSegments = module.dataSection().dataSegments();
        this.elements = module.elementSection().elements();
        this.elementValues = new int[elements.length][];
    }

    private static int[] canonical(FunctionType[] types) {
        Map<List<List<ValType>>, Integer> first = new HashMap<>();
        int[] canonical = new int[types.length];
        for (int i = 0; i < types.length; i++) {
            int number = i;
            canonical[i] =
                    types[i] == null
                            ? i
                            : first.computeIfAbsent(
                                    List.of(types[i].params(), types[i].returns()), t -> number);
        }
        return canonical;
    }

    private int[] typesOfFunctions() {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            if (module.importSection().getImport(i) instanceof FunctionImport) {
                found.add(((FunctionImport) module.importSection().getImport(i)).typeIndex());
            }
        }
        for (int i = 0; i < module.functionSection().functionCount(); i++) {
            found.add(module.functionSection().getFunctionType(i));
        }
        return found.stream().mapToInt(t -> t).toArray();
    }

    String plugin() {
        return plugin;
    }

    WasmModule module() {
        return module;
    }

    /** What a function is called in messages. */
    String functionName(int function) {
        String name = names.name(function);
        return name.isEmpty() ? "func[" + function + "]" : name;
    }

    int importedFunctions() {
        return importedFunctions;
    }

    int functions() {
        return typeOfFunction.length;
    }

    FunctionType type(int index) {
        return types[index];
    }

    FunctionType functionType(int function) {
        return types[typeOfFunction[function]];
    }

    /** The number that equal types share, for a type's index. */
    int canonicalTypeOfTypeIndex(int type) {
        return canonicalOfType[type];
    }

    /** The number that functions of equal types share. */
    int canonicalType(int function) {
        return canonicalOfType[typeOfFunction[function]];
    }

    DataSegment[] dataSegments() {
        return dataSegments;
    }

    Element[] elements() {
        return elements;
    }

    /** What an instance holds from the start: memory and tables. */
    long initialBytes() {
        long bytes = (long) initialPages() << 16;
        for (int i = 0; i < module().tableSection().tableCount(); i++) {
            bytes += module().tableSection().getTable(i).limits().min() * GuestTable.ELEMENT_BYTES;
        }
        return bytes;
    }

    int initialPages() {
        return hasMemory() ? memoryLimits().initialPages() : 0;
    }

    int maximumPages() {
        return hasMemory() ? memoryLimits().maximumPages() : 0;
    }

    /** A memory section may be there and hold no memory. */
    private boolean hasMemory() {
        return module.memorySection().map(m -> m.memoryCount() > 0).orElse(false);
    }

    private MemoryLimits memoryLimits() {
        return module.memorySection().orElseThrow().getMemory(0).limits();
    }

    /**
     * The values of an element segment.
     *
     * <p>They may read immutable globals only, which are the same in every instance, so they are
     * computed once: a guest could otherwise make the host do it at each {@code table.init}.
     */
    int[] elementValues(int segment, GuestState s) {
        int[] known = elementValues[segment];
        if (known == null) {
            known = computeElementValues(segment, s);
            elementValues[segment] = known;
        }
        return known;
    }

    private int[] computeElementValues(int segment, GuestState s) {
        List<List<Instruction>> initializers = elements[segment].initializers();
        int[] values = new int[initializers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) ConstantExpression.value(initializers.get(i), s.globals);
        }
        return values;
    }
}
