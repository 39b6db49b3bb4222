package dev.cordon.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.UsageException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a, b, false",
        "a, ab, false",
        "ab, a, false",
        "a, a.b, false",
        "a.b, a, false",
        "*, a, true",
        "*, a.b, false",
        "*.b, a.b, true",
        "*.b, b, false",
        "a.*.c, a.b.c, true",
        "a.*.c, a.b.d, false",
        "a.*, a.b.c, false",
        "**, a, true",
        "**, a.b.c, true",
        "a.**, a.b, true",
        "a.**, a.b.c, true",
        "a.**, a, false",
        "a.**, ab.c, false",
        "*.**, a.b, true",
        "*.**, a, false",
    })
    void partsAreMatchedAsAWhole(String pattern, String name, boolean expected) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a*", "**.a", "***", "a b", "a/b", "ä"})
    void whatIsNoPatternIsRefused(String text) {
        assertThatThrownBy(() -> new NamePattern(text)).isInstanceOf(UsageException.class);
    }

    @Property(tries = 500)
    void agreesWithARegularExpression(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 2) Integer> pattern,
            @ForAll boolean rest,
            @ForAll @Size(min = 1, max = 5) List<@IntRange(max = 1) Integer> name) {
        Stream<String> parts = pattern.stream().map(part -> List.of("a", "b", "*").get(part));
        String text =
                Stream.concat(parts, rest ? Stream.of("**") : Stream.empty())
                        .collect(Collectors.joining("."));
        String regex =
                text.replace("**", "#")
                        .replace(".", "[.]")
                        .replace("*", "[^.]+")
                        .replace("#", ".+");
        String subject =
                name.stream().map(part -> part == 0 ? "a" : "b").collect(Collectors.joining("."));
        assertThat(new NamePattern(text).matches(subject)).isEqualTo(subject.matches(regex));
    }

    @ParameterizedTest
    @CsvSource({
        "data:read=a.*, DATA_READ, a.b, true",
        "data:read=a.*, DATA_WRITE, a.b, false",
        "data:read=a.*, DATA_READ, a.b.c, false",
        "data:write=**, DATA_WRITE, a.b.c, true",
        "data:write=**, DATA_READ, a.b.c, false",
        "random, RANDOM, a, false",
    })
    void grantsOfNamesCoverTheirKindOnly(
            String grant, GrantKind kind, String name, boolean expected) {
        assertThat(Grants.of(grant).allows(kind, name)).isEqualTo(expected);
    }
}
