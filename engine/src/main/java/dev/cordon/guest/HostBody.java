package dev.cordon.guest;

import com.dylibso.chicory.runtime.Instance;
import org.jspecify.annotations.Nullable;

/** What a host function does. */
@FunctionalInterface
interface HostBody {
    /**
     * Does it: check, charge, read, act.
     *
     * @param plugin the instance that called
     * @param guest the same, as Chicory's functions see it
     * @param args raw values, as many as the function's type says
     * @return raw results; null where there are none
     */
    long @Nullable [] call(PluginInstance plugin, Instance guest, long[] args);
}
