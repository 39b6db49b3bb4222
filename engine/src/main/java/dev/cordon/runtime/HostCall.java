package dev.cordon.runtime;

import org.jspecify.annotations.Nullable;

/** An imported function, bound to one instance. */
@FunctionalInterface
interface HostCall {
    /**
     * Runs the host function.
     *
     * @param args raw values, as many as the function's type says
     * @return raw results; null where there are none
     */
    long @Nullable [] call(long[] args);
}
