package dev.cordon.scan.rule;

import dev.cordon.scan.Level;
import dev.cordon.scan.ScanRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What keys and tokens look like. */
final class SecretTelltales {
    private static final String DIGIT = "0123456789";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LETTER = UPPER + "abcdefghijklmnopqrstuvwxyz";
    private static final Characters DIGITS = Characters.of(DIGIT);
    private static final Characters LETTERS = Characters.of(LETTER);
    private static final Characters KEY_ID = Characters.of(UPPER + DIGIT);
    private static final Characters TOKEN = Characters.of(LETTER + DIGIT);
    private static final Characters TOKEN_OR_LINE = Characters.of(LETTER + DIGIT + "_");
    private static final Characters TOKEN_OR_DASH = Characters.of(LETTER + DIGIT + "-");
    private static final Characters VALUE = Characters.of(LETTER + DIGIT + "+/_-.");
    private static final Characters KIND = Characters.of(UPPER + DIGIT + " ");
    private static final Characters LINE_END = Characters.of("\r\n\\rn ");
    private static final Characters PEM_BODY = Characters.of(LETTER + DIGIT + "+/=\r\n\\ ");
    private static final Characters QUOTES = Characters.of(" \"'");

    private static final byte[] PEM_END = "PRIVATE KEY-----".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_PEM_KIND = 30;
    private static final int LEAST_PEM_BODY = 40;
    private static final int MAX_SECRET = 256;

    private static final int LEAST_VALUE = 20;
    private static final double LEAST_BITS = 3.2;
    private static final int MAX_QUOTES = 3;
    private static final int MAX_LINE_END = 8;
    private static final List<byte[]> NAMES =
            Stream.of(
                            "secret",
                            "token",
                            "passwd",
                            "password",
                            "api_key",
                            "apikey",
                            "api-key",
                            "access_key",
                            "accesskey",
                            "private_key",
                            "auth_key")
                    .map(name -> name.getBytes(StandardCharsets.US_ASCII))
                    .toList();

    private SecretTelltales() {}

    static List<Telltale> all() {
        List<Telltale> all = new ArrayList<>();
        all.add(high("private key", "-----BEGIN ", SecretTelltales::pem));
        for (String prefix : List.of("AKIA", "ASIA")) {
            all.add(high("AWS access key", prefix, word(KEY_ID, 16, 16)));
        }
        for (String prefix : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
            all.add(high("GitHub token", prefix, word(TOKEN, 36, MAX_SECRET)));
        }
        all.add(high("GitHub token", "github_pat_", word(TOKEN_OR_LINE, 22, MAX_SECRET)));
        for (String prefix : List.of("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-")) {
            all.add(high("Slack token", prefix, word(TOKEN_OR_DASH, 10, MAX_SECRET)));
        }
        for (String mark : List.of("=", ":")) {
            all.add(
                    Telltale.of(
                            ScanRule.SECRET,
                            Level.MEDIUM,
                            "value that is called a secret",
                            mark,
                            SecretTelltales::named));
        }
        return all;
    }

    private static Telltale high(String what, String start, Telltale.Tail tail) {
        return Telltale.of(ScanRule.SECRET, Level.HIGH, what, start, tail);
    }

    /** So many characters of a kind, with no letter or digit before or after. */
    private static Telltale.Tail word(Characters characters, int least, int most) {
        return (range, start, from) -> {
            if (range.isWord(start - 1)) {
                return -1;
            }
            int end = range.run(characters, from, most + 1);
            return !range.isWord(end) && end - from >= least && end - from <= most ? end : -1;
        };
    }

    /** A header alone is in every program that reads such keys, so a body has to follow. */
    private static int pem(ByteRange range, int start, int from) {
        int kind = range.run(KIND, from, MAX_PEM_KIND);
        for (int at = from; at <= kind; at++) {
            if (range.startsWith(PEM_END, at)) {
                int body = range.run(LINE_END, at + PEM_END.length, MAX_LINE_END);
                int end = range.run(PEM_BODY, body, MAX_SECRET);
                return end - body >= LEAST_PEM_BODY ? end : -1;
            }
        }
        return -1;
    }

    /** A name such as {@code api_key} before the mark and a value that looks random behind it. */
    private static int named(ByteRange range, int start, int from) {
        int name = start;
        while (start - name < MAX_QUOTES && QUOTES.has(range.at(name - 1))) {
            name--;
        }
        if (!endsWithName(range, name)) {
            return -1;
        }
        int value = range.run(QUOTES, from, MAX_QUOTES);
        int end = range.run(VALUE, value, MAX_SECRET);
        boolean random =
                end - value >= LEAST_VALUE
                        && range.run(LETTERS, value, MAX_SECRET) < end
                        && holdsDigit(range, value, end)
                        && Entropy.bits(range.bytes(), value, end) >= LEAST_BITS;
        return random ? end : -1;
    }

    /** Compares from the end, where nearly all texts differ from all names at once. */
    private static boolean endsWithName(ByteRange range, int end) {
        for (byte[] name : NAMES) {
            int at = 1;
            while (at <= name.length && lower(range.at(end - at)) == name[name.length - at]) {
                at++;
            }
            if (at > name.length) {
                return true;
            }
        }
        return false;
    }

    private static int lower(int letter) {
        return letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter;
    }

    private static boolean holdsDigit(ByteRange range, int from, int to) {
        for (int at = from; at < to; at++) {
            if (DIGITS.has(range.at(at))) {
                return true;
            }
        }
        return false;
    }
}
