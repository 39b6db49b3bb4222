package dev.cordon.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Readers of JSON that a stranger may have written: a field that is given twice and anything behind
 * the document are errors, and no error shows the document.
 */
public final class StrictJson {
    private StrictJson() {}

    /**
     * Makes a reader of whole documents.
     *
     * @param bounds how deep, how long and how large they may be
     * @return a reader of {@link JsonNode}; thread-safe
     */
    public static ObjectReader reader(StreamReadConstraints bounds) {
        JsonFactory factory =
                JsonFactory.builder()
                        .streamReadConstraints(bounds)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .build();
        return JsonMapper.builder(factory)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readerFor(JsonNode.class);
    }
}
