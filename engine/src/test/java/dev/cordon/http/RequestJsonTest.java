package dev.cordon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestJsonTest {
    private static final byte[] NO_BODY = {};

    private static HttpRequest read(String json) throws HttpProblem {
        return HttpRequest.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), NO_BODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "'http://a/'",
                "{}",
                "{'url':7}",
                "{'url':null}",
                "{'url':'http://a/','url':'http://b/'}",
                "{'url':'http://a/'} x",
                "{'url':'http://a/'}{}",
                "{'url':'http://a/','timeout':1}",
                "{'URL':'http://a/'}",
                "{'url':'http://a/','method':7}",
                "{'url':'http://a/','method':''}",
                "{'url':'http://a/','method':'GET /x'}",
                "{'url':'http://a/','method':'GE\\r\\nT'}",
                "{'url':'http://a/','method':'CONNECT'}",
                "{'url':'http://a/','method':'trace'}",
                "{'url':'http://a/','method':'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'}",
                "{'url':'http://a/','headers':[]}",
                "{'url':'http://a/','headers':'x'}",
                "{'url':'http://a/','headers':{'a':1}}",
                "{'url':'http://a/','headers':{'a':['b']}}",
                "{'url':'http://a/','headers':{'':'b'}}",
                "{'url':'http://a/','headers':{'a b':'c'}}",
                "{'url':'http://a/','headers':{'a:':'c'}}",
                "{'url':'http://a/','headers':{'a\\n':'c'}}",
                "{'url':'http://a/','headers':{'a':'c\\r\\nHost: b'}}",
                "{'url':'http://a/','headers':{'a':'c\\nd'}}",
                "{'url':'http://a/','headers':{'a':'\\u0000'}}",
                "{'url':'http://a/','headers':{'a':'\\u00e4'}}",
                "{'url':'http://a/','headers':{'a':'\\u560a\\u560d'}}",
                "{'url':'http://a/','headers':{'a':'1','A':'2'}}",
                "{'url':'http://a/','headers':{'Host':'b'}}",
                "{'url':'http://a/','headers':{'HOST':'b'}}",
                "{'url':'http://a/','headers':{'Content-Length':'1'}}",
                "{'url':'http://a/','headers':{'transfer-encoding':'chunked'}}",
                "{'url':'http://a/','headers':{'Connection':'keep-alive'}}",
                "{'url':'http://a/','headers':{'Proxy-Authorization':'b'}}",
                "{'url':'http://a/','headers':{'Upgrade':'h2c'}}",
                "{'url':'http://a/','headers':{'TE':'trailers'}}",
                "{'url':'http://a/','headers':{'Expect':'100-continue'}}",
                "{'url':{'a':{'b':{'c':{'d':1}}}}}"
            })
    void whatIsNoRequestIsRefused(String json) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        it -> assertThat(it.kind()).isEqualTo(HttpProblem.Kind.INVALID));
    }

    @Test
    void whatIsLeftOutHasADefault() throws HttpProblem {
        HttpRequest request = read("{'url':'http://a/','method':null,'headers':null}");
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.fields()).isEmpty();
        assertThat(read("{'url':'http://a/','method':'patch'}").method()).isEqualTo("PATCH");
    }

    @Test
    void headersHaveBounds() throws HttpProblem {
        assertThat(read(headers(64, 10)).fields()).hasSize(64);
        assertThatThrownBy(() -> read(headers(65, 10))).isInstanceOf(HttpProblem.class);
        assertThatThrownBy(() -> read(headers(2, 9_000))).isInstanceOf(HttpProblem.class);
    }

    private static String headers(int count, int length) {
        StringBuilder json = new StringBuilder("{'url':'http://a/','headers':{");
        for (int i = 0; i < count; i++) {
            json.append(i == 0 ? "" : ",").append("'h").append(i).append("':'");
            json.append("x".repeat(length)).append('\'');
        }
        return json.append("}}").toString();
    }

    @Test
    void largeRequestsAreTooLarge() {
        assertThatThrownBy(() -> read(" ".repeat(HttpRequest.MAX_JSON_BYTES + 1)))
                .isInstanceOfSatisfying(
                        HttpProblem.class,
                        it -> assertThat(it.kind()).isEqualTo(HttpProblem.Kind.TOO_LARGE));
    }

    /** Whatever bytes come, there is a request that is safe to send, or a refusal. */
    @Property(tries = 500)
    void bytesAreARequestOrRefused(@ForAll byte[] json) {
        accepted(json);
    }

    @Property(tries = 2000)
    void textsAreASafeRequestOrRefused(@ForAll("almostRequests") String json) {
        accepted(json.getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> almostRequests() {
        Arbitrary<String> bits =
                Arbitraries.of(
                        "{",
                        "}",
                        "\"url\"",
                        "\"http://",
                        "https://",
                        "a",
                        "b.c",
                        "[::1]",
                        "@",
                        "\\r\\n",
                        "\\u0000",
                        "\"headers\"",
                        "\"method\"",
                        ":",
                        ",",
                        "\"",
                        "GET",
                        "Host",
                        "\\",
                        "\ud800",
                        "%",
                        "/",
                        "?",
                        "#",
                        "127.0.0.1",
                        "1e9",
                        "null");
        Arbitrary<String> free = bits.list().ofMaxSize(24).map(parts -> String.join("", parts));
        Arbitrary<String> framed =
                bits.list()
                        .ofMaxSize(6)
                        .map(
                                parts ->
                                        "{\"url\":\"http://"
                                                + String.join("", parts).replace("\"", "")
                                                + "\",\"headers\":{\"a"
                                                + String.join("", parts).replace("\"", "")
                                                + "\":\"v\"}}");
        return Arbitraries.oneOf(free, framed);
    }

    private static void accepted(byte[] json) {
        HttpRequest request;
        try {
            request = HttpRequest.read(json, NO_BODY);
        } catch (HttpProblem refused) {
            assertThat(refused.what()).isNotEmpty();
            return;
        }
        HttpTarget target = request.target();
        String line = request.method() + " " + target.path() + " " + target.authority();
        assertThat(line).matches("[\\x21-\\x7e]+ /[\\x21-\\x7e]* [a-z0-9._:\\[\\]-]+");
        assertThat(target.port()).isBetween(1, 65_535);
        request.fields()
                .forEach(
                        field -> {
                            assertThat(field.name()).matches("[\\x21-\\x7e]+");
                            assertThat(field.value()).matches("[\\t\\x20-\\x7e]*");
                            assertThat(field.name().toLowerCase(Locale.ROOT))
                                    .isNotIn("host", "content-length", "transfer-encoding");
                        });
    }
}
