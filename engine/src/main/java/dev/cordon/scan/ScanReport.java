package dev.cordon.scan;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a scan found in one plugin. Immutable.
 *
 * <p>There are at most some thousand findings, however many the plugin provokes: of each rule and
 * level a few are kept and the others counted. Those left out count for the threshold.
 *
 * @param name the plugin's file name, printable
 * @param digest SHA-256 of its bytes, 64 hexadecimal digits
 * @param sizeBytes how large it is
 * @param findings the weightiest first, then in the module's order; suppressed ones among them
 * @param omitted how many more there are of each level, suppressed ones not counted
 * @param omittedSuppressed how many suppressed ones were left out
 * @param components parts named by the plugin's software bills of materials
 * @param advisories how many advisories they were compared with
 */
public record ScanReport(
        String name,
        String digest,
        long sizeBytes,
        List<Finding> findings,
        Map<Level, Integer> omitted,
        int omittedSuppressed,
        int components,
        int advisories) {
    /** Copies the collections. */
    public ScanReport {
        findings = List.copyOf(findings);
        omitted = Map.copyOf(omitted);
    }

    /**
     * The findings that count, since nobody suppressed them.
     *
     * @return the weightiest first
     */
    public List<Finding> active() {
        return findings.stream().filter(finding -> !finding.suppressed()).toList();
    }

    /**
     * How much the weightiest finding weighs that is not suppressed, left out or not.
     *
     * @return empty if there is none
     */
    public Optional<Level> highest() {
        Optional<Level> kept = active().stream().map(Finding::level).max(Level::compareTo);
        Optional<Level> left = omitted.keySet().stream().max(Level::compareTo);
        return kept.isPresent() && left.isPresent() && left.get().reaches(kept.get())
                ? left
                : kept.or(() -> left);
    }

    /**
     * Whether something that counts weighs at least as much as a threshold.
     *
     * @param threshold for example the one of a policy
     * @return true if the plugin should not be used
     */
    public boolean reaches(Level threshold) {
        return highest().map(level -> level.reaches(threshold)).orElse(false);
    }

    /**
     * How many findings that count weigh at least as much as a threshold, left out or not.
     *
     * @param threshold the least level that counts
     * @return 0 if there is none
     */
    public int count(Level threshold) {
        int left =
                omitted.entrySet().stream()
                        .filter(entry -> entry.getKey().reaches(threshold))
                        .mapToInt(Map.Entry::getValue)
                        .sum();
        long kept = active().stream().filter(it -> it.level().reaches(threshold)).count();
        return (int) kept + left;
    }
}
