package dev.cordon.cli;

import dev.cordon.Plugin;
import dev.cordon.error.GuestText;
import dev.cordon.trust.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What is worth saying about a plugin that was loaded all the same. */
final class LoadNotes {
    private static final int MAX_SHOWN = 200;

    private LoadNotes() {}

    /** The lines to show. */
    static List<String> of(Plugin plugin, Verbosity verbosity) {
        List<String> notes = new ArrayList<>();
        if (plugin.verdict() instanceof Verdict.Rejected rejected) {
            notes.add(
                    "["
                            + plugin.id()
                            + "] note: not trusted, so nothing is granted: "
                            + rejected.code().id()
                            + " "
                            + rejected.detail());
        }
        for (String missing : plugin.missingGrants()) {
            notes.add(
                    "["
                            + plugin.id()
                            + "] note: asks for `"
                            + GuestText.printable(missing, MAX_SHOWN)
                            + "`, which is not granted");
        }
        int interpreted = plugin.interpretedFunctions().size();
        if (verbosity == Verbosity.VERBOSE && interpreted > 0) {
            notes.add(
                    "["
                            + plugin.id()
                            + "] note: functions too large for the JVM, interpreted: "
                            + interpreted);
        }
        return notes;
    }
}
