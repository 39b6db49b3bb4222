package dev.cordon.scan;

import java.time.LocalDate;
import java.util.Optional;

/**
 * Says of some findings that they do not count, and why. Immutable.
 *
 * <p>It covers the findings that meet everything it names.
 *
 * @param rule of this rule; one that is suppressible
 * @param justification why, at least a word
 * @param digest in the plugin of this digest, 64 hexadecimal digits
 * @param function in the function of this name, or {@code func[N]}
 * @param advisory about this advisory
 * @param fingerprint this finding
 * @param expires until the end of this day, in UTC
 */
public record Suppression(
        ScanRule rule,
        String justification,
        Optional<String> digest,
        Optional<String> function,
        Optional<String> advisory,
        Optional<String> fingerprint,
        Optional<LocalDate> expires) {
    /**
     * Covers every finding of a rule.
     *
     * @param rule which rule
     * @param justification why none of them counts
     * @return a suppression without other conditions
     */
    public static Suppression of(ScanRule rule, String justification) {
        return new Suppression(
                rule,
                justification,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Refuses what must not be suppressed, or not without a word. */
    public Suppression {
        if (!rule.suppressible()) {
            throw SuppressionReader.unusable(
                    "`" + rule.id() + "` cannot be suppressed: what was not read was not scanned");
        }
        if (justification.isBlank()) {
            throw SuppressionReader.unusable("`" + rule.id() + "` is suppressed without a reason");
        }
    }

    boolean covers(Finding finding, String module, LocalDate today) {
        return rule == finding.rule()
                && meets(digest, module)
                && function.map(name -> isIn(name, finding.evidence())).orElse(true)
                && meets(advisory, finding.advisory())
                && meets(fingerprint, finding.fingerprint())
                && !expires.map(today::isAfter).orElse(false);
    }

    private static boolean meets(Optional<String> wanted, String actual) {
        return wanted.isEmpty() || wanted.get().equals(actual);
    }

    private static boolean isIn(String name, Evidence evidence) {
        return evidence.function() >= 0
                && (name.equals(evidence.functionName())
                        || name.equals("func[" + evidence.function() + "]"));
    }
}
