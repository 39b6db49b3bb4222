package dev.cordon.cli;

import dev.cordon.error.CordonException;
import dev.cordon.error.GuestText;
import dev.cordon.error.GuestTrapException;
import dev.cordon.error.PluginErrorException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Tells on stderr why something did not work. */
final class ErrorPrinter {
    private static final int MAX_FRAMES = 20;
    private static final int MAX_LINE = 1_000;
    private static final int MAX_TEXT = 100_000;

    private final Console console;
    private final boolean stackTraces;

    ErrorPrinter(Console console, boolean stackTraces) {
        this.console = console;
        this.stackTraces = stackTraces;
    }

    /** Shows an error of the engine. */
    void print(CordonException error) {
        if (error instanceof PluginErrorException answer) {
            printLines(answer.text());
        }
        console.error(
                error.code().id() + " [" + shown(error.plugin()) + "] " + shown(error.what()));
        if (error instanceof GuestTrapException trap) {
            printStack(trap.guestStack());
        }
        console.error("  help: " + shown(error.help()));
        printStackTrace(error);
    }

    /** Shows a defect of Cordon. */
    void print(Throwable defect) {
        console.error("CRD-901 [cordon] a defect of Cordon: " + shown(defect.toString()));
        console.error(
                "  help: report it with this text, the output of `cordon --version`, the command"
                        + " line and the plugin; `--verbose` adds where it happened");
        printStackTrace(defect);
    }

    private void printStack(List<String> frames) {
        for (String frame : frames.subList(0, Math.min(frames.size(), MAX_FRAMES))) {
            console.error("    at " + shown(frame));
        }
    }

    /** A plugin's own text keeps its lines and loses everything else that moves a cursor. */
    private void printLines(String text) {
        if (!text.isEmpty()) {
            String head = text.substring(0, Math.min(text.length(), MAX_TEXT));
            head.lines().map(line -> GuestText.printable(line, MAX_TEXT)).forEach(console::error);
        }
    }

    private void printStackTrace(Throwable error) {
        if (stackTraces) {
            StringWriter trace = new StringWriter();
            error.printStackTrace(new PrintWriter(trace));
            trace.toString()
                    .lines()
                    .map(line -> GuestText.printable(line.replace("\t", "    "), MAX_LINE))
                    .forEach(console::error);
        }
    }

    private static String shown(String text) {
        return GuestText.printable(text, MAX_LINE);
    }
}
