package dev.cordon.runtime;

import com.dylibso.chicory.runtime.HostFunction;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A module that is ready to be instantiated. Immutable; any number of threads may use it. */
public final class CompiledModule {
    private final GuestShape shape;
    private final GuestCode code;
    private final @Nullable GuestCode interpreter;
    private final EngineKind engine;
    private final BitSet interpreted;
    private final long compileNanos;
    private final boolean cached;

    CompiledModule(
            GuestShape shape,
            GuestCode code,
            @Nullable GuestCode interpreter,
            EngineKind engine,
            BitSet interpreted,
            long compileNanos,
            boolean cached) {
        this.shape = shape;
        this.code = code;
        this.interpreter = interpreter;
        this.engine = engine;
        this.interpreted = interpreted;
        this.compileNanos = compileNanos;
        this.cached = cached;
    }

    /**
     * How the module is executed.
     *
     * @return compiled, unless asked otherwise or compilation went over its budget
     */
    public EngineKind engine() {
        return engine;
    }

    /**
     * Functions that run in the interpreter although the module is compiled.
     *
     * @return indices, in order; usually none
     */
    public List<Integer> interpretedFunctions() {
        return interpreted.stream().boxed().collect(Collectors.toUnmodifiableList());
    }

    /**
     * What compilation took.
     *
     * @return nanoseconds, planning of fuel not included
     */
    public long compileNanos() {
        return compileNanos;
    }

    /**
     * Whether the code came from the cache.
     *
     * @return true if nothing was compiled
     */
    public boolean cached() {
        return cached;
    }

    /**
     * What every instance holds from the start.
     *
     * @return bytes of memory and tables
     */
    public long initialBytes() {
        return shape.initialBytes();
    }

    /**
     * Makes an instance with memory of its own; no code of the guest runs yet.
     *
     * @param hostFunctions what the module imports, in any order
     * @param limits what the instance may hold
     * @return a new instance
     * @throws dev.cordon.error.CordonException if the module starts beyond the limits
     */
    public GuestInstance instantiate(List<HostFunction> hostFunctions, GuestLimits limits) {
        return instantiate(hostFunctions, limits, new GuestStore());
    }

    /**
     * Makes an instance that is linked with those of a store; no code of the guest runs yet.
     *
     * @param hostFunctions what the module imports beside what the store offers, in any order
     * @param limits what all instances of the store may hold together
     * @param store what it shares with the others; the functions that they export come first
     * @return a new instance
     * @throws dev.cordon.error.CordonException if the store would be beyond the limits
     */
    public GuestInstance instantiate(
            List<HostFunction> hostFunctions, GuestLimits limits, GuestStore store) {
        return new GuestInstance(shape, code, interpreter, hostFunctions, limits, store);
    }
}
