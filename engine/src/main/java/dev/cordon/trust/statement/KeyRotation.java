package dev.cordon.trust.statement;

import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.PublisherKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * A publisher's word that another key takes over, signed with the key that hands over.
 *
 * @param publisher whose keys they are
 * @param from the key that signed this
 * @param to the key that takes over
 * @param plugins which plugins the new key may sign, as patterns; empty for all
 * @param retires whether the old key does not count any more
 */
public record KeyRotation(
        String publisher,
        PublisherKey from,
        PublisherKey to,
        List<String> plugins,
        boolean retires) {
    /** Copies the list. */
    public KeyRotation {
        plugins = List.copyOf(plugins);
    }

    /**
     * Reads a rotation.
     *
     * @param envelope the signed statement
     * @param publisher whose it has to be
     * @param known the publisher's keys that may hand over
     * @return what it says
     * @throws Rejection if it is malformed, of another publisher or signed by none of the keys
     */
    public static KeyRotation read(byte[] envelope, String publisher, Set<PublisherKey> known) {
        SignedStatement statement = SignedStatement.read(envelope, SignedStatement.ROTATION);
        byte[] payload = statement.signedBy(known);
        JsonObject json = fields(payload);
        if (!json.required("publisher").equals(publisher)) {
            throw json.wrong("publisher", "is another one");
        }
        String from = json.required("from");
        PublisherKey old =
                known.stream()
                        .filter(key -> key.id().equals(from))
                        .findFirst()
                        .orElseThrow(() -> json.wrong("from", "is no key that may hand over"));
        statement.signedBy(Set.of(old));
        return new KeyRotation(
                publisher, old, key(json), json.texts("plugins"), json.flag("retires", true));
    }

    /**
     * Looks at a rotation before it is signed, to find out whether it makes sense.
     *
     * @param payload the document
     * @throws Rejection if it is malformed
     */
    public static void check(byte[] payload) {
        JsonObject json = fields(payload);
        json.required("publisher");
        json.required("from");
        key(json);
    }

    private static JsonObject fields(byte[] payload) {
        JsonObject json =
                JsonObject.read(payload, "rotation")
                        .knows("type", "publisher", "from", "key", "plugins", "retires");
        if (!json.required("type").equals(SignedStatement.ROTATION)) {
            throw json.wrong("type", "is not `rotation`");
        }
        return json;
    }

    private static PublisherKey key(JsonObject json) {
        byte[] pem = json.required("key").getBytes(StandardCharsets.UTF_8);
        try {
            return PublisherKey.read(pem, "key");
        } catch (dev.cordon.error.UsageException unusable) {
            throw json.wrong("key", "cannot be used: " + unusable.what());
        }
    }
}
