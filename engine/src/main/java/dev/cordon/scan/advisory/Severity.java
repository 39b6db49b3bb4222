package dev.cordon.scan.advisory;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cordon.scan.Level;
import java.util.Locale;
import java.util.Optional;

/** How much an advisory weighs, from the several places where files say it. */
final class Severity {
    private static final String MALICIOUS = "MAL-";

    private Severity() {}

    /** The level of a whole advisory; high if it says nothing, so that nothing is overlooked. */
    static Level of(JsonNode advisory) {
        if (advisory.path("id").asText().startsWith(MALICIOUS)) {
            return Level.CRITICAL;
        }
        return stated(advisory).orElse(Level.HIGH);
    }

    /** The level of one affected package, where it differs from that of the advisory. */
    static Optional<Level> ofPackage(JsonNode affected) {
        JsonNode specific = affected.path("database_specific");
        if (specific.path("informational").isTextual()) {
            return Optional.of(Level.LOW); // unmaintained, a notice: nothing that can be exploited
        }
        return stated(affected).or(() -> CvssScore.level(specific.path("cvss").asText()));
    }

    private static Optional<Level> stated(JsonNode node) {
        Optional<Level> highest = Optional.empty();
        for (JsonNode severity : node.path("severity")) {
            Optional<Level> level = CvssScore.level(severity.path("score").asText());
            if (highest.isEmpty() || (level.isPresent() && level.get().reaches(highest.get()))) {
                highest = level;
            }
        }
        return highest.or(() -> named(node.path("database_specific").path("severity").asText()));
    }

    private static Optional<Level> named(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "critical" -> Optional.of(Level.CRITICAL);
            case "high", "important" -> Optional.of(Level.HIGH);
            case "moderate", "medium" -> Optional.of(Level.MEDIUM);
            case "low", "negligible" -> Optional.of(Level.LOW);
            default -> Optional.empty();
        };
    }
}
