package dev.cordon.scan.advisory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of a Ruby gem.
 *
 * @param segments numbers and words; a word means a version before the release
 */
record GemVersion(List<String> segments) implements Comparable<GemVersion> {
    private static final Pattern FORM =
            Pattern.compile("[0-9]++(?:\\.[0-9A-Za-z]++)*+(?:-[0-9A-Za-z.-]++)?+");
    private static final Pattern SEGMENT = Pattern.compile("[0-9]+|[A-Za-z]+");

    static Optional<GemVersion> parse(String version) {
        String trimmed = version.strip();
        if (!FORM.matcher(trimmed).matches()) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        Matcher parts = SEGMENT.matcher(trimmed.replace("-", ".pre."));
        while (parts.find()) {
            segments.add(parts.group());
        }
        return Optional.of(new GemVersion(List.copyOf(segments)));
    }

    @Override
    public int compareTo(GemVersion other) {
        for (int i = 0; i < Math.max(segments.size(), other.segments.size()); i++) {
            int order = compareSegments(segment(i), other.segment(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private String segment(int index) {
        return index < segments.size() ? segments.get(index) : "0";
    }

    private static int compareSegments(String a, String b) {
        boolean numberA = VersionOrder.isNumber(a);
        boolean numberB = VersionOrder.isNumber(b);
        if (numberA && numberB) {
            return VersionOrder.compareNumbers(a, b);
        }
        return numberA == numberB ? a.compareTo(b) : Boolean.compare(numberA, numberB);
    }
}
