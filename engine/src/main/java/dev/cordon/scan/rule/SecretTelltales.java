package dev.cordon.scan.rule;

import dev.cordon.scan.Level;
import dev.cordon.scan.ScanRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What keys and tokens look like. */
final class SecretTelltales {
    private static final String DIGITS = "0123456789";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String ALPHANUMERIC = DIGITS + UPPER + UPPER.toLowerCase(Locale.ROOT);
    private static final String BASE64 = ALPHANUMERIC + "+/=";
    private static final String VALUE = ALPHANUMERIC + "+/_-.";

    private static final String PEM_END = "PRIVATE KEY-----";
    private static final int MAX_PEM_KIND = 30;
    private static final int LEAST_PEM_BODY = 40;
    private static final int MAX_SECRET = 256;

    private static final int LEAST_VALUE = 20;
    private static final double LEAST_BITS = 3.2;
    private static final int MAX_NAME = 24;
    private static final List<String> NAMES =
            List.of(
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
                    "auth_key");

    private SecretTelltales() {}

    static List<Telltale> all() {
        List<Telltale> all = new ArrayList<>();
        all.add(high("private key", "-----BEGIN ", SecretTelltales::pem));
        for (String prefix : List.of("AKIA", "ASIA")) {
            all.add(high("AWS access key", prefix, word(UPPER + DIGITS, 16, 16)));
        }
        for (String prefix : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
            all.add(high("GitHub token", prefix, word(ALPHANUMERIC, 36, MAX_SECRET)));
        }
        all.add(high("GitHub token", "github_pat_", word(ALPHANUMERIC + "_", 22, MAX_SECRET)));
        for (String prefix : List.of("xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-")) {
            all.add(high("Slack token", prefix, word(ALPHANUMERIC + "-", 10, MAX_SECRET)));
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
    private static Telltale.Tail word(String characters, int least, int most) {
        return (range, start, from) -> {
            int end = range.run(characters, from, most + 1);
            boolean alone = !range.isWord(start - 1) && !range.isWord(end);
            return alone && end - from >= least && end - from <= most ? end : -1;
        };
    }

    /** A header alone is in every program that reads such keys, so a body has to follow. */
    private static int pem(ByteRange range, int start, int from) {
        int kind = range.run(UPPER + DIGITS + " ", from, MAX_PEM_KIND);
        for (int at = from; at <= kind; at++) {
            byte[] wanted = PEM_END.getBytes(StandardCharsets.US_ASCII);
            if (range.startsWith(wanted, at)) {
                int body = range.run("\r\n\\rn ", at + wanted.length, 8);
                int end = range.run(BASE64 + "\r\n\\ ", body, MAX_SECRET);
                return end - body >= LEAST_PEM_BODY ? end : -1;
            }
        }
        return -1;
    }

    /** A name such as {@code api_key} before the mark and a value that looks random behind it. */
    private static int named(ByteRange range, int start, int from) {
        int name = start;
        while (start - name < 3 && " \"'".indexOf(range.at(name - 1)) >= 0) {
            name--;
        }
        int first = Math.max(range.from(), name - MAX_NAME);
        String before =
                new String(
                                range.bytes(),
                                first,
                                Math.max(0, name - first),
                                StandardCharsets.ISO_8859_1)
                        .toLowerCase(Locale.ROOT);
        if (NAMES.stream().noneMatch(before::endsWith)) {
            return -1;
        }
        int value = range.run(" \"'", from, 3);
        int end = range.run(VALUE, value, MAX_SECRET);
        boolean random =
                end - value >= LEAST_VALUE
                        && range.run(ALPHANUMERIC.substring(DIGITS.length()), value, MAX_SECRET)
                                < end
                        && holds(range, DIGITS, value, end)
                        && Entropy.bits(range.bytes(), value, end) >= LEAST_BITS;
        return random ? end : -1;
    }

    private static boolean holds(ByteRange range, String characters, int from, int to) {
        for (int at = from; at < to; at++) {
            if (characters.indexOf(range.at(at)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
