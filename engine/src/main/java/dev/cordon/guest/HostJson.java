package dev.cordon.guest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** JSON of guests: strict, and nested to a small depth only. */
final class HostJson {
    private static final int MAX_DEPTH = 100;

    private HostJson() {}

    /** Made on first use: most engines never need it. */
    private static final class Lazy {
        static final JsonMapper MAPPER =
                JsonMapper.builder(
                                JsonFactory.builder()
                                        .streamReadConstraints(
                                                StreamReadConstraints.builder()
                                                        .maxNestingDepth(MAX_DEPTH)
                                                        .build())
                                        .build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .findAndAddModules()
                        .build();
    }

    static ObjectNode object() {
        return Lazy.MAPPER.createObjectNode();
    }

    /** A document, or null if the text is none. */
    static @Nullable JsonNode tree(String text) {
        try {
            return Lazy.MAPPER.readTree(text);
        } catch (JsonProcessingException not) {
            return null;
        }
    }

    static ObjectReader reader(Type type) {
        return Lazy.MAPPER.readerFor(Lazy.MAPPER.constructType(type));
    }

    static ObjectWriter writer(Type type) {
        return Lazy.MAPPER.writerFor(Lazy.MAPPER.constructType(type));
    }
}
