package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import com.dylibso.chicory.wasm.types.Value;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the slots of a frame are for.
 *
 * @param parameters how many of the locals are parameters
 * @param results how many results the function leaves in the first slots
 * @param locals slots of locals, parameters included; operands follow
 * @param frameSlots slots in all
 * @param nullLocals declared locals that start as null references
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and read in a hot path
record InterpretedLayout(
        int parameters, int results, int locals, int frameSlots, int[] nullLocals) {
    /** A null reference as a raw value. */
    static final long NULL = Value.REF_NULL_VALUE;

    /** The layout of a function with {@code mostOperands} operands at its highest point. */
    static InterpretedLayout of(FunctionType type, List<ValType> declared, int mostOperands) {
        int parameters = type.params().size();
        int[] nulls =
                IntStream.range(0, declared.size())
                        .filter(i -> declared.get(i).isReference())
                        .map(i -> parameters + i)
                        .toArray();
        int locals = parameters + declared.size();
        int frame = Math.addExact(locals, mostOperands);
        return new InterpretedLayout(parameters, type.returns().size(), locals, frame, nulls);
    }
}
