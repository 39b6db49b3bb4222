package dev.cordon.scan;

import java.util.Optional;

/**
 * One thing that a rule found in a plugin. Immutable; every text is printable.
 *
 * @param rule which rule
 * @param level how much it weighs here; not always what the rule's findings weigh by default
 * @param message what was found, in one line
 * @param evidence where
 * @param fingerprint 64 hexadecimal digits that stay the same when other parts of the plugin change
 * @param advisory the id of the advisory behind it, empty if there is none
 * @param justification why it does not count, empty if it counts
 */
public record Finding(
        ScanRule rule,
        Level level,
        String message,
        Evidence evidence,
        String fingerprint,
        String advisory,
        Optional<String> justification) {
    /**
     * Whether somebody explained why it does not count.
     *
     * @return true if it does not count
     */
    public boolean suppressed() {
        return justification.isPresent();
    }
}
