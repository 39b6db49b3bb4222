package dev.cordon.scan.advisory;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version by the rules of Semantic Versioning, read kindly: a leading {@code v} and missing or
 * further numbers are accepted.
 *
 * @param numbers for example 1, 2, 3
 * @param labels of a version before the release, empty for the release itself
 */
record SemanticVersion(List<String> numbers, List<String> labels)
        implements Comparable<SemanticVersion> {
    private static final Pattern FORM =
            Pattern.compile(
                    "[vV]?([0-9]++(?:\\.[0-9]++)*+)"
                            + "(?:-([0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+))?+"
                            + "(?:\\+[0-9A-Za-z.-]*+)?+");

    static Optional<SemanticVersion> parse(String version) {
        Matcher form = FORM.matcher(version);
        if (!form.matches()) {
            return Optional.empty();
        }
        String labels = form.group(2);
        return Optional.of(
                new SemanticVersion(
                        List.of(form.group(1).split("\\.")),
                        labels == null ? List.of() : List.of(labels.split("\\."))));
    }

    @Override
    public int compareTo(SemanticVersion other) {
        for (int i = 0; i < Math.max(numbers.size(), other.numbers.size()); i++) {
            int order = VersionOrder.compareNumbers(number(i), other.number(i));
            if (order != 0) {
                return order;
            }
        }
        if (labels.isEmpty() || other.labels.isEmpty()) {
            return Boolean.compare(labels.isEmpty(), other.labels.isEmpty());
        }
        for (int i = 0; i < Math.min(labels.size(), other.labels.size()); i++) {
            int order = compareLabels(labels.get(i), other.labels.get(i));
            if (order != 0) {
                return order;
            }
        }
        return labels.size() - other.labels.size();
    }

    private String number(int index) {
        return index < numbers.size() ? numbers.get(index) : "0";
    }

    private static int compareLabels(String a, String b) {
        boolean numberA = VersionOrder.isNumber(a);
        boolean numberB = VersionOrder.isNumber(b);
        if (numberA && numberB) {
            return VersionOrder.compareNumbers(a, b);
        }
        return numberA == numberB ? a.compareTo(b) : Boolean.compare(numberB, numberA);
    }
}
