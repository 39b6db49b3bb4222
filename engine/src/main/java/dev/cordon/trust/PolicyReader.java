package dev.cordon.trust;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.PublisherKey;
import dev.cordon.trust.statement.JsonObject;
import dev.cordon.trust.statement.SignedStatement;
import dev.cordon.trust.store.TrustFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads policies from JSON; what is unknown or cannot be used is an error. */
final class PolicyReader {
    private static final int MAX_POLICY = 1 << 20;
    private static final int MAX_FILE = 256 * 1024;
    private static final String TRUST = "trust";

    private final Path folder;
    private final int minRsaBits;

    private PolicyReader(Path folder, JsonObject json) {
        this.folder = folder;
        this.minRsaBits =
                json.object("certificates")
                        .flatMap(it -> it.number("minRsaBits"))
                        .map(bits -> (int) Math.min(bits, Integer.MAX_VALUE))
                        .orElse(PublisherKey.DEFAULT_RSA_BITS);
    }

    static TrustPolicy read(Path file) {
        try {
            JsonObject document = JsonObject.read(TrustFiles.read(file, MAX_POLICY), "policy");
            JsonObject trust = document.object(TRUST).orElse(document);
            Path parent = file.toAbsolutePath().getParent();
            return new PolicyReader(parent == null ? Path.of("") : parent, trust).policy(trust);
        } catch (IOException unreadable) {
            throw unusable(file, "cannot be read: " + unreadable.getMessage());
        } catch (Rejection malformed) {
            throw unusable(file, malformed.detail());
        }
    }

    private static UsageException unusable(Path file, String why) {
        return new UsageException(
                ErrorCode.USAGE,
                "cordon",
                "the policy `"
                        + GuestText.printable(file.toString(), 200)
                        + "` cannot be used: "
                        + GuestText.printable(why, 400),
                "correct the policy; docs/trust.md describes it");
    }

    private TrustPolicy policy(JsonObject json) {
        json.knows(
                "mode",
                "publishers",
                "threshold",
                "pins",
                "revocations",
                "state",
                "allowDowngrade",
                "certificates",
                "timestamps");
        TrustPolicy policy = TrustPolicy.enforce().withMode(mode(json));
        for (Map.Entry<String, JsonObject> entry : members(json, "publishers").entrySet()) {
            policy = policy.withPublisher(publisher(entry.getKey(), entry.getValue()));
        }
        policy = policy.withThreshold(small(json, "threshold"));
        Optional<JsonObject> pins = json.object("pins");
        if (pins.isPresent()) {
            for (String id : pins.get().names()) {
                policy = policy.withPin(id, Set.copyOf(pins.get().texts(id)));
            }
        }
        Optional<Path> state = json.text("state").map(text -> path(json, "state", text));
        policy = state.isPresent() ? policy.withState(state.get()) : policy;
        for (String downgrade : json.texts("allowDowngrade")) {
            int at = downgrade.lastIndexOf('@');
            if (at < 1) {
                throw json.wrong("allowDowngrade", "has an element that is not `ID@VERSION`");
            }
            policy = policy.withDowngrade(downgrade.substring(0, at), downgrade.substring(at + 1));
        }
        return timestamps(json, certificates(json, revocations(json, policy)));
    }

    private static Map<String, JsonObject> members(JsonObject json, String field) {
        return json.object(field).map(JsonObject::members).orElse(Map.of());
    }

    private static TrustMode mode(JsonObject json) {
        return choice(json, "mode", TrustMode.class, TrustMode.ENFORCE);
    }

