package dev.cordon.cli;

import dev.cordon.CallOptions;
import dev.cordon.Plugin;
import dev.cordon.RunOptions;
import dev.cordon.RunResult;
import dev.cordon.quota.Quota;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** {@code cordon run}. */
final class RunCommand {
    private static final String START = "_start";
    private static final byte[] NOTHING = {};

    private final Console console;
    private final ErrorPrinter errors;
    private final Optional<Path> cache;

    RunCommand(Console console, ErrorPrinter errors, Optional<Path> cache) {
        this.console = console;
        this.errors = errors;
        this.cache = cache;
    }

    int run(ParseResult options) throws IOException {
        List<String> args = options.matchedPositionalValue(1, List.of());
        Quota unbounded = Quota.defaults().withFuelPerCall(Quota.UNLIMITED).withoutDeadline();
        return new CallSession(console, errors, cache, options, START)
                .run(unbounded, () -> prepare(options, args));
    }

    /** Binds the sockets before anything is loaded for them. */
    private CallSession.Action prepare(ParseResult options, List<String> args) {
        Listeners listeners = Listeners.of(options);
        return new CallSession.Action() {
            @Override
            public CallSession.Ended call(Plugin plugin, CallOptions call) {
                return run(plugin, args, listeners.channels(), call);
            }

            @Override
            public List<String> notes() {
                return listeners.notes();
            }

            @Override
            public void close() {
                listeners.close();
            }
        };
    }

    private CallSession.Ended run(
            Plugin plugin, List<String> args, List<ServerSocketChannel> sockets, CallOptions call) {
        RunOptions run =
                RunOptions.defaults()
                        .withArgs(args)
                        .withStreams(console.in(), console.out(), console.err())
                        .withListeners(sockets)
                        .withCall(call);
        RunResult result = plugin.run(run);
        int status = ExitStatus.ofGuest(result.exitStatus());
        return new CallSession.Ended(status, result.report(), NOTHING);
    }
}
