package dev.cordon.runtime;

import org.jspecify.annotations.Nullable;

/**
 * A block that is open while a function is decoded.
 *
 * @param loop whether branches to it go back to its start
 * @param height operands below its parameters
 * @param parameters how many operands it takes
 * @param results how many it leaves
 * @param guard its handlers, if it is a {@code try_table}
 */
record InterpretedScope(
        boolean loop,
        int height,
        int parameters,
        int results,
        InterpretedHandlers.@Nullable Block guard) {
    /** How many operands a branch to it carries. */
    int arity() {
        return loop ? parameters : results;
    }
}
