package dev.cordon.guest;

import dev.cordon.extism.ExtismFunction;
import java.util.List;

/**
 * What the host offers one Extism plugin beside what every plugin has. Immutable.
 *
 * @param functions of the application, which the plugin may import
 * @param variableBytes what its variables may count
 */
public record ExtismTerms(List<ExtismFunction> functions, long variableBytes) {
    /** Bytes of variables unless a manifest says otherwise, as in Extism. */
    public static final long DEFAULT_VARIABLE_BYTES = 1 << 20;

    /** Copies the list. */
    public ExtismTerms {
        functions = List.copyOf(functions);
    }

    /**
     * The terms of a plugin that nothing was said about.
     *
     * @return no functions, 1 MiB of variables
     */
    public static ExtismTerms defaults() {
        return new ExtismTerms(List.of(), DEFAULT_VARIABLE_BYTES);
    }

    /**
     * Sets the functions.
     *
     * @param next all of them
     * @return a copy
     */
    public ExtismTerms withFunctions(List<ExtismFunction> next) {
        return new ExtismTerms(next, variableBytes);
    }

    /**
     * Sets what variables may count.
     *
     * @param next bytes; 0 for no variables at all
     * @return a copy
     */
    public ExtismTerms withVariableBytes(long next) {
        return new ExtismTerms(functions, next);
    }
}
