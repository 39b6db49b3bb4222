package dev.cordon.guest;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestTrapException;
import dev.cordon.error.PluginErrorException;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.manifest.PluginKind;
import dev.cordon.manifest.StatePolicy;
import dev.cordon.runtime.GuestInstance;
import dev.cordon.runtime.GuestLimits;
import dev.cordon.wasi.GuestExit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's module with memory of its own, able to run one call at a time.
 *
 * <p>After a call that ended normally it can be reused once {@link #clean()} returned; after any
 * other it must be thrown away.
 */
public final class PluginInstance {
    /** What start functions of Extism plug-ins take and give; with another type they are none. */
    private static final FunctionType PLAIN = FunctionType.of(List.of(), List.of());

    private static final FunctionType HASKELL =
            FunctionType.of(List.of(ValType.I32, ValType.I32), List.of());

    private final PluginModule module;
    private final GuestInstance guest;
    private final int[] hostCalls;
    private @Nullable GuestCall call;
    private @Nullable WasiSession wasi;
    private @Nullable ExtismSession extism;
    private boolean ready;

    PluginInstance(PluginModule module, GuestLimits limits) {
        this.module = module;
        List<HostOffer> offers = module.imports().offers();
        this.hostCalls = new int[offers.size()];
        List<HostFunction> functions = new ArrayList<>(offers.size());
        for (int i = 0; i < offers.size(); i++) {
            functions.add(new HostBoundary(this, offers.get(i), i).function());
        }
        this.guest = module.compiled().instantiate(functions, limits);
    }

    /**
     * Runs one call to its end, after initialising the instance if this is its first.
     *
     * @param next the call
     * @param export the exported function that the command is
     * @return how the guest ended; status 0 where it returned nothing
     * @throws dev.cordon.error.CordonException if the guest was stopped
     */
    public Ending call(GuestCall next, String export) {
        try {
            return run(next, export);
        } catch (GuestTrapException trap) {
            throw next.explained(trap);
        }
    }

    private Ending run(GuestCall next, String export) {
        Arrays.fill(hostCalls, 0);
        guest.begin(next.budget());
        try {
            if (!ready) {
                initialize(next.forInitialization());
            }
            call = next;
            Ending ending = invoke(export);
            if (extism != null) {
                extism.answer();
            }
            return ending;
        } catch (GuestTrapException trap) {
            if (extism != null && extism.error().length() > 0) {
                throw explained(extism, trap);
            }
            throw trap;
        } finally {
            guest.end();
            end();
        }
    }

    private Ending invoke(String export) {
        try {
            long[] results = guest.invoke(export);
            return new Ending(results.length == 0 ? 0 : (int) results[0], false);
        } catch (GuestExit exit) {
            return new Ending(exit.status(), true);
        }
    }

    /** An Extism guest may say what is wrong and then trap: its text is the answer. */
    private PluginErrorException explained(ExtismSession session, GuestTrapException trap) {
        session.answer();
        GuestCall ended = session.call();
        PluginErrorException error =
                new PluginErrorException(
                        module.settings().plugin(), ended.command(), ended.errorText());
        error.addSuppressed(trap);
        return error;
    }

    /**
     * How a guest ended by itself.
     *
     * @param status what it returned or exited with
     * @param exited whether it unwound instead of returning
     */
    public record Ending(int status, boolean exited) {}

    private void initialize(GuestCall initialization) {
        call = initialization;
        try {
            guest.initialize();
            if (module.kind() != PluginKind.WASI_COMMAND) {
                construct();
            }
        } catch (GuestExit exit) {
            throw new PluginErrorException(
                    module.settings().plugin(),
                    "",
                    "exited with status " + exit.status() + " while it was initialised");
        } finally {
            end();
        }
        if (guest.heldRefused()) { // or whoever gets this instance next would notice
            throw new QuotaExceededException(
                    ErrorCode.MEMORY_EXCEEDED,
                    module.settings().plugin(),
                    "needed more memory to be initialised than its caller had left",
                    "raise the memory quota of the first plugin of the chain");
        }
        if (module.state() == StatePolicy.FRESH) {
            guest.snapshot();
        }
        ready = true;
    }

    private void construct() {
        if (module.imports().extism()) {
            constructExtism();
        } else if (guest.hasExport(PluginShape.INITIALIZE)) {
            guest.invoke(PluginShape.INITIALIZE);
        } else if (guest.hasExport(PluginShape.CALL_CONSTRUCTORS)) {
            guest.invoke(PluginShape.CALL_CONSTRUCTORS);
        }
    }

    /**
     * In the order of Extism's own hosts; Haskell's runtime is started by a function of its own.
     */
    private void constructExtism() {
        boolean initializes = guest.hasExport(PluginShape.INITIALIZE, PLAIN);
        if (guest.hasExport(PluginShape.HASKELL_INITIALIZE, HASKELL)) {
            if (initializes) {
                guest.invoke(PluginShape.INITIALIZE);
            }
            guest.invoke(PluginShape.HASKELL_INITIALIZE, 0, 0);
        } else if (guest.hasExport(PluginShape.CALL_CONSTRUCTORS, PLAIN)) {
            guest.invoke(PluginShape.CALL_CONSTRUCTORS);
        } else if (initializes) {
            guest.invoke(PluginShape.INITIALIZE);
        }
    }

    /** Makes the instance as it was before the call, unless the plugin keeps its state. */
    public void clean() {
        if (module.state() == StatePolicy.FRESH) {
            guest.reset();
        }
    }

    /**
     * Fuel that the last call used.
     *
     * @return units
     */
    public long fuelUsed() {
        return guest.fuelUsed();
    }

    /**
     * What the guest holds now.
     *
     * @return bytes of memory and tables
     */
    public long heldBytes() {
        return guest.heldBytes();
    }

    /**
     * The most memory that the guest held in the last call.
     *
     * @return bytes
     */
    public long memoryPeakBytes() {
        return guest.memoryPeakBytes();
    }

    /**
     * How often the last call used each import.
     *
     * @return a copy, in the order of {@link PluginModule#importNames()}
     */
    public int[] hostCalls() {
        return hostCalls.clone();
    }

    GuestInstance guest() {
        return guest;
    }

    PluginModule module() {
        return module;
    }

    GuestCall call() {
        GuestCall current = call;
        if (current == null) {
            throw new IllegalStateException("a host function was called outside of a call");
        }
        return current;
    }

    WasiSession wasi() {
        WasiSession session = wasi;
        if (session == null) {
            session = new WasiSession(this);
            wasi = session;
        }
        return session;
    }

    ExtismSession extism() {
        ExtismSession session = extism;
        if (session == null) {
            session = new ExtismSession(guest, call(), module.imports());
            extism = session;
        }
        return session;
    }

    private void end() {
        call = null;
        extism = null;
        WasiSession session = wasi;
        if (session != null) {
            session.end();
        }
    }

    void countHostCall(int index) {
        hostCalls[index]++;
    }
}
