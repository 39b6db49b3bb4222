package dev.cordon.trust.judge;

import dev.cordon.trust.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * A verdict and how it came about.
 *
 * @param verdict what was found out
 * @param lines what was looked at, printable, in the order in which it was
 * @param standing what keeps a verified plugin's verdict in force
 */
public record Examination(Verdict verdict, List<String> lines, Optional<Standing> standing) {
    /** Copies the list. */
    public Examination {
        lines = List.copyOf(lines);
    }
}
