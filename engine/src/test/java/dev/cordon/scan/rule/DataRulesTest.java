package dev.cordon.scan.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.scan.ScanReport;
import dev.cordon.scan.ScanRule;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about what stands in a module's data. */
class DataRulesTest {
    private static final String HEX40 = "0123456789abcdef0123456789abcdef01234567";

    private static List<String> texts(String data, ScanRule rule) {
        return Scans.of(new TestModule().memory(100, 100).data(data), rule);
    }

    @Test
    void aPrivateKeyIsFoundAndNotRepeated() {
        String key =
                "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEAtPqHXm0x8f3bVTbk7m1Wq9Zc\n-----END";
        assertThat(texts(key, ScanRule.SECRET))
                .singleElement()
                .asString()
                .startsWith("high: private key")
                .doesNotContain("MIIE");
    }

    @Test
    void theHeaderOfAKeyAloneIsNoSecret() {
        assertThat(texts("-----BEGIN PRIVATE KEY-----\0-----END", ScanRule.SECRET)).isEmpty();
        assertThat(texts("-----BEGIN CERTIFICATE-----\n" + HEX40, ScanRule.SECRET)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AKIAIOSFODNN7EXAMPLE, AWS access key",
        "ghp_0123456789abcdefghijABCDEFGHIJ012345, GitHub token",
        "github_pat_0123456789abcdefghij_ABC, GitHub token",
        "xoxb-123456789012-abcdefABCDEF, Slack token"
    })
    void tokensAreFound(String token, String what) {
        assertThat(texts("x " + token + " y", ScanRule.SECRET))
                .singleElement()
                .asString()
                .startsWith("high: " + what)
                .doesNotContain(token);
        assertThat(texts("x" + token, ScanRule.SECRET)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api_key = \"q7Zp3Lk9Xw2Vb8Nm4Rt6Yh1J\"",
                "{\"token\": \"q7Zp3Lk9Xw2Vb8Nm4Rt6Yh1J\"}",
                "PASSWORD=q7Zp3Lk9Xw2Vb8Nm4Rt6Yh1J"
            })
    void aValueThatIsCalledASecretIsFound(String text) {
        assertThat(texts(text, ScanRule.SECRET))
                .singleElement()
                .asString()
                .startsWith("medium: value that is called a secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token: expected identifier but found", "password=${env.DATABASE_PASSWORD_V2}",
                "secret=aaaaaaaaaaaaaaaaaaaaaaaa1", "monkey=q7Zp3Lk9Xw2Vb8Nm4Rt6Yh1J",
                "token=getNextTokenFromTheStream"
            })
    void ordinaryTextsAreNoSecrets(String text) {
        assertThat(texts(text, ScanRule.SECRET)).isEmpty();
    }

    @Test
    void secretsInCustomSectionsAreFound() {
        byte[] key = "AKIAIOSFODNN7EXAMPLE".getBytes();
        assertThat(Scans.of(new TestModule().custom("note", key), ScanRule.SECRET)).hasSize(1);
        assertThat(Scans.of(new TestModule().custom(".debug_str", key), ScanRule.SECRET)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "stratum+tcp://pool.invalid:3333, medium: address of a mining pool",
        "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2, medium: wallet address",
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq, medium: wallet address",
        "0xde0B295669a9FD93d5F28D9Ec85E40f4cb697BAe, medium: wallet address",
        "http://93.184.216.34/x, medium: URL with a bare address",
        "93.184.216.34:4444, medium: network address",
        "bash -i >& /dev/tcp/a/1, medium: fragment of a shell script",
        "curl http x | sh, medium: fragment of a shell script",
        "/etc/shadow, low: path of a shell or of passwords"
    })
    void suspiciousTextsAreFound(String text, String finding) {
        assertThat(texts("a " + text + " z", ScanRule.SUSPICIOUS_TEXT))
                .anySatisfy(it -> assertThat(it).startsWith(finding));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version 1.2.3.4",
                "127.0.0.1:8080",
                "192.168.0.1:80",
                "oid 1.2.840.113549.1.1:99",
                "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN3",
                "0x0123",
                "a | shift",
                "http://word",
                "3f786850e387550fdab836ed7e6dc881de23001b"
            })
    void ordinaryTextsAreNot(String text) {
        assertThat(texts("a " + text + " z", ScanRule.SUSPICIOUS_TEXT)).isEmpty();
    }

    @Test
    void urlsAreOneFinding() {
        assertThat(
                        texts(
                                "http://a.example/x https://b.example/y http://127.0.0.1:1/",
                                ScanRule.SUSPICIOUS_TEXT))
                .containsExactly("low: 3 URLs: `a.example`, `127.0.0.1:1`, `b.example`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\177ELF\2\1\1\0\0\0\0\0", "PK\3\4\24\0\0\0\10\0", "MZ"})
    void programsAndArchivesAreFound(String start) {
        byte[] file = new byte[256];
        for (int i = 0; i < start.length(); i++) {
            file[i] = (byte) start.charAt(i);
        }
        if (start.startsWith("PK")) {
            file[26] = 1;
            file[30] = 'a';
        } else if (start.equals("MZ")) {
            file[0x3c] = 0x40;
            System.arraycopy(new byte[] {'P', 'E'}, 0, file, 0x40, 2);
        }
        TestModule module = new TestModule().memory(1, 1).data(file);
        assertThat(Scans.of(module, ScanRule.PACKED_DATA)).hasSize(1);
    }

    @Test
    void theMagicAloneIsNoProgram() {
        for (String magic : List.of("\177ELF", "PK\3\4", "MZ and more", "\0asm\1\0\0\0")) {
            assertThat(texts(magic + "\0\0\0\0\0\0\0\0", ScanRule.PACKED_DATA)).isEmpty();
        }
    }

    @Test
    void randomDataLooksPackedAlsoWhenItIsCutUp() {
        byte[] random = new byte[65_536];
        new Random(1).nextBytes(random);
        TestModule whole = new TestModule().memory(2, 2).data(random);
        assertThat(Scans.of(whole, ScanRule.PACKED_DATA))
                .singleElement()
                .asString()
                .startsWith("medium: 65536 bytes look compressed");
        TestModule cut = new TestModule().memory(2, 2);
        for (int at = 0; at < 8_192; at += 1_024) {
            cut.data(java.util.Arrays.copyOfRange(random, at, at + 1_024));
        }
        assertThat(Scans.of(cut, ScanRule.PACKED_DATA))
                .singleElement()
                .asString()
                .startsWith("low: 8192 bytes look compressed");
        assertThat(texts("words ".repeat(2_000), ScanRule.PACKED_DATA)).isEmpty();
    }

    @Test
    void thousandsOfSecretsAreCounted() {
        ScanReport report =
                Scans.scan(
                        new TestModule()
                                .memory(10, 10)
                                .data("AKIAIOSFODNN7EXAMPLE ".repeat(5_000))
                                .build());
        assertThat(Scans.of(report, ScanRule.SECRET)).hasSize(Findings.MAX_KEPT);
        assertThat(report.omitted().values()).containsExactly(5_000 - Findings.MAX_KEPT);
    }
}
