package dev.cordon.scan.advisory;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of a Python package, by PEP 440.
 *
 * @param epoch counted before everything else
 * @param release for example 1, 2, 3, without zeros at the end
 * @param stage where it stands: before a release (0 to 3), at it (4)
 * @param pre which one of its stage
 * @param post "-1" if it is no later repair
 * @param dev "" if it is no development version
 */
record PythonVersion(
        String epoch, List<String> release, int stage, String pre, String post, String dev)
        implements Comparable<PythonVersion> {
    private static final int BEFORE_ALL = 0;
    private static final int RELEASE = 4;
    private static final String NO_POST = "-1";

    private static final Pattern FORM =
            Pattern.compile(
                    "v?(?:([0-9]+)!)?([0-9]+(?:\\.[0-9]+)*+)"
                            + "(?:[-_.]?(alpha|a|beta|b|preview|pre|c|rc)[-_.]?([0-9]*))?"
                            + "(?:-([0-9]+)|[-_.]?(post|rev|r)[-_.]?([0-9]*))?"
                            + "(?:[-_.]?(dev)[-_.]?([0-9]*))?"
                            + "(?:\\+[a-z0-9._-]*)?");

    static Optional<PythonVersion> parse(String version) {
        Matcher form = FORM.matcher(version.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            return Optional.empty();
        }
        boolean dev = form.group(8) != null;
        boolean post = form.group(5) != null || form.group(6) != null;
        String repair = form.group(5) != null ? form.group(5) : number(form.group(7));
        int stage = stage(form.group(3));
        if (stage == RELEASE && dev && !post) {
            stage = BEFORE_ALL; // 1.0.dev1 comes before 1.0a1
        }
        return Optional.of(
                new PythonVersion(
                        number(form.group(1)),
                        trimmed(form.group(2).split("\\.")),
                        stage,
                        number(form.group(4)),
                        post ? repair : NO_POST,
                        dev ? number(form.group(9)) : ""));
    }

    private static int stage(@Nullable String name) {
        if (name == null) {
            return RELEASE;
        }
        return switch (name) {
            case "a", "alpha" -> 1;
            case "b", "beta" -> 2;
            default -> 3;
        };
    }

    private static String number(@Nullable String digits) {
        return digits == null || digits.isEmpty() ? "0" : digits;
    }

    private static List<String> trimmed(String[] numbers) {
        int end = numbers.length;
        while (end > 1 && numbers[end - 1].chars().allMatch(it -> it == '0')) {
            end--;
        }
        return List.copyOf(Arrays.asList(numbers).subList(0, end));
    }

    @Override
    public int compareTo(PythonVersion other) {
        int order = VersionOrder.compareNumbers(epoch, other.epoch);
        for (int i = 0; order == 0 && i < Math.max(release.size(), other.release.size()); i++) {
            order = VersionOrder.compareNumbers(number(i), other.number(i));
        }
        if (order == 0) {
            order = Integer.compare(stage, other.stage);
        }
        if (order == 0) {
            order = VersionOrder.compareNumbers(pre, other.pre);
        }
        if (order == 0) {
            order = VersionOrder.compareNumbers(post, other.post);
        }
        return order == 0 ? compareDevelopment(dev, other.dev) : order;
    }

    private String number(int index) {
        return index < release.size() ? release.get(index) : "0";
    }

    private static int compareDevelopment(String a, String b) {
        if (a.isEmpty() || b.isEmpty()) {
            return Boolean.compare(a.isEmpty(), b.isEmpty());
        }
        return VersionOrder.compareNumbers(a, b);
    }
}
