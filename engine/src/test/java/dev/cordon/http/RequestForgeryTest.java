package dev.cordon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.Network;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to make the host reach what a guest may not reach. */
@Timeout(60)
class RequestForgeryTest {
    /** The whole internet, by any name; each of these goes somewhere else. */
    private static ClientHarness internet() {
        return new ClientHarness(
                Network.builder()
                        .outboundHttp(false, "*")
                        .outboundHttp(true, "*")
                        .resolver(
                                name ->
                                        List.of(
                                                InetAddress.getByName(
                                                        name.startsWith("six")
                                                                ? "::ffff:10.0.0.1"
                                                                : "127.0.0.1"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "http://127.9.9.9/",
                "http://[::1]/",
                "http://[::]/",
                "http://0.0.0.0/",
                "http://[::ffff:127.0.0.1]/",
                "http://[::ffff:7f00:1]/",
                "http://[::127.0.0.1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[2002:7f00:1::]/",
                "http://10.0.0.1/",
                "http://192.168.0.1/",
                "http://172.16.0.1/",
                "http://169.254.169.254/",
                "http://100.100.100.200/",
                "http://[fd00:ec2::254]/",
                "http://[fe80::1]/",
                "http://224.0.0.1/",
                "http://255.255.255.255/",
                "http://localhost/",
                "http://LOCALHOST./",
                "http://a.localhost/",
                "http://inside.example/",
                "https://inside.example:8443/",
                "http://six.inside.example/"
            })
    void theInsideIsNotTheInternet(String url) throws Exception {
        try (ClientHarness http = internet()) {
            assertThat(http.outcome(url)).startsWith("DENIED ");
            assertThat(http.audit.get(http.audit.size() - 1)).startsWith("no http");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0x7f.0.0.1/",
                "http://0177.0.0.1/",
                "http://017700000001/",
                "http://127.1/",
                "http://127.0.0.1.5/",
                "http://1.1.1.256/",
                "http://127.0.0.1:0/",
                "http://127.0.0.1:65536/",
                "http://127.0.0.1:080x/",
                "http://127.0.0.1:/",
                "http://127.0.0.1:+80/",
                "http://a.example:80:81/",
                "http://user@a.example/",
                "http://user:pass@a.example/",
                "http://a.example@127.0.0.1/",
                "http://a.example%40127.0.0.1/",
                "http://a.example\\@127.0.0.1/",
                "http://a.example\\127.0.0.1/",
                "http://127.0.0.1%00.a.example/",
                "http://[fe80::1%25eth0]/",
                "http://[::1/",
                "http://[127.0.0.1]/",
                "http://[a.example]/",
                "http://[::1]x/",
                "http://::1/",
                "http:///path",
                "http://?a",
                "http:/a.example",
                "http:a.example",
                "//a.example/",
                "file:///etc/passwd",
                "ftp://a.example/",
                "gopher://a.example/",
                "jar:http://a.example!/",
                "javascript://a.example/",
                " http://a.example/",
                "http://a.example /",
                "http://a.example/ x",
                "http://a.example/\r\nX: y",
                "http://a.example/\tx",
                "http://a.example/\u0000",
                "http://a.example/\u00e4",
                "http://\u00e4.example/",
                "http://\uff41.example/",
                "http://a\u3002example/",
                "http://-a.example/",
                "http://a..example/",
                "http://.example/",
                "http://*.example/",
                "http://a,b.example/",
                "",
                "http://"
            })
    void whatTwoReadersCouldReadDifferentlyIsNoUrl(String url) {
        assertThatThrownBy(() -> HttpTarget.parse(url))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        it -> assertThat(it.kind()).isEqualTo(HttpProblem.Kind.INVALID));
    }

    @Test
    void aUrlHasOneSpelling() throws Exception {
        assertThat(HttpTarget.parse("HTTPS://A.Example.:443").url())
                .isEqualTo("https://a.example/");
        assertThat(HttpTarget.parse("http://a.example:8080?q").url())
                .isEqualTo("http://a.example:8080/?q");
        assertThat(HttpTarget.parse("http://a.example#f/../x").url())
                .isEqualTo("http://a.example/");
        assertThat(HttpTarget.parse("http://a.example/@b").url()).isEqualTo("http://a.example/@b");
        assertThat(HttpTarget.parse("http://[2001:DB8::1]:81/").authority())
                .isEqualTo("[2001:db8:0:0:0:0:0:1]:81");
        assertThat(HttpTarget.parse("http://[::ffff:1.2.3.4]/").host()).isEqualTo("1.2.3.4");
        assertThat(HttpTarget.parse("http://xn--4ca.example/").host()).isEqualTo("xn--4ca.example");
        assertThatThrownBy(() -> HttpTarget.parse("http://a.example/" + "x".repeat(9000)))
                .isInstanceOf(HttpProblem.class);
    }

    @Test
    void aNameWithoutARuleIsNotEvenLookedUp() throws Exception {
        Network.Builder rules =
                Network.builder()
                        .outboundHttp(false, "*.good.example")
                        .resolver(
                                name -> {
                                    throw new AssertionError("looked up " + name);
                                });
        try (ClientHarness http = new ClientHarness(rules)) {
            for (String host :
                    List.of("evilgood.example", "good.example", "x.good.example.evil.example")) {
                assertThat(http.outcome("http://" + host + "/")).startsWith("DENIED ");
            }
            assertThat(http.audit).hasSize(3).allMatch(it -> it.startsWith("no http://"));
        }
    }
}
