package dev.cordon.guest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.lang.reflect.Type;

/** JSON of guests for functions of the application: strict, and nested to a small depth only. */
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

    static ObjectReader reader(Type type) {
        return Lazy.MAPPER.readerFor(Lazy.MAPPER.constructType(type));
    }

    static ObjectWriter writer(Type type) {
        return Lazy.MAPPER.writerFor(Lazy.MAPPER.constructType(type));
    }
}
