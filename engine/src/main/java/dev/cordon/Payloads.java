package dev.cordon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Turns values into payloads and results into values. */
final class Payloads {
    private static final int MAX_SHOWN = 300;

    private Payloads() {}

    /** Made on first use: engines whose calls are bytes only never pay for it. */
    private static final class Lazy {
        static final ObjectMapper MAPPER = JsonMapper.builder().findAndAddModules().build();
    }

    static byte[] bytes(String plugin, Object value) {
        try {
            return Lazy.MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException unmappable) {
            throw new UsageException(
                    ErrorCode.PAYLOAD,
                    plugin,
                    "cannot turn a `"
                            + value.getClass().getName()
                            + "` into JSON: "
                            + unmappable.getOriginalMessage(),
                    "pass a value that Jackson can write, or bytes",
                    unmappable);
        }
    }

    static <T> T value(String plugin, byte[] json, Class<T> type) {
        try {
            T value = Lazy.MAPPER.readValue(json, type);
            if (value == null) {
                throw unreadable(plugin, type, "it is `null`", null);
            }
            return value;
        } catch (JsonProcessingException unmappable) {
            String why = GuestText.printable(unmappable.getOriginalMessage(), MAX_SHOWN);
            throw unreadable(plugin, type, why, unmappable);
        } catch (IOException impossible) {
            throw unreadable(plugin, type, String.valueOf(impossible.getMessage()), impossible);
        }
    }

    private static UsageException unreadable(
            String plugin, Class<?> type, String why, @Nullable Throwable cause) {
        return new UsageException(
                ErrorCode.PAYLOAD,
                plugin,
                "cannot turn the result into a `" + type.getName() + "`: " + why,
                "ask for a type that fits what the plugin answers, or for its bytes",
                cause);
    }
}
