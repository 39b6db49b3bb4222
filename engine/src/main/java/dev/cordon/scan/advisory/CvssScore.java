package dev.cordon.scan.advisory;

import dev.cordon.scan.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The base score of a CVSS 3.0 or 3.1 vector. */
final class CvssScore {
    private static final String[] PREFIXES = {"CVSS:3.0/", "CVSS:3.1/"};
    private static final int MAX_VECTOR = 300;
    private static final double CRITICAL = 9.0;
    private static final double HIGH = 7.0;
    private static final double MEDIUM = 4.0;
    private static final double MOST = 10.0;

    private final Map<String, String> metrics = new HashMap<>();

    private CvssScore(String vector) {
        for (String metric : vector.split("/", -1)) {
            int colon = metric.indexOf(':');
            if (colon > 0) {
                metrics.put(metric.substring(0, colon), metric.substring(colon + 1));
            }
        }
    }

    /** The level of a vector, empty if it is of another version or lacks something. */
    static Optional<Level> level(String vector) {
        for (String prefix : PREFIXES) {
            if (vector.startsWith(prefix) && vector.length() <= MAX_VECTOR) {
                double score = new CvssScore(vector.substring(prefix.length())).base();
                return Double.isNaN(score) ? Optional.empty() : Optional.of(level(score));
            }
        }
        return Optional.empty();
    }

    private static Level level(double score) {
        if (score >= CRITICAL) {
            return Level.CRITICAL;
        }
        if (score >= HIGH) {
            return Level.HIGH;
        }
        return score >= MEDIUM ? Level.MEDIUM : Level.LOW;
    }

    /** The formula of section 7.1 of the specification; not a number if a metric is missing. */
    private double base() {
        boolean changed = value("S").equals("C");
        double kept = (1 - impact("C")) * (1 - impact("I")) * (1 - impact("A"));
        double loss = 1 - kept;
        double impact =
                changed ? 7.52 * (loss - 0.029) - 3.25 * Math.pow(loss - 0.02, 15) : 6.42 * loss;
        double ease = 8.22 * vector() * complexity() * privileges(changed) * interaction();
        if (Double.isNaN(impact) || Double.isNaN(ease) || value("S").isEmpty()) {
            return Double.NaN;
        }
        if (impact <= 0) {
            return 0;
        }
        return roundUp(Math.min(changed ? 1.08 * (impact + ease) : impact + ease, MOST));
    }

    private static double roundUp(double score) {
        return Math.ceil(Math.round(score * 100_000) / 10_000.0) / 10.0;
    }

    private String value(String metric) {
        return metrics.getOrDefault(metric, "");
    }

    private double impact(String metric) {
        return switch (value(metric)) {
            case "H" -> 0.56;
            case "L" -> 0.22;
            case "N" -> 0;
            default -> Double.NaN;
        };
    }

    private double vector() {
        return switch (value("AV")) {
            case "N" -> 0.85;
            case "A" -> 0.62;
            case "L" -> 0.55;
            case "P" -> 0.2;
            default -> Double.NaN;
        };
    }

    private double complexity() {
        return switch (value("AC")) {
            case "L" -> 0.77;
            case "H" -> 0.44;
            default -> Double.NaN;
        };
    }

    private double privileges(boolean changed) {
        return switch (value("PR")) {
            case "N" -> 0.85;
            case "L" -> changed ? 0.68 : 0.62;
            case "H" -> changed ? 0.5 : 0.27;
            default -> Double.NaN;
        };
    }

    private double interaction() {
        return switch (value("UI")) {
            case "N" -> 0.85;
            case "R" -> 0.62;
            default -> Double.NaN;
        };
    }
}
