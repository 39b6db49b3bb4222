package dev.cordon.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private static final ObjectReader READER =
            StrictJson.reader(StreamReadConstraints.builder().maxNestingDepth(2).build());

    @Test
    void aDocumentIsRead() throws JsonProcessingException {
        assertThat(READER.readTree("{\"a\": [1]} ").toString()).isEqualTo("{\"a\":[1]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1,\"a\":2}", "{} {}", "{}x", "{\"a\":[[1]]}", "{\"a\":1,}", "{a:1}"})
    void whatIsNotExactlyOneIsNot(String text) {
        assertThatThrownBy(() -> READER.readTree(text)).isInstanceOf(JsonProcessingException.class);
    }

    @Test
    void anErrorDoesNotShowTheDocument() {
        assertThatThrownBy(() -> READER.readTree("{\"secret\": tru}"))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageNotContaining("secret");
    }
}
