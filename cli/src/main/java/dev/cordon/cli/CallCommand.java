package dev.cordon.cli;

import dev.cordon.CallResult;
import dev.cordon.quota.Quota;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** {@code cordon call}. */
final class CallCommand {
    private final Console console;
    private final ErrorPrinter errors;
    private final Optional<Path> cache;

    CallCommand(Console console, ErrorPrinter errors, Optional<Path> cache) {
        this.console = console;
        this.errors = errors;
        this.cache = cache;
    }

    int run(ParseResult options) throws IOException {
        String command = CallTarget.command(options);
        String input = options.matchedOptionValue("--input", "");
        return new CallSession(console, errors, cache, options, command)
                .run(Quota.defaults(), () -> prepare(command, input));
    }

    /** Reads the payload before anything is loaded for it. */
    private CallSession.Action prepare(String command, String input) {
        byte[] payload = PayloadSource.read(input, console.in());
        return (plugin, call) -> {
            CallResult result = plugin.call(command, payload, call);
            return new CallSession.Ended(ExitStatus.SUCCESS, result.report(), result.bytes());
        };
    }
}
