package dev.cordon.trust.statement;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.PublisherKey;
import dev.cordon.trust.key.SigningKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A document with signatures around it, in the envelope DSSE. */
public final class SignedStatement {
    /** Largest envelope accepted. */
    public static final int MAX_BYTES = 1 << 20;

    /** What a list of revocations says that it is. */
    public static final String REVOCATIONS = "revocations";

    /** What a rotation of a key says that it is. */
    public static final String ROTATION = "rotation";

    private static final int MAX_SIGNATURES = 16;
    private static final String WHAT = "statement";

    private final byte[] payload;
    private final byte[] signed;
    private final List<byte[]> signatures;

    private SignedStatement(byte[] payload, byte[] signed, List<byte[]> signatures) {
        this.payload = payload;
        this.signed = signed;
        this.signatures = signatures;
    }

    /**
     * Reads an envelope; believes nothing yet.
     *
     * @param json the envelope
     * @param kind what it has to hold, such as {@link #REVOCATIONS}
     * @return the envelope's content
     * @throws Rejection if it is malformed or of another kind
     */
    public static SignedStatement read(byte[] json, String kind) {
        if (json.length > MAX_BYTES) {
            throw malformed("is larger than " + MAX_BYTES + " bytes");
        }
        JsonObject envelope =
                JsonObject.read(json, WHAT).knows("payload", "payloadType", "signatures");
        if (!envelope.required("payloadType").equals(typeOf(kind))) {
            throw malformed("does not hold `" + typeOf(kind) + "`");
        }
        List<byte[]> signatures = new ArrayList<>();
        for (JsonObject signature : envelope.objects("signatures")) {
            signatures.add(decoded(signature.knows("keyid", "sig").required("sig")));
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw malformed("has not 1 to " + MAX_SIGNATURES + " signatures");
        }
        byte[] payload = decoded(envelope.required("payload"));
        return new SignedStatement(payload, encoded(kind, payload), signatures);
    }

    /**
     * Signs a document.
     *
     * @param payload its bytes
     * @param kind what it is
     * @param keys who sign
     * @return the envelope
     */
    public static byte[] sign(byte[] payload, String kind, Collection<SigningKey> keys) {
        JsonMapper mapper = new JsonMapper();
        ObjectNode envelope = mapper.createObjectNode();
        envelope.put("payloadType", typeOf(kind));
        envelope.put("payload", Base64.getEncoder().encodeToString(payload));
        for (SigningKey key : keys) {
            byte[] signature = key.sign(encoded(kind, payload));
            envelope.withArray("signatures")
                    .addObject()
                    .put("keyid", key.publicKey().id())
                    .put("sig", Base64.getEncoder().encodeToString(signature));
        }
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(envelope);
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    /**
     * The document, if one of some keys signed it.
     *
     * @param keys whose word counts
     * @return its bytes
     * @throws Rejection if none of them signed it
     */
    public byte[] signedBy(Set<PublisherKey> keys) {
        for (byte[] signature : signatures) {
            for (PublisherKey key : keys) {
                if (key.verifies(signed, signature)) {
                    return payload.clone();
                }
            }
        }
        throw new Rejection(
                ErrorCode.NO_VALID_SIGNATURE, "the statement is signed by no key that may");
    }

    private static String typeOf(String kind) {
        return "application/vnd.cordon." + kind + "+json";
    }

    /** Lengths before their texts, so that no two statements have the same encoding. */
    private static byte[] encoded(String kind, byte[] payload) {
        String type = typeOf(kind);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String head = "DSSEv1 " + type.length() + " " + type + " " + payload.length + " ";
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw malformed("has a field that is not in base64");
        }
    }

    private static Rejection malformed(String what) {
        return new Rejection(ErrorCode.MALFORMED_SIGNATURE, "the statement " + what);
    }
}
