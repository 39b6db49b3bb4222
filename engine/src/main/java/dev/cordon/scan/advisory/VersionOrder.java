package dev.cordon.scan.advisory;

import java.math.BigInteger;
import java.util.Optional;

/** In which order an ecosystem's versions come. */
enum VersionOrder {
    /** Semantic versions, with any count of numbers. */
    SEMANTIC {
        @Override
        Optional<? extends Comparable<?>> key(String version) {
            return SemanticVersion.parse(version);
        }

        @Override
        int compare(String a, String b) {
            return SemanticVersion.parse(a)
                    .orElseThrow()
                    .compareTo(SemanticVersion.parse(b).orElseThrow());
        }
    },
    /** The versions of Python packages. */
    PYTHON {
        @Override
        Optional<? extends Comparable<?>> key(String version) {
            return PythonVersion.parse(version);
        }

        @Override
        int compare(String a, String b) {
            return PythonVersion.parse(a)
                    .orElseThrow()
                    .compareTo(PythonVersion.parse(b).orElseThrow());
        }
    },
    /** The versions of Ruby gems. */
    RUBY {
        @Override
        Optional<? extends Comparable<?>> key(String version) {
            return GemVersion.parse(version);
        }

        @Override
        int compare(String a, String b) {
            return GemVersion.parse(a).orElseThrow().compareTo(GemVersion.parse(b).orElseThrow());
        }
    },
    /** Versions in an order that is not known here. */
    UNKNOWN {
        @Override
        Optional<? extends Comparable<?>> key(String version) {
            return Optional.empty();
        }

        @Override
        int compare(String a, String b) {
            throw new IllegalStateException("versions of an unknown order were compared");
        }
    };

    /** Longest version that is looked at. */
    static final int MAX_LENGTH = 200;

    /** The order of an ecosystem, without the release that may stand behind a colon. */
    static VersionOrder of(String ecosystem) {
        int colon = ecosystem.indexOf(':');
        String base = colon < 0 ? ecosystem : ecosystem.substring(0, colon);
        return switch (base) {
            case "crates.io", "npm", "Go", "Hex", "NuGet", "Pub", "SwiftURL", "GitHub Actions" ->
                    SEMANTIC;
            case "PyPI" -> PYTHON;
            case "RubyGems" -> RUBY;
            default -> UNKNOWN;
        };
    }

    abstract Optional<? extends Comparable<?>> key(String version);

    /** Compares two versions that are understood. */
    abstract int compare(String a, String b);

    boolean understands(String version) {
        return version.length() <= MAX_LENGTH && key(version).isPresent();
    }

    /** Compares two numbers of any length, as texts of digits. */
    static int compareNumbers(String a, String b) {
        return new BigInteger(a).compareTo(new BigInteger(b));
    }

    static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(it -> it >= '0' && it <= '9');
    }
}
