package dev.cordon.scan.rule;

import dev.cordon.scan.Level;
import dev.cordon.scan.ScanRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Texts that say where a program wants to go. */
final class TextTelltales {
    static final String URL = "URL";
    static final String POOL = "address of a mining pool";
    static final String WALLET = "wallet address";

    private static final Characters HOST =
            Characters.of(
                    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_:@[]%{}$");
    private static final Characters BASE58 =
            Characters.of("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");
    private static final Characters BECH32 = Characters.of("qpzry9x8gf2tvdw0s3jn54khce6mua7l");
    private static final Characters HEX = Characters.of("0123456789abcdefABCDEF");
    private static final int MAX_HOST = 255;
    private static final byte[] LOCAL_HOST = "localhost".getBytes(StandardCharsets.US_ASCII);

    private TextTelltales() {}

    static List<Telltale> all() {
        List<Telltale> all = new ArrayList<>();
        for (String scheme : List.of("stratum+tcp://", "stratum+ssl://", "stratum+tls://")) {
            all.add(medium(POOL, scheme, TextTelltales::host));
        }
        for (String scheme : List.of("http://", "https://", "ws://", "wss://", "ftp://")) {
            all.add(medium("URL with a bare address", scheme, TextTelltales::bareAddress));
            all.add(low(URL, scheme, TextTelltales::namedHost));
        }
        for (char digit = '1'; digit <= '9'; digit++) {
            all.add(medium("network address", String.valueOf(digit), PublicAddress::withPort));
        }
        wallets(all);
        shell(all);
        return all;
    }

    private static void wallets(List<Telltale> all) {
        all.add(medium(WALLET, "4", alone(BASE58, 94)));
        all.add(medium(WALLET, "8", alone(BASE58, 94)));
        all.add(medium(WALLET, "bc1q", alone(BECH32, 38)));
        all.add(medium(WALLET, "bc1p", alone(BECH32, 58)));
        all.add(medium(WALLET, "0x", alone(HEX, 40)));
        BitcoinAddress legacy = new BitcoinAddress();
        all.add(medium(WALLET, "1", legacy));
        all.add(medium(WALLET, "3", legacy));
    }

    private static void shell(List<Telltale> all) {
        String what = "fragment of a shell script";
        for (String text :
                List.of(
                        "/dev/tcp/",
                        "curl -",
                        "curl http",
                        "wget -",
                        "wget http",
                        "powershell -",
                        "rm -rf /",
                        "chmod +x",
                        "nc -e ",
                        "base64 -d")) {
            all.add(medium(what, text, TextTelltales::notInAWord));
        }
        for (String text : List.of("| sh", "|sh", "| bash", "|bash")) {
            all.add(medium(what, text, (range, start, from) -> range.isWord(from) ? -1 : from));
        }
        String path = "path of a shell or of passwords";
        for (String text :
                List.of("/bin/sh", "/bin/bash", "cmd.exe", "/etc/passwd", "/etc/shadow")) {
            all.add(low(path, text, Telltale.ANYTHING));
        }
    }

    private static Telltale medium(String what, String start, Telltale.Tail tail) {
        return Telltale.of(ScanRule.SUSPICIOUS_TEXT, Level.MEDIUM, what, start, tail);
    }

    private static Telltale low(String what, String start, Telltale.Tail tail) {
        return Telltale.of(ScanRule.SUSPICIOUS_TEXT, Level.LOW, what, start, tail);
    }

    private static int notInAWord(ByteRange range, int start, int from) {
        return range.isWord(start - 1) ? -1 : from;
    }

    /** Exactly so many characters of a kind behind the start, and no word before or after. */
    private static Telltale.Tail alone(Characters characters, int count) {
        return (range, start, from) -> {
            if (range.isWord(start - 1)) {
                return -1;
            }
            int end = range.run(characters, from, count + 1);
            return end - from == count && !range.isWord(end) ? end : -1;
        };
    }

    private static int host(ByteRange range, int start, int from) {
        int end = range.run(HOST, from, MAX_HOST);
        return ByteRange.isAlphanumeric(range.at(from)) ? end : -1;
    }

    private static int bareAddress(ByteRange range, int start, int from) {
        return PublicAddress.end(range, from) < 0 ? -1 : host(range, start, from);
    }

    private static int namedHost(ByteRange range, int start, int from) {
        int end = PublicAddress.end(range, from) < 0 ? host(range, start, from) : -1;
        boolean plausible = range.startsWith(LOCAL_HOST, from) || holds(range, '.', from, end);
        return plausible ? end : -1; // tables of words hold `http://` and any word
    }

    private static boolean holds(ByteRange range, char character, int from, int to) {
        int at = from;
        while (at < to && range.at(at) != character) {
            at++;
        }
        return at < to;
    }
}
