package dev.cordon.wasi.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostPatternTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "*",
                "*.",
                "**.a",
                "a.*",
                "a*b",
                "-a",
                "a-",
                "a..b",
                "a b",
                "1",
                "127.1",
                "0x7f.1",
                "0x7f000001",
                "2130706433",
                "010.0.0.1",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.4/",
                "1.2.3.4/33",
                "1.2.3.4/-1",
                "1.2.3.4/a",
                "1.2.3.4/08",
                "1.2.3.4/8",
                "1.2.3.4/0",
                "1.2.3.4/255.0.0.0",
                "/8",
                "::1/129",
                "::1/64",
                "[::1]",
                "::1%lo",
                "fe80::1%1",
                ":::",
                "1::2::3",
                "12345::",
                "::ffff:10.0.0.0/104",
                "a/8",
                "example.org/24",
                "example.org:80",
                "*.1.2.3.4",
                "ex\u00e4mple.org",
                "a\u0000b",
                "http://a"
            })
    void malformedHostsAreRefused(String host) {
        assertThatThrownBy(() -> HostPattern.parse(host))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "a.org, a.org, true",
        "a.org, b.a.org, false",
        "*.a.org, b.a.org, true",
        "*.a.org, c.b.a.org, true",
        "*.a.org, a.org, false",
        "*.a.org, ba.org, false",
        "*.a.org, .a.org, false",
        "A.Org., a.org, true"
    })
    void namesMatchWholeParts(String pattern, String name, boolean expected) {
        assertThat(HostPattern.parse(pattern).matches(name)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void portsAreChecked(int port) {
        NetworkDoor.Builder rules = new NetworkDoor.Builder();
        assertThatThrownBy(() -> rules.outbound(Transport.TCP, "a.org", port))
                .isInstanceOf(IllegalArgumentException.class);
        if (port != 0) {
            assertThatThrownBy(() -> rules.inbound(Transport.TCP, "127.0.0.1", port))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
