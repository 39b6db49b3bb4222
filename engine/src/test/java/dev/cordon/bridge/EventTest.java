package dev.cordon.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TraceContext TRACE =
            new TraceContext("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", false);

    private static JsonNode document(byte[] payload) throws Exception {
        Event event =
                new Event(
                        "e-1",
                        Party.plugin("dev.example.orders"),
                        "order.placed",
                        Instant.parse("2026-01-02T03:04:05Z"),
                        TRACE,
                        payload);
        return MAPPER.readTree(event.json());
    }

    private static JsonNode document(String payload) throws Exception {
        return document(payload.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theDocumentIsACloudEvent() throws Exception {
        assertThat(document("{\"total\":1.50}").toString())
                .isEqualTo(
                        "{\"specversion\":\"1.0\",\"id\":\"e-1\","
                                + "\"source\":\"cordon:/plugins/dev.example.orders\","
                                + "\"type\":\"order.placed\",\"time\":\"2026-01-02T03:04:05Z\","
                                + "\"traceparent\":\""
                                + TRACE.traceparent()
                                + "\",\"datacontenttype\":\"application/json\","
                                + "\"data\":{\"total\":1.5}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1},\"source\":\"cordon:/host\"",
                "{} , \"source\":\"cordon:/host\"",
                "{}{}",
                "\"a\",\"b\"",
                "",
                "tru",
                "{\"a\":",
                "\ufeff{}",
            })
    void whatIsNotOneJsonValueIsText(String payload) throws Exception {
        JsonNode document = document(payload);
        assertThat(document.get("data").asText()).isEqualTo(payload);
        assertThat(document.get("datacontenttype").asText()).isEqualTo("text/plain");
        assertThat(document.get("source").asText()).isEqualTo("cordon:/plugins/dev.example.orders");
    }

    @Test
    void bytesAreBase64() throws Exception {
        byte[] bytes = {(byte) 0xff, 0, 1};
        assertThat(document(bytes).get("data_base64").binaryValue()).isEqualTo(bytes);
        assertThat(document(bytes).has("data")).isFalse();
    }

    @Test
    void deepNestingIsTextAndNotAStackOverflow() throws Exception {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(document(deep).get("data").isTextual()).isTrue();
    }

    @Property
    void noPayloadChangesWhatTheEngineSays(@ForAll byte[] payload) throws Exception {
        JsonNode document = document(payload);
        assertThat(document.get("id").asText()).isEqualTo("e-1");
        assertThat(document.get("source").asText()).isEqualTo("cordon:/plugins/dev.example.orders");
        assertThat(document.size()).isEqualTo(8);
    }

    @Test
    void nobodyCanChangeAPayload() {
        byte[] payload = {1};
        Event event =
                new Event("e", Party.host(), "a", Instant.EPOCH, TraceContext.start(), payload);
        payload[0] = 2;
        event.payload()[0] = 3;
        assertThat(event.payload()).containsExactly(1);
    }
}
