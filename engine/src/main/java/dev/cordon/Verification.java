package dev.cordon;

import dev.cordon.trust.Verdict;
import java.util.List;

/**
 * Whether a policy trusts a file.
 *
 * @param verdict what was found out
 * @param lines what was looked at and what was found, printable, in this order
 */
public record Verification(Verdict verdict, List<String> lines) {
    /** Copies the list. */
    public Verification {
        lines = List.copyOf(lines);
    }
}
