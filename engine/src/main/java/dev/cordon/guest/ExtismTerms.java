package dev.cordon.guest;

import dev.cordon.extism.ExtismFunction;
import dev.cordon.extism.ExtismModule;
import java.util.List;

/**
 * What the host offers one Extism plugin beside what every plugin has. Immutable.
 *
 * @param functions of the application, which the plugin may import
 * @param variableBytes what its variables may count
 * @param responseBytes largest body of a response over HTTP
 * @param linked modules that it may import functions from
 */
public record ExtismTerms(
        List<ExtismFunction> functions,
        long variableBytes,
        long responseBytes,
        List<ExtismModule> linked) {
    /** Bytes of variables unless a manifest says otherwise, as in Extism. */
    public static final long DEFAULT_VARIABLE_BYTES = 1 << 20;

    /** Bytes of a response unless a manifest says otherwise, as in Extism. */
    public static final long DEFAULT_RESPONSE_BYTES = 52_428_800;

    /** Copies the lists. */
    public ExtismTerms {
        functions = List.copyOf(functions);
        linked = List.copyOf(linked);
    }

    /**
     * The terms of a plugin that nothing was said about.
     *
     * @return no functions, 1 MiB of variables, 50 MiB of a response, no other modules
     */
    public static ExtismTerms defaults() {
        return new ExtismTerms(
                List.of(), DEFAULT_VARIABLE_BYTES, DEFAULT_RESPONSE_BYTES, List.of());
    }

    /**
     * Sets the functions.
     *
     * @param next all of them
     * @return a copy
     */
    public ExtismTerms withFunctions(List<ExtismFunction> next) {
        return new ExtismTerms(next, variableBytes, responseBytes, linked);
    }

    /**
     * Sets what variables may count, and how large the body of a response may be.
     *
     * @param variables bytes; 0 for no variables at all
     * @param response bytes; at least 0
     * @return a copy
     */
    public ExtismTerms withBytes(long variables, long response) {
        return new ExtismTerms(functions, variables, response, linked);
    }

    /**
     * Sets the modules beside the main one.
     *
     * @param next all of them
     * @return a copy
     */
    public ExtismTerms withLinked(List<ExtismModule> next) {
        return new ExtismTerms(functions, variableBytes, responseBytes, next);
    }
}
