package dev.cordon.cli;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The {@code cordon} command, with the streams and the exit status left to its caller. */
public final class CordonCli {
    private final Console console;
    private final Optional<Path> cache;
    private final Passphrases passphrases;

    /**
     * Takes the streams to use; keeps nothing on disk.
     *
     * @param in standard input
     * @param out standard output; what a guest writes goes there at once, so that a prompt shows
     *     before its answer is read and nothing is lost when the process is stopped
     * @param err standard error
     */
    public CordonCli(InputStream in, OutputStream out, OutputStream err) {
        this(in, out, err, Optional.empty(), Map.of());
    }

    /** As above, with variables of the environment. */
    CordonCli(InputStream in, OutputStream out, OutputStream err, Map<String, String> environment) {
        this(in, out, err, Optional.empty(), environment);
    }

    private CordonCli(
            InputStream in,
            OutputStream out,
            OutputStream err,
            Optional<Path> cache,
            Map<String, String> environment) {
        this.console = new Console(in, out, err);
        this.cache = cache;
        this.passphrases = new Passphrases(environment);
    }

    /**
     * The command on the streams of this process, as bytes: {@code System.out} would hide that
     * nobody reads them any more. Compiled code is kept in the user's cache folder.
     *
     * @return a command that runs once
     */
    public static CordonCli ofProcess() {
        return new CordonCli(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                CacheFolder.of(System.getenv(), System.getProperty("user.home", "")),
                System.getenv());
    }

    /**
     * Does what the arguments say.
     *
     * @param args as the shell gives them
     * @return the exit status, 0 to 127
     */
    public int run(String... args) {
        ErrorPrinter errors = new ErrorPrinter(console, false);
        try {
            ParseResult options = parse(args);
            errors = new ErrorPrinter(console, options.hasMatchedOption("--verbose"));
            return dispatch(options, errors);
        } catch (BrokenPipeException over) {
            return ExitStatus.SUCCESS;
        } catch (IOException unwritable) {
            errors.print(
                    UsageProblem.of(
                            "cannot write to stdout: " + unwritable.getMessage(),
                            "free some space, or send the output elsewhere"));
            return ExitStatus.of(ErrorCode.USAGE);
        } catch (CordonException refused) {
            errors.print(refused);
            return ExitStatus.of(refused.code());
        } catch (Throwable defect) { // the status for a defect must not be the JVM's own
            errors.print(defect);
            return ExitStatus.of(ErrorCode.INTERNAL);
        }
    }

    private int dispatch(ParseResult options, ErrorPrinter errors) throws IOException {
        CommandLine command = options.commandSpec().commandLine();
        if (options.isUsageHelpRequested()) {
            console.print(command.getUsageMessage(Ansi.OFF));
            return ExitStatus.SUCCESS;
        }
        if (options.isVersionHelpRequested()) {
            console.print(Versions.text());
            return ExitStatus.SUCCESS;
        }
        switch (command.getCommandName()) {
            case Syntax.RUN:
                return new RunCommand(console, errors, cache).run(options);
            case Syntax.CALL:
                return new CallCommand(console, errors, cache).run(options);
            case Syntax.INSPECT:
                return new InspectCommand(console).run(options);
            case Syntax.KEYGEN:
                return new KeygenCommand(console, passphrases).run(options);
            case Syntax.SIGN:
                return new SignCommand(console, passphrases, options).run();
            case Syntax.VERIFY:
                return new VerifyCommand(console, options).run();
            case Syntax.SCAN:
                return new ScanCommand(console).run(options);
            case Syntax.SERVE:
                return new ServeCommand(console, cache).run(options);
            default:
                throw UsageProblem.of("a command is missing", "`cordon --help` shows the commands");
        }
    }

    /** What was matched for the innermost command. */
    private static ParseResult parse(String[] args) {
        try {
            ParseResult root = Syntax.parser().parseArgs(args);
            boolean asksRoot = root.isVersionHelpRequested() || root.isUsageHelpRequested();
            return root.hasSubcommand() && !asksRoot ? root.subcommand() : root;
        } catch (ParameterException problem) {
            throw UsageProblem.of(problem);
        }
    }
}