    private static <T extends Enum<T>> T choice(
            JsonObject json, String field, Class<T> type, T usual) {
        Optional<String> text = json.text(field);
        if (text.isEmpty()) {
            return usual;
        }
        for (T value : type.getEnumConstants()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text.get())) {
                return value;
            }
        }
        throw json.wrong(field, "is none of the words that can stand there");
    }

    private static int small(JsonObject json, String field) {
        long number = json.number(field).orElse(1L);
        if (number < 1 || number > 1_000) {
            throw json.wrong(field, "is not a number from 1 to 1000");
        }
        return (int) number;
    }

    private Publisher publisher(String id, JsonObject json) {
        json.knows(
                "keys",
                "rotations",
                "subjects",
                "authorities",
                "plugins",
                "maxGrants",
                "threshold");
        Publisher publisher =
                Publisher.named(id)
                        .withPlugins(json.texts("plugins").toArray(String[]::new))
                        .withThreshold(small(json, "threshold"));
        if (json.names().contains("maxGrants")) { // an empty list means nothing at all
            publisher = publisher.withMaxGrants(json.texts("maxGrants").toArray(String[]::new));
        }
        for (JsonObject key : json.objects("keys")) {
            key.knows("key", "file", "notBefore", "notAfter");
            publisher = publisher.withKey(key(key), key.time("notBefore"), key.time("notAfter"));
        }
        for (String rotation : json.texts("rotations")) {
            byte[] statement = file(json, "rotations", rotation, SignedStatement.MAX_BYTES);
            publisher = publisher.withRotation(statement);
        }
        Set<String> subjects = new LinkedHashSet<>(json.texts("subjects"));
        return publisher.withCertificates(subjects, anchors(json, "authorities"));
    }

    /** A key stands in the policy itself, or in a file beside it. */
    private PublisherKey key(JsonObject json) {
        Optional<String> inside = json.text("key");
        if (inside.isPresent()) {
            return PublisherKey.read(
                    inside.get().getBytes(StandardCharsets.UTF_8), "key", minRsaBits);
        }
        String name = json.required("file");
        return PublisherKey.read(file(json, "file", name, MAX_FILE), name, minRsaBits);
    }

    private TrustPolicy revocations(JsonObject json, TrustPolicy policy) {
        Optional<JsonObject> found = json.object("revocations");
        if (found.isEmpty()) {
            return policy;
        }
        JsonObject revocations = found.get().knows("file", "keys", "maxAge");
        Set<PublisherKey> keys = new LinkedHashSet<>();
        for (JsonObject key : revocations.objects("keys")) {
            keys.add(key(key.knows("key", "file")));
        }
        String name = revocations.required("file");
        TrustPolicy next = policy.withRevocations(path(revocations, "file", name), keys);
        Optional<String> age = revocations.text("maxAge");
        try {
            return age.isPresent() ? next.withMaxListAge(Duration.parse(age.get())) : next;
        } catch (DateTimeParseException notOne) {
            throw revocations.wrong("maxAge", "is not a duration like `P7D` or `PT12H`");
        }
    }

    private TrustPolicy certificates(JsonObject json, TrustPolicy policy) {
        Optional<JsonObject> found = json.object("certificates");
        if (found.isEmpty()) {
            return policy;
        }
        JsonObject certificates = found.get().knows("crls", "revocation", "minRsaBits");
        TrustPolicy next =
                policy.withRevocationCheck(
                                choice(
                                        certificates,
                                        "revocation",
                                        RevocationCheck.class,
                                        RevocationCheck.HARD))
                        .withMinRsaBits(minRsaBits);
        Optional<String> crls = certificates.text("crls");
        return crls.isPresent() ? next.withCrls(path(certificates, "crls", crls.get())) : next;
    }

    private TrustPolicy timestamps(JsonObject json, TrustPolicy policy) {
        Optional<JsonObject> found = json.object("timestamps");
        if (found.isEmpty()) {
            return policy;
        }
        JsonObject timestamps = found.get().knows("authorities", "required");
        return policy.withTimestamps(
                anchors(timestamps, "authorities"), timestamps.flag("required", false));
    }

    private List<X509Certificate> anchors(JsonObject json, String field) {
        List<X509Certificate> anchors = new ArrayList<>();
        for (String name : json.texts(field)) {
            byte[] pem = file(json, field, name, MAX_FILE);
            try {
                CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER)
                        .generateCertificates(new ByteArrayInputStream(pem))
                        .forEach(it -> anchors.add((X509Certificate) it));
            } catch (CertificateException unreadable) {
                throw json.wrong(field, "names a file without certificates: `" + name + "`");
            }
        }
        return List.copyOf(anchors);
    }

    private byte[] file(JsonObject json, String field, String name, int most) {
        try {
            return TrustFiles.read(path(json, field, name), most);
        } catch (IOException unreadable) {
            String shown = GuestText.printable(String.valueOf(unreadable.getMessage()), 200);
            throw json.wrong(field, "names a file that cannot be read: " + shown);
        }
    }

    private Path path(JsonObject json, String field, String name) {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException unusable) {
            throw json.wrong(field, "is not a path");
        }
    }
}
