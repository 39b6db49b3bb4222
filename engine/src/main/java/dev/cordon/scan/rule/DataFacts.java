package dev.cordon.scan.rule;

import dev.cordon.scan.ScanRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was seen in a module's data and custom sections; the first of each kind, the rest counted.
 */
final class DataFacts {
    /** Hits remembered of each kind. */
    private static final int MAX_HITS = 1_000;

    private final Map<Telltale, Hits> hits = new LinkedHashMap<>();
    private final List<Packed> packed = new ArrayList<>();

    /** Where something was seen. */
    record Hit(int offset, int length) {}

    /** What was seen of one kind. */
    static final class Hits {
        private final List<Hit> first = new ArrayList<>();
        private int left;

        private void add(Hit hit) {
            if (first.size() < MAX_HITS) {
                first.add(hit);
            } else {
                left++;
            }
        }

        List<Hit> first() {
            return first;
        }

        /** How many there were beyond those remembered. */
        int left() {
            return left;
        }
    }

    /** Bytes that look packed. */
    record Packed(int offset, int length, double bits) {}

    void add(Telltale telltale, int offset, int length) {
        hits.computeIfAbsent(telltale, key -> new Hits()).add(new Hit(offset, length));
    }

    void addPacked(int offset, int length, double bits) {
        packed.add(new Packed(offset, length, bits));
    }

    List<Packed> packed() {
        return packed;
    }

    /** What was seen that belongs to a rule. */
    Map<Telltale, Hits> of(ScanRule rule) {
        Map<Telltale, Hits> found = new LinkedHashMap<>();
        hits.forEach(
                (telltale, seen) -> {
                    if (telltale.rule() == rule) {
                        found.put(telltale, seen);
                    }
                });
        return found;
    }

    /** Hash functions and ciphers whose tables are in the data. */
    Set<String> hashFamilies() {
        Set<String> families = new TreeSet<>();
        of(ScanRule.HASH_KERNEL).keySet().forEach(it -> families.add(it.what()));
        return families;
    }

    /** Whether there is an address of a mining pool or of a wallet. */
    boolean mines() {
        return of(ScanRule.SUSPICIOUS_TEXT).keySet().stream()
                .map(Telltale::what)
                .anyMatch(it -> it.equals(TextTelltales.POOL) || it.equals(TextTelltales.WALLET));
    }
}
