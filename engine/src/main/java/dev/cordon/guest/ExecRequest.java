package dev.cordon.guest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cordon.process.ProgramCommand;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the request of {@code exec}. */
final class ExecRequest {
    private static final String PROGRAM = "program";
    private static final String ARGS = "args";
    private static final String STDIN = "stdin";

    /** Names the fields whose text is base64, in requests and responses alike. */
    static final String BASE64 = "base64";

    private static final Set<String> FIELDS = Set.of(PROGRAM, ARGS, STDIN, BASE64);

    private ExecRequest() {}

    /** What to start, or null if the text is no such request. */
    static @Nullable ProgramCommand read(String json) {
        JsonNode request = HostJson.tree(json);
        if (request == null || !request.isObject() || !request.path(PROGRAM).isTextual()) {
            return null;
        }
        for (Iterator<String> names = request.fieldNames(); names.hasNext(); ) {
            if (!FIELDS.contains(names.next())) {
                return null;
            }
        }
        List<String> arguments = texts(request.path(ARGS));
        List<String> encoded = texts(request.path(BASE64));
        if (arguments == null || encoded == null || !Set.of(STDIN).containsAll(encoded)) {
            return null;
        }
        byte[] stdin = stdin(request.path(STDIN), !encoded.isEmpty());
        ProgramCommand command =
                stdin == null
                        ? null
                        : new ProgramCommand(request.path(PROGRAM).textValue(), arguments, stdin);
        return command != null && command.passable() ? command : null;
    }

    private static @Nullable List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        if (!list.isMissingNode() && !list.isArray()) {
            return null;
        }
        for (JsonNode each : list) {
            if (!each.isTextual()) {
                return null;
            }
            texts.add(each.textValue());
        }
        return texts;
    }

    private static byte @Nullable [] stdin(JsonNode text, boolean encoded) {
        if (text.isMissingNode()) {
            return new byte[0];
        }
        if (!text.isTextual()) {
            return null;
        }
        if (!encoded) {
            return text.textValue().getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(text.textValue());
        } catch (IllegalArgumentException not) {
            return null;
        }
    }
}
