package dev.cordon.runtime;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.MemorySection;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.error.UsageException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One instance of a module: its own memory, globals and tables.
 *
 * <p>Used by one call at a time; handing it from thread to thread needs a happens-before edge.
 */
public final class GuestInstance {
    private static final WasmModule ONLY_MEMORY =
            WasmModule.builder()
                    .withValidation(false)
                    .setMemorySection(
                            MemorySection.builder()
                                    .addMemory(
                                            new com.dylibso.chicory.wasm.types.Memory(
                                                    new MemoryLimits(0, 0)))
                                    .build())
                    .build();

    private final GuestState state;
    private final GuestShape shape;
    private final Map<String, Integer> exports = new HashMap<>();
    private final Boundary boundary;
    private @Nullable GuestImage image;

    GuestInstance(
            GuestShape shape,
            GuestCode code,
            @Nullable GuestCode interpreter,
            List<HostFunction> hostFunctions,
            GuestLimits limits,
            GuestStore store) {
        this.shape = shape;
        HostCall[] calls = new HostCall[shape.importedFunctions()];
        this.state = new GuestState(shape, limits, calls, code, interpreter, store);
        this.boundary = new Boundary(shape);
        new Allocation(state).run();
        Instance facade =
                Instance.builder(ONLY_MEMORY)
                        .withMemoryFactory(l -> state.memoryView)
                        .withMachineFactory(i -> new GuestMachine(this))
                        .withInitialize(false)
                        .withStart(false)
                        .build();
        link(hostFunctions, facade, calls);
        for (int i = 0; i < shape.module().exportSection().exportCount(); i++) {
            Export export = shape.module().exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                exports.put(export.name(), export.index());
            }
        }
    }

    private void link(List<HostFunction> hostFunctions, Instance facade, HostCall[] calls) {
        Map<String, HostFunction> offered = new HashMap<>();
        for (HostFunction f : hostFunctions) {
            offered.put(f.module() + "\n" + f.name() + "\n" + f.functionType(), f);
        }
        int index = 0;
        for (int i = 0; i < shape.module().importSection().importCount(); i++) {
            Import wanted = shape.module().importSection().getImport(i);
            if (wanted instanceof FunctionImport) {
                FunctionType type = shape.functionType(index);
                LinkedCall linked = linked(wanted, type);
                if (linked != null) {
                    calls[index++] = linked;
                    continue;
                }
                HostFunction f = offered.get(wanted.module() + "\n" + wanted.name() + "\n" + type);
                if (f == null) {
                    throw unknown(wanted);
                }
                calls[index++] = args -> f.handle().apply(facade, args);
            } else {
                throw unknown(wanted);
            }
        }
    }

    private @Nullable LinkedCall linked(Import wanted, FunctionType type) {
        GuestInstance callee = state.store.offered(wanted.module());
        if (callee == null) {
            return null;
        }
        Integer function = callee.exports.get(wanted.name());
        return function != null && callee.shape.functionType(function).equals(type)
                ? new LinkedCall(callee, function)
                : null;
    }

    long[] enterLinked(int function, long[] args, int depth) {
        return boundary.runLinked(state, () -> state.enterLinked(function, args, depth));
    }

    private InvalidModuleException unknown(Import wanted) {
        return new InvalidModuleException(
                ErrorCode.UNKNOWN_IMPORT,
                shape.plugin(),
                "imports `" + wanted.module() + "." + wanted.name() + "`, which nobody offers",
                "build the plugin against the host functions of this engine");
    }

    /**
     * The instance that a host function was called from.
     *
     * @param facade what the host function got
     * @return the instance
     */
    public static GuestInstance of(Instance facade) {
        return ((GuestMachine) facade.getMachine()).instance();
    }

    /**
     * Fills the tank and sets the deadline for a call.
     *
     * @param budget what the call may use
     */
    public void begin(CallBudget budget) {
        state.begin(budget);
    }

    /** Ends a call: what it took of the processor is settled. */
    public void end() {
        state.tank.end();
    }

    /**
     * Sets globals, tables and memory to what the module says, and runs its start function.
     *
     * @throws dev.cordon.error.CordonException if that traps or goes beyond the budget
     */
    public void initialize() {
        boundary.run(
                state,
                () -> {
                    new Initialization(state).run();
                    shape.module()
                            .startSection()
                            .ifPresent(s -> state.enter((int) s.startIndex(), new long[0]));
                    return NO_VALUES;
                });
    }

    private static final long[] NO_VALUES = new long[0];

    /**
     * Whether the module exports such a function.
     *
     * @param export its name
     * @return true if it can be invoked
     */
    public boolean hasExport(String export) {
        return exports.containsKey(export);
    }

    /**
     * Whether the module exports such a function.
     *
     * @param export its name
     * @param type what it must take and give
     * @return true if it can be invoked as such
     */
    public boolean hasExport(String export, FunctionType type) {
        Integer function = exports.get(export);
        return function != null && shape.functionType(function).equals(type);
    }

    /**
     * Calls an exported function.
     *
     * @param export its name
     * @param args raw values: an i32 sign-extended, an f32 or f64 as its bits
     * @return raw results
     * @throws dev.cordon.error.CordonException if the guest traps or goes beyond its budget
     */
    public long[] invoke(String export, long... args) {
        Integer function = exports.get(export);
        if (function == null) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    shape.plugin(),
                    "has no export `" + export + "`",
                    "name one of its exports");
        }
        if (args.length != shape.functionType(function).params().size()) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    shape.plugin(),
                    "export `"
                            + export
                            + "` takes "
                            + shape.functionType(function).params().size()
                            + " values",
                    "pass as many values as the export's type says");
        }
        int index = function;
        return boundary.run(state, () -> state.enter(index, args));
    }

    /**
     * Pays for work that the host does for the guest.
     *
     * @param units fuel, at least 0
     * @throws dev.cordon.error.QuotaExceededException if the tank is empty
     */
    public void charge(long units) {
        state.tank.running().charge(units);
    }

    /**
     * Stops the guest if its deadline passed or its caller gave up.
     *
     * @throws dev.cordon.error.QuotaExceededException if so
     */
    public void checkpoint() {
        state.tank.poll();
    }

    /**
     * Time left for the call.
     *
     * @return nanoseconds, negative after the deadline, {@link Long#MAX_VALUE} if there is none
     */
    public long nanosLeft() {
        return state.tank.nanosLeft();
    }

    /**
     * The guest's memory.
     *
     * @return a view that stays valid
     */
    public GuestMemory memory() {
        return state.memoryView;
    }

    /**
     * Linear memory that the guest and those linked with it have now.
     *
     * @return bytes
     */
    public long memoryBytes() {
        return state.store.memoryBytes();
    }

    /**
     * Fuel that the call has used so far.
     *
     * @return units, never more than the budget
     */
    public long fuelUsed() {
        return state.tank.used();
    }

    /**
     * The most memory that the call has held.
     *
     * @return bytes
     */
    public long memoryPeakBytes() {
        return state.store.memoryPeakBytes;
    }

    /**
     * What the guest holds now.
     *
     * @return bytes of memory and tables
     */
    public long heldBytes() {
        return state.store.heldBytes();
    }

    /**
     * Whether the call was refused memory that its caller had not left, which its own limits would
     * have allowed.
     *
     * @return false also if the limits did not allow it either
     */
    public boolean heldRefused() {
        return state.store.heldRefused;
    }

    /** Keeps the state as it is, to come back to it with {@link #reset}. */
    public void snapshot() {
        image = GuestImage.of(state);
    }

    /** Goes back to the last snapshot; nothing of what happened since is left. */
    public void reset() {
        if (image == null) {
            throw new IllegalStateException("no snapshot was taken");
        }
        image.restore(state);
    }

    long[] enter(int function, long[] args) {
        return state.enter(function, args);
    }
}
