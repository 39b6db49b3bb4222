package dev.cordon.scan.rule;

import dev.cordon.bundle.Digest;
import dev.cordon.bundle.PluginBundle;
import dev.cordon.scan.Evidence;
import dev.cordon.scan.Finding;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanRule;
import dev.cordon.scan.Suppressions;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Collects what the rules find, keeping a few of each rule and level: a plugin that provokes
 * thousands of findings cannot hide one among them nor fill the memory.
 */
final class Findings {
    /** Findings kept of each rule and level, and as many suppressed ones. */
    static final int MAX_KEPT = 20;

    /** The same for advisories, each of which is a matter of its own. */
    private static final int MAX_ADVISORIES_KEPT = 500;

    private static final int MAX_MESSAGE = 600;

    private final PluginBundle bundle;
    private final Suppressions suppressions;
    private final LocalDate today;
    private final List<Finding> kept = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<Level, Integer> omitted = new EnumMap<>(Level.class);
    private int omittedSuppressed;
    private Evidence hashed = Evidence.MODULE;
    private String hash = "";

    Findings(PluginBundle bundle, Suppressions suppressions, LocalDate today) {
        this.bundle = bundle;
        this.suppressions = suppressions;
        this.today = today;
    }

    void add(ScanRule rule, Level level, Evidence evidence, String message) {
        add(rule, level, evidence, message, message, "");
    }

    /**
     * Adds a finding.
     *
     * @param key what the finding is about, which stays the same when other things change
     * @param advisory the advisory behind it, or an empty text
     */
    void add(
            ScanRule rule,
            Level level,
            Evidence evidence,
            String message,
            String key,
            String advisory) {
        boolean room = count(rule, level, false) < most(rule);
        if (!room && suppressions.all().isEmpty()) {
            leaveOut(level, 1); // before anything is made that costs more than a number
            return;
        }
        Finding plain =
                new Finding(
                        rule,
                        level,
                        Shown.text(message, MAX_MESSAGE),
                        evidence,
                        fingerprint(rule, evidence, key),
                        advisory,
                        Optional.empty());
        Optional<String> why = suppressions.justification(plain, bundle.digest().hex(), today);
        keep(plain, why);
    }

    private void keep(Finding plain, Optional<String> why) {
        boolean suppressed = why.isPresent();
        int count = count(plain.rule(), plain.level(), suppressed);
        if (count >= most(plain.rule())) {
            if (suppressed) {
                omittedSuppressed++;
            } else {
                leaveOut(plain.level(), 1);
            }
            return;
        }
        counts.put(bucket(plain.rule(), plain.level(), suppressed), count + 1);
        kept.add(
                new Finding(
                        plain.rule(),
                        plain.level(),
                        plain.message(),
                        plain.evidence(),
                        plain.fingerprint(),
                        plain.advisory(),
                        why));
    }

    private static int most(ScanRule rule) {
        return rule == ScanRule.VULNERABLE_COMPONENT ? MAX_ADVISORIES_KEPT : MAX_KEPT;
    }

    /** Counts findings of a rule that were not looked at one by one. */
    void leaveOut(Level level, int count) {
        if (count > 0) {
            omitted.merge(level, count, Math::addExact);
        }
    }

    private int count(ScanRule rule, Level level, boolean suppressed) {
        return counts.getOrDefault(bucket(rule, level, suppressed), 0);
    }

    private static String bucket(ScanRule rule, Level level, boolean suppressed) {
        return rule.id() + level + suppressed;
    }

    /** The digest of a function's bytes if it is all evidence, else of what it is about. */
    private String fingerprint(ScanRule rule, Evidence evidence, String key) {
        String about = evidence.function() >= 0 && key.isEmpty() ? function(evidence) : key;
        return Digest.of((rule.id() + "\n" + about).getBytes(StandardCharsets.UTF_8)).hex();
    }

    private String function(Evidence evidence) {
        if (!evidence.equals(hashed)) {
            int from = (int) Math.max(0, evidence.offset());
            int to = (int) Math.min(bundle.module().length, from + evidence.length());
            hash = Digest.of(Arrays.copyOfRange(bundle.module(), from, to)).hex();
            hashed = evidence;
        }
        return hash;
    }

    List<Finding> sorted() {
        List<Finding> sorted = new ArrayList<>(kept);
        sorted.sort(
                Comparator.comparing(Finding::suppressed)
                        .thenComparing(Finding::level, Comparator.reverseOrder())
                        .thenComparing(finding -> finding.rule().id())
                        .thenComparing(finding -> finding.evidence().offset())
                        .thenComparing(Finding::advisory));
        return sorted;
    }

    Map<Level, Integer> omitted() {
        return omitted;
    }

    int omittedSuppressed() {
        return omittedSuppressed;
    }
}
