package dev.cordon.wasi.preview1;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.Instance;
import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All functions of preview 1 for one instance, over one run after the other.
 *
 * <p>Belongs to one thread at a time.
 */
public final class Preview1 {
    /** The module that guests import the functions from. */
    public static final String MODULE = "wasi_snapshot_preview1";

    private static final long[] NOTHING = {};

    private static final List<PreviewFunction> FUNCTIONS =
            Stream.of(
                            Arguments.FUNCTIONS,
                            Clocks.FUNCTIONS,
                            Descriptors.FUNCTIONS,
                            Streams.FUNCTIONS,
                            Files.FUNCTIONS,
                            Preopens.FUNCTIONS,
                            Entries.FUNCTIONS,
                            Paths.FUNCTIONS,
                            Moves.FUNCTIONS,
                            Opening.FUNCTIONS,
                            Poll.FUNCTIONS,
                            Lifecycle.FUNCTIONS,
                            Randomness.FUNCTIONS,
                            Sockets.FUNCTIONS)
                    .flatMap(List::stream)
                    .toList();

    /** Functions that guests of other hosts import from the same module, told apart by type. */
    private static final List<PreviewFunction> EXTENSIONS =
            Stream.of(
                            Poll.EDGE,
                            WasmEdgeSockets.FUNCTIONS,
                            WasmEdgeAddresses.FUNCTIONS,
                            WasmEdgeOptions.FUNCTIONS,
                            WasmEdgeNames.FUNCTIONS,
                            WamrSockets.FUNCTIONS,
                            WamrOptions.FUNCTIONS,
                            WamrNames.FUNCTIONS)
                    .flatMap(List::stream)
                    .toList();

    private final List<HostFunction> functions;
    private @Nullable List<HostFunction> extended;
    private Run run;

    /**
     * Begins the first run.
     *
     * @param host everything that the guest may reach
     */
    public Preview1(Host host) {
        run = Run.first(host);
        functions = FUNCTIONS.stream().map(this::link).toList();
    }

    /**
     * The functions, to be linked once.
     *
     * @return all 46, always the same
     */
    public List<HostFunction> functions() {
        return functions;
    }

    /**
     * The functions of preview 1 and those of other hosts' socket interfaces behind them. Some
     * share a name; none shares both name and type.
     *
     * @return always the same
     */
    public List<HostFunction> extended() {
        List<HostFunction> known = extended;
        if (known == null) {
            known = Stream.concat(functions.stream(), EXTENSIONS.stream().map(this::link)).toList();
            extended = known;
        }
        return known;
    }

    /**
     * How many bytes of content came from the network in this run.
     *
     * @return bytes
     */
    public long bytesReceived() {
        return run.bytesReceived();
    }

    /**
     * How many bytes of content went to the network in this run.
     *
     * @return bytes
     */
    public long bytesSent() {
        return run.bytesSent();
    }

    /**
     * Ends this run and begins another.
     *
     * @param host everything that the guest may reach from now on
     */
    public void restart(Host host) {
        run.close();
        run = run.next(host);
    }

    /** Closes every descriptor and tells what the audit has noted. */
    public void close() {
        run.close();
        run.host().closed();
    }

    private HostFunction link(PreviewFunction function) {
        return new HostFunction(
                MODULE,
                function.name(),
                function.type(),
                (instance, arguments) -> call(function, instance, arguments));
    }

    private long[] call(PreviewFunction function, Instance instance, long[] arguments) {
        GuestCall call = new GuestCall(function.name(), run, instance, arguments);
        Errno errno = contained(function, call);
        return function.type().returns().isEmpty() ? NOTHING : new long[] {errno.code()};
    }

    /*
     * The border between guest and host. What the embedder's own objects throw goes through, since
     * that is how they stop a guest, and so does the JVM's own lack of memory or stack, which no
     * handler here could be trusted to survive. Everything else is a fault of this library: the
     * guest sees EIO, the embedder hears of it, and nobody is brought down.
     */
    private static Errno contained(PreviewFunction function, GuestCall call) {
        try {
            return answer(function, call);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (RuntimeException e) {
            if (call.host().threw(e)) {
                throw e;
            }
            return failed(function, call, e);
        } catch (Error e) {
            return failed(function, call, e);
        } finally {
            call.end();
        }
    }

    private static Errno answer(PreviewFunction function, GuestCall call) {
        Errno errno;
        try {
            if (!function.copies()) {
                call.charge(0);
            }
            errno = function.body().answer(call);
        } catch (Refusal e) {
            errno = e.errno();
        } catch (IOException e) {
            errno = Errno.of(e);
        }
        call.chargeIfNotYet();
        return errno;
    }

    private static Errno failed(PreviewFunction function, GuestCall call, Throwable failure) {
        call.host().failed(function.name(), failure);
        return Errno.IO;
    }
}
