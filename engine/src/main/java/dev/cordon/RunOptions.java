package dev.cordon;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ServerSocketChannel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of a WASI command gets. Immutable; every {@code with} method returns a copy.
 *
 * @param args arguments after the program's name
 * @param environment variables in the order that the guest sees, beside those of the load options,
 *     seen only with the grant {@code env}
 * @param input standard input, like the others used only with the grant {@code stdio}
 * @param output standard output
 * @param error standard error
 * @param listeners bound sockets on which the guest may accept connections, as the descriptors
 *     behind its directories; not closed
 * @param call quota, cancellation and measurement
 */
public record RunOptions(
        List<String> args,
        Map<String, String> environment,
        InputStream input,
        OutputStream output,
        OutputStream error,
        List<ServerSocketChannel> listeners,
        CallOptions call) {
    private static final RunOptions DEFAULTS =
            new RunOptions(
                    List.of(),
                    Map.of(),
                    InputStream.nullInputStream(),
                    OutputStream.nullOutputStream(),
                    OutputStream.nullOutputStream(),
                    List.of(),
                    CallOptions.defaults());

    /** Copies lists and map. */
    public RunOptions {
        args = List.copyOf(args);
        listeners = List.copyOf(listeners);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /**
     * The start of all options: no arguments, no variables, empty input, output thrown away.
     *
     * @return the defaults
     */
    public static RunOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets the arguments.
     *
     * @param next arguments after the program's name
     * @return a copy
     */
    public RunOptions withArgs(List<String> next) {
        return new RunOptions(next, environment, input, output, error, listeners, call);
    }

    /**
     * Sets environment variables beside those of the load options.
     *
     * @param next values by name
     * @return a copy
     */
    public RunOptions withEnvironment(Map<String, String> next) {
        return new RunOptions(args, next, input, output, error, listeners, call);
    }

    /**
     * Sets the streams, which are neither closed nor buffered.
     *
     * @param in standard input
     * @param out standard output
     * @param err standard error
     * @return a copy
     */
    public RunOptions withStreams(InputStream in, OutputStream out, OutputStream err) {
        return new RunOptions(args, environment, in, out, err, listeners, call);
    }

    /**
     * Hands over sockets, which is a grant of itself: the guest may accept connections on them.
     *
     * @param next bound sockets; made non-blocking, and the caller's to close after the run
     * @return a copy
     */
    public RunOptions withListeners(List<ServerSocketChannel> next) {
        return new RunOptions(args, environment, input, output, error, next, call);
    }

    /**
     * Sets quota, cancellation and measurement.
     *
     * @param next as for any call
     * @return a copy
     */
    public RunOptions withCall(CallOptions next) {
        return new RunOptions(args, environment, input, output, error, listeners, next);
    }
}
