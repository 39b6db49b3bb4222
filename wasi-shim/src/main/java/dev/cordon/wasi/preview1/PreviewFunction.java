package dev.cordon.wasi.preview1;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.util.List;

/**
 * One function: its name, its type and what it does.
 *
 * @param name as guests import it
 * @param type parameters and results
 * @param copies whether the body itself charges, for the bytes that it copies
 * @param body what it does
 */
record PreviewFunction(String name, FunctionType type, boolean copies, Body body) {
    /** What a function does. */
    @FunctionalInterface
    interface Body {
        /**
         * Answers a call.
         *
         * @throws Refusal when the answer is an error
         * @throws IOException when a stream of the host is broken
         */
        Errno answer(GuestCall call) throws Refusal, IOException;
    }

    /** A function that copies an amount it does not know beforehand, and charges for it itself. */
    static PreviewFunction copying(String name, String parameters, Body body) {
        return new PreviewFunction(name, type(parameters, List.of(ValType.I32)), true, body);
    }

    /** A function whose cost is the same for every call. */
    static PreviewFunction simple(String name, String parameters, Body body) {
        return new PreviewFunction(name, type(parameters, List.of(ValType.I32)), false, body);
    }

    /** A function that never returns. */
    static PreviewFunction last(String name, String parameters, Body body) {
        return new PreviewFunction(name, type(parameters, List.of()), false, body);
    }

    /** The type with a letter for each parameter: {@code i} for 32 bits, {@code I} for 64. */
    private static FunctionType type(String parameters, List<ValType> results) {
        List<ValType> types =
                parameters
                        .chars()
                        .mapToObj(letter -> letter == 'I' ? ValType.I64 : ValType.I32)
                        .toList();
        return FunctionType.of(types, results);
    }
}
