package dev.cordon.extism;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A function of the application that Extism plugins may import.
 *
 * <p>A plugin can call it if it was loaded with it: that is the grant. It runs on the thread of the
 * call with the application's authority, for several calls at once, and no deadline interrupts it.
 * What it throws is told to the listener and stops the guest with a trap.
 *
 * @param module first name of the import, usually {@link #USER}
 * @param name second name of the import
 * @param parameters types of what it takes
 * @param results types of what it gives
 * @param body what it does
 */
public record ExtismFunction(
        String module, String name, List<Type> parameters, List<Type> results, Body body) {
    /** The module that plugin development kits import an application's functions from. */
    public static final String USER = "extism:host/user";

    private static final Set<String> RESERVED =
            Set.of("cordon", "extism:host/env", "wasi_snapshot_preview1", "wasi_unstable");

    /**
     * Copies the lists.
     *
     * @throws UsageException if the module's name belongs to the engine
     */
    public ExtismFunction {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
        if (RESERVED.contains(module)) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "extism",
                    "a host function cannot be in the module `" + module + "`",
                    "use `" + USER + "`, or a name of your own");
        }
    }

    /** Types of values; a handle is an {@link #I64}. */
    public enum Type {
        /** 32 bits; sign-extended to a {@code long}. */
        I32,
        /** 64 bits. */
        I64,
        /** Single precision; its bits in the lower half of a {@code long}. */
        F32,
        /** Double precision; its bits. */
        F64
    }

    /** What a host function does. */
    @FunctionalInterface
    public interface Body {
        /**
         * Does it.
         *
         * @param memory the way to the caller's blocks
         * @param arguments as many values as parameters; hostile until checked
         * @return as many values as results
         */
        long[] call(ExtismMemory memory, long[] arguments);
    }

    /**
     * A function from bytes to bytes in {@link #USER}, as most are: it takes the handle of a block
     * and gives the handle of another.
     *
     * @param name second name of the import
     * @param body gets a copy of the guest's bytes
     * @return a function of the type {@code (i64) -> (i64)}
     */
    public static ExtismFunction ofBytes(String name, UnaryOperator<byte[]> body) {
        return new ExtismFunction(
                USER,
                name,
                List.of(Type.I64),
                List.of(Type.I64),
                (memory, arguments) ->
                        new long[] {memory.write(body.apply(memory.read(arguments[0])))});
    }
}
