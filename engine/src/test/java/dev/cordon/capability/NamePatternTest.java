package dev.cordon.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.UsageException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "order.placed, order.placed, true",
        "order.placed, order.placed.now, false",
        "order.placed, order, false",
        "order.*, order.placed, true",
        "order.*, order, false",
        "order.*, order.placed.now, false",
        "order.*, orders.placed, false",
        "*.placed, order.placed, true",
        "*.placed, a.order.placed, false",
        "order.**, order.placed.now, true",
        "order.**, order, false",
        "**, order.placed, true",
        "*, order, true",
        "*, order.placed, false",
        "a.*.c, a.b.c, true",
        "a.*.c, a.b.b.c, false",
        "order.place, order.placed, false",
        "*.**, a.b, true",
        "*.**, a, false",
    })
    void partsAreMatchedOneByOne(String pattern, String name, boolean matches) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "a.", ".a", "a..b", "a*", "**.a", "a.**.b", "a b", "a/b", "ä", "a\n", "***"
            })
    void whatIsNoPatternIsRefused(String text) {
        assertThatThrownBy(() -> new NamePattern(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("is not a pattern of names");
    }

    @Test
    void lengthsAreBounded() {
        assertThat(NamePattern.isName("a".repeat(200))).isTrue();
        assertThat(NamePattern.isName("a".repeat(201))).isFalse();
        assertThat(NamePattern.isPattern("a".repeat(256))).isTrue();
        assertThat(NamePattern.isPattern("a".repeat(257))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", "*", "a.*", "**", "a:b", "a\n", "a\u0000", "Ａ"})
    void whatIsNoNameIsSeen(String text) {
        assertThat(NamePattern.isName(text)).isFalse();
    }

    @Property
    void aPatternMeansWhatItsRegularExpressionMeans(
            @ForAll("patterns") String pattern, @ForAll("names") String name) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(name.matches(regex(pattern)));
    }

    @Property
    void everyNameIsItsOwnPattern(@ForAll("names") String name) {
        assertThat(NamePattern.isName(name)).isTrue();
        assertThat(new NamePattern(name).matches(name)).isTrue();
        assertThat(new NamePattern("**").matches(name)).isTrue();
    }

    /** The meaning of a pattern, said in another way. */
    private static String regex(String pattern) {
        return Arrays.stream(pattern.split("\\."))
                .map(
                        part ->
                                part.equals("**")
                                        ? "[^.]+(\\.[^.]+)*"
                                        : part.equals("*") ? "[^.]+" : part)
                .collect(Collectors.joining("\\."));
    }

    /** Few letters, so that names and patterns meet often. */
    private static Arbitrary<List<String>> parts(String... of) {
        return Arbitraries.of(of).list().ofMinSize(1).ofMaxSize(4);
    }

    @Provide
    Arbitrary<String> names() {
        return parts("a", "b", "ab").map(parts -> String.join(".", parts));
    }

    @Provide
    Arbitrary<String> patterns() {
        Arbitrary<String> end = Arbitraries.of("", ".**");
        return parts("a", "b", "ab", "*")
                .map(parts -> String.join(".", parts))
                .flatMap(head -> end.map(tail -> head + tail));
    }
}
