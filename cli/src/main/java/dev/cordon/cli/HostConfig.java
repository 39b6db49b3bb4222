package dev.cordon.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.error.GuestText;
import dev.cordon.trust.TrustPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a host's policy file says.
 *
 * @param trust whose plugins are loaded; off if the file does not say
 * @param allowUnrequested whether a plugin may use grants that its manifest does not ask for
 */
record HostConfig(TrustPolicy trust, boolean allowUnrequested) {
    /** What holds without a file: signatures are not required of local files. */
    static final HostConfig NONE = new HostConfig(TrustPolicy.off(), false);

    private static final String TRUST = "trust";
    private static final String ALLOW = "allowUnrequested";
    private static final Set<String> FIELDS = Set.of(TRUST, ALLOW);
    private static final int MAX_SHOWN = 200;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Reads a file; what is unknown in it is an error. */
    static HostConfig read(Path file) {
        JsonNode document = document(file);
        document.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!FIELDS.contains(name)) {
                                String shown = UsageProblem.quoted(name);
                                throw unusable(file, "it has an unknown field " + shown);
                            }
                        });
        JsonNode allow = document.path(ALLOW);
        if (!allow.isMissingNode() && !allow.isBoolean()) {
            throw unusable(file, "`" + ALLOW + "` is neither true nor false");
        }
        TrustPolicy trust = document.has(TRUST) ? TrustPolicy.read(file) : TrustPolicy.off();
        return new HostConfig(trust, allow.asBoolean(false));
    }

    private static JsonNode document(Path file) {
        try {
            JsonNode document = JSON.readTree(InputFile.read(file));
            if (!document.isObject()) {
                throw unusable(file, "it is no JSON object");
            }
            return document;
        } catch (JsonProcessingException notJson) {
            throw unusable(file, GuestText.printable(notJson.getOriginalMessage(), MAX_SHOWN));
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    private static dev.cordon.error.UsageException unusable(Path file, String why) {
        return UsageProblem.ofOption(
                "--config", file.toString(), why, "docs/trust.md describes the file");
    }
}
