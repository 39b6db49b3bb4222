package dev.cordon.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuestTextTest {
    @Test
    void plainTextStaysAsItIs() {
        assertThat(GuestText.printable("straße 東京 😀 a_b-c", 100)).isEqualTo("straße 東京 😀 a_b-c");
    }

    @Test
    void whatCouldForgeOutputIsMadeVisible() {
        assertThat(GuestText.printable("ok\u001b[2J\u202e\n", 100))
                .isEqualTo("ok\\u{1b}[2J\\u{202e}\\u{a}");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "7f, 7f",
        "85, 85",
        "a0, a0",
        "200b, 200b",
        "2028, 2028",
        "feff, feff",
        "d800, d800",
        "e000, e000",
        "e0041, e0041",
        "10ffff, 10ffff"
    })
    void invisibleCharactersAreShownByNumber(String hex, String shown) {
        String text = new String(Character.toChars(Integer.parseInt(hex, 16)));

        assertThat(GuestText.printable(text, 10)).isEqualTo("\\u{" + shown + "}");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(GuestText.printable("abcdef", 5)).isEqualTo("abcde…");
        assertThat(GuestText.printable("abcde", 5)).isEqualTo("abcde");
        assertThat(GuestText.printable("abcd😀", 5)).isEqualTo("abcd…");
        assertThat(GuestText.printable("abc", 0)).isEqualTo("…");
    }
}
