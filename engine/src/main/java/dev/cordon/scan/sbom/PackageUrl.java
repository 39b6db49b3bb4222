package dev.cordon.scan.sbom;

import dev.cordon.scan.Component;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Turns package URLs such as {@code pkg:cargo/serde@1.0.2} into what advisories call the same. */
final class PackageUrl {
    private static final String SCHEME = "pkg:";

    private static final Map<String, String> ECOSYSTEMS =
            Map.ofEntries(
                    Map.entry("cargo", "crates.io"),
                    Map.entry("npm", "npm"),
                    Map.entry("pypi", "PyPI"),
                    Map.entry("golang", "Go"),
                    Map.entry("maven", "Maven"),
                    Map.entry("gem", "RubyGems"),
                    Map.entry("nuget", "NuGet"),
                    Map.entry("composer", "Packagist"),
                    Map.entry("hex", "Hex"),
                    Map.entry("pub", "Pub"),
                    Map.entry("swift", "SwiftURL"),
                    Map.entry("conan", "ConanCenter"),
                    Map.entry("cran", "CRAN"),
                    Map.entry("hackage", "Hackage"));

    private PackageUrl() {}

    /** The component that a package URL names, empty if the text is none that is known. */
    static Optional<Component> component(String url, String otherVersion) {
        String rest = url.startsWith(SCHEME) ? url.substring(SCHEME.length()) : "";
        rest = before(before(rest, '#'), '?');
        int slash = rest.indexOf('/');
        String ecosystem =
                slash < 0
                        ? null
                        : ECOSYSTEMS.get(rest.substring(0, slash).toLowerCase(Locale.ROOT));
        if (ecosystem == null) {
            return Optional.empty();
        }
        String path = rest.substring(slash + 1);
        int at = path.lastIndexOf('@');
        boolean versioned = at > 0 && path.indexOf('/', at) < 0;
        String name = decoded(versioned ? path.substring(0, at) : path);
        String version = versioned ? decoded(path.substring(at + 1)) : otherVersion;
        return Optional.of(new Component(ecosystem, named(ecosystem, name), version));
    }

    private static String named(String ecosystem, String name) {
        return switch (ecosystem) {
            case "Maven" -> name.replace('/', ':');
            case "PyPI" -> name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-");
            default -> name;
        };
    }

    private static String before(String text, char mark) {
        int at = text.indexOf(mark);
        return at < 0 ? text : text.substring(0, at);
    }

    private static String decoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
