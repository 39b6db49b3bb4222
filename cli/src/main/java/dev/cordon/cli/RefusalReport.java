package dev.cordon.cli;

import dev.cordon.bundle.BundleReader;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.manifest.Manifest;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.Outcome;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/** The report of a call that never began. */
final class RefusalReport {
    private static final int STOPPED = -1;

    private RefusalReport() {}

    /** The report of a call that the engine or the command line refused. */
    static CallReport of(
            ParseResult options, String command, CordonException refused, long startNanos) {
        return of(options, command, refused.code(), startNanos);
    }

    /** The report of a call that ended for a reason before it began. */
    static CallReport of(ParseResult options, String command, ErrorCode why, long startNanos) {
        String file = CallTarget.text(options);
        return new CallReport(
                idOf(file),
                options.hasMatchedOption(CallTarget.EXTISM_MANIFEST) ? "" : digestOf(file),
                command,
                Outcome.of(why),
                STOPPED,
                0,
                0,
                0,
                System.nanoTime() - startNanos,
                0,
                0,
                false,
                Map.of(),
                0,
                0,
                0,
                0,
                List.of(),
                options.matchedOptionValue("--engine", "compiled"));
    }

    private static String idOf(String file) {
        try {
            Path name = Path.of(file).getFileName();
            return Manifest.idOf(name == null ? file : name.toString());
        } catch (InvalidPathException noPath) {
            return Manifest.idOf(file);
        }
    }

    /** The refused bytes are named, too, as far as they can be read; else the digest is empty. */
    private static String digestOf(String file) {
        try {
            return BundleReader.read(Path.of(file)).digest().hex();
        } catch (InvalidPathException | CordonException unreadable) {
            return "";
        }
    }
}
