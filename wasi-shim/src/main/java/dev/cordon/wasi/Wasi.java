package dev.cordon.wasi;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.WasmModule;
import dev.cordon.wasi.preview1.Preview1;
import java.util.List;

/**
 * A session of WASI preview 1: the functions of one instance, and the state of its current run.
 *
 * <p>The functions are linked once; {@link #restart} gives the same instance another run, with
 * nothing left of the one before. Belongs to one thread at a time.
 */
public final class Wasi implements AutoCloseable {
    private final Preview1 preview1;

    Wasi(WasiConfig config) {
        this.preview1 = new Preview1(new ConfiguredHost(config));
    }

    /**
     * The functions to link with the instance.
     *
     * @return all 46 of the module {@value WasiPreview1#MODULE}; always the same list
     */
    public List<HostFunction> hostFunctions() {
        return preview1.functions();
    }

    /**
     * The functions to link with an instance that may use sockets: those of preview 1, but where
     * the module imports a function of the same name in the type of another host's socket interface
     * (WasmEdge, in both versions, or WAMR), that one.
     *
     * @param module what is to be instantiated
     * @return functions of the module {@value WasiPreview1#MODULE}
     */
    public List<HostFunction> hostFunctions(WasmModule module) {
        return HostFunctions.of(module, preview1.functions(), preview1.extended());
    }

    /**
     * All functions that {@link #hostFunctions(WasmModule)} chooses from, for embedders that link
     * by name and type themselves.
     *
     * @return those of {@link #hostFunctions()} first; some share a name, none shares name and
     *     type; always the same list
     */
    public List<HostFunction> allHostFunctions() {
        return preview1.extended();
    }

    /**
     * How much the guest received from the network in the current run.
     *
     * @return bytes of content
     */
    public long networkBytesReceived() {
        return preview1.bytesReceived();
    }

    /**
     * How much the guest sent to the network in the current run.
     *
     * @return bytes of content
     */
    public long networkBytesSent() {
        return preview1.bytesSent();
    }

    /**
     * Ends the current run and begins another: descriptors, clock and everything else are fresh.
     *
     * @param config everything that the guest may reach from now on
     */
    public void restart(WasiConfig config) {
        preview1.restart(new ConfiguredHost(config));
    }

    /** Closes the guest's descriptors; from here on each of them answers {@code EBADF}. */
    @Override
    public void close() {
        preview1.close();
    }
}
