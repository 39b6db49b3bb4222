package dev.cordon.guest;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.Instance;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestTrapException;
import dev.cordon.error.PluginErrorException;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.manifest.PluginKind;
import dev.cordon.manifest.StatePolicy;
import dev.cordon.runtime.GuestInstance;
import dev.cordon.runtime.GuestLimits;
import dev.cordon.runtime.GuestStore;
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
    private final PluginModule module;
    private final GuestInstance guest;
    private final List<GuestInstance> linked = new ArrayList<>();
    private final int[] hostCalls;
    private @Nullable GuestCall call;
    private @Nullable WasiSession wasi;
    private @Nullable ExtismSession extism;
    private GuestInstance caller;
    private boolean ready;

    PluginInstance(PluginModule module, GuestLimits limits) {
        this.module = module;
        List<HostOffer> offers = module.imports().offers();
        this.hostCalls = new int[module.importNames().size()];
        int counted = offers.size();
        GuestStore store = new GuestStore();
        for (LinkedModule part : module.linked()) {
            List<HostFunction> theirs = functions(part.imports().offers(), counted);
            counted += theirs.size();
            GuestInstance made = part.compiled().instantiate(theirs, limits, store);
            store.offer(part.name(), made);
            linked.add(made);
        }
        this.guest = module.compiled().instantiate(functions(offers, 0), limits, store);
        this.caller = guest;
    }

    private List<HostFunction> functions(List<HostOffer> offers, int counted) {
        List<HostFunction> functions = new ArrayList<>(offers.size());
        for (int i = 0; i < offers.size(); i++) {
            functions.add(new HostBoundary(this, offers.get(i), counted + i).function());
        }
        return functions;
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
            for (GuestInstance each : linked) {
                each.initialize();
                Starters.startLinked(each);
            }
            guest.initialize();
            if (module.kind() != PluginKind.WASI_COMMAND) {
                Starters.start(guest, module.extism());
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
            linked.forEach(GuestInstance::snapshot);
            guest.snapshot();
        }
        ready = true;
    }

    /** Makes the instance as it was before the call, unless the plugin keeps its state. */
    public void clean() {
        if (module.state() == StatePolicy.FRESH) {
            linked.forEach(GuestInstance::reset);
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

    /** The instance that called the host function that is running. */
    GuestInstance guest() {
        return caller;
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
        caller = guest;
        call = null;
        extism = null;
        WasiSession session = wasi;
        if (session != null) {
            session.end();
        }
    }

    /** Notes that a host function is called, and from which instance. */
    void enterHost(int index, Instance facade) {
        hostCalls[index]++;
        if (!linked.isEmpty()) {
            caller = GuestInstance.of(facade);
        }
    }
}
