package dev.cordon.quota;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes and durations as people write them. */
public final class Quantities {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})([A-Za-z]*)");

    private static final Map<String, Long> SIZE_UNITS =
            Map.of(
                    "", 1L, "B", 1L, "p", 65_536L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB",
                    1L << 30);

    private static final Map<String, Long> TIME_UNITS =
            Map.of(
                    "ns", 1L,
                    "us", 1_000L,
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L);

    private Quantities() {}

    /**
     * Reads a size.
     *
     * @param text a whole number with {@code KiB}, {@code MiB}, {@code GiB}, {@code p} (pages of 64
     *     KiB), {@code B} or nothing behind it
     * @return bytes, at least 0
     * @throws UsageException if it is no such text or beyond 2^63 bytes
     */
    public static long bytes(String text) {
        return parse(text, SIZE_UNITS, "a size", "write it like `64MiB`, `512KiB` or `1024p`");
    }

    /**
     * Reads a duration.
     *
     * @param text a whole number with {@code ns}, {@code us}, {@code ms}, {@code s}, {@code m} or
     *     {@code h} behind it
     * @return at least 0
     * @throws UsageException if it is no such text or longer than 292 years
     */
    public static Duration duration(String text) {
        return Duration.ofNanos(
                parse(text, TIME_UNITS, "a duration", "write it like `500ms` or `2s`"));
    }

    private static long parse(String text, Map<String, Long> units, String what, String help) {
        Matcher form = FORM.matcher(text);
        Long unit = form.matches() ? units.get(form.group(2)) : null;
        if (unit == null) {
            throw unusable(text, "not " + what, help);
        }
        try {
            return Math.multiplyExact(Long.parseLong(form.group(1)), (long) unit);
        } catch (ArithmeticException tooLarge) {
            throw unusable(text, "too large for " + what, help);
        }
    }

    private static UsageException unusable(String text, String why, String help) {
        return new UsageException(ErrorCode.USAGE, "quota", "`" + text + "` is " + why, help);
    }
}
