package dev.cordon.wasi.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
    private static List<String> path(String text) {
        return List.of(text.split("/"));
    }

    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a, b, false",
        "a, a/b/c, true",
        "a/b, a, false",
        "a/b, a/b, true",
        "*.log, x.log, true",
        "*.log, .log, true",
        "*.log, d/x.log, false",
        "**/*.log, d/x.log, true",
        "**/*.log, x.log, true",
        "**/*.log, a/b/c/x.log, true",
        "**/*.log, x.log/below, true",
        "a/**/z, a/z, true",
        "a/**/z, a/b/c/z, true",
        "a/**/z, a/b/c, false",
        "a/**, a/b, true",
        "a/**, a, true",
        "**, anything/at/all, true",
        "a?c, abc, true",
        "a?c, ac, false",
        "a?c, a\uD83D\uDE00c, true",
        "a*b*c, aXbXbXc, true",
        "a*b*c, aXbXbX, false",
        "*, a, true",
        "A, a, false",
    })
    void patternsCover(String pattern, String path, boolean covers) {
        assertThat(PathPattern.of(pattern).covers(path(path))).isEqualTo(covers);
    }

    @ParameterizedTest
    @CsvSource({
        "a/b/c, a, true",
        "a/b/c, a/b, true",
        "a/b/c, b, false",
        "**/c, x/y, true",
        "a/*/c, a/x, true",
        "a/*/c, a/x/d, false",
    })
    void patternsLeadBelow(String pattern, String path, boolean leads) {
        assertThat(PathPattern.of(pattern).leadsBelow(path(path))).isEqualTo(leads);
    }

    @Test
    void denialIgnoresCaseAndWaysToWriteAnAccent() {
        PathPattern pattern = PathPattern.of("caf\u00e9/Stra\u00dfe");
        assertThat(pattern.coversIgnoringCase(path("CAFE\u0301/STRASSE"))).isTrue();
        assertThat(pattern.coversIgnoringCase(path("cafe/strasse"))).isFalse();
    }

    @Test
    void noPatternTakesLong() {
        PathPattern names = PathPattern.of("*a".repeat(100) + "b");
        assertThat(names.covers(List.of("a".repeat(255)))).isFalse();
        PathPattern depths = PathPattern.of("**/a/".repeat(30) + "b");
        assertThat(depths.covers(path("a/".repeat(500) + "c"))).isFalse();
    }

    @Test
    void malformedPatternsAreRefused() {
        for (String text : new String[] {"", "/a", "a/", "a//b", ".", "a/../b", "a**", "**b/c"}) {
            assertThatThrownBy(() -> PathPattern.of(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("pattern `" + text + "` has ");
        }
        assertThatThrownBy(() -> PathPattern.of("a/b\0c")).hasMessageEndingWith("zero character");
        assertThatThrownBy(() -> PathPattern.of("a/".repeat(64) + "b"))
                .hasMessageEndingWith("has more than 64 components");
        assertThatThrownBy(() -> PathPattern.of("a".repeat(5000)))
                .hasMessageEndingWith("is longer than 4096 characters");
    }
}
