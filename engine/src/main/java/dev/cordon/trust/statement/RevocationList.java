package dev.cordon.trust.statement;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.PublisherKey;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/** What must not run any more, whatever signatures it has. Immutable. */
public final class RevocationList {
    private static final int HEX = 16;

    private final long sequence;
    private final Instant issued;
    private final Instant expires;
    private final Set<String> digests;
    private final Set<String> keys;
    private final Set<Certificate> certificates;
    private final List<Release> releases;

    private record Certificate(X500Principal issuer, BigInteger serial) {}

    private record Release(String id, String below) {}

    private RevocationList(JsonObject json) {
        json.knows(
                "type",
                "sequence",
                "issued",
                "expires",
                "digests",
                "keys",
                "certificates",
                "plugins");
        if (!json.required("type").equals(SignedStatement.REVOCATIONS)) {
            throw json.wrong("type", "is not `revocations`");
        }
        sequence = json.number("sequence").orElseThrow(() -> json.wrong("sequence", "is missing"));
        issued = json.time("issued").orElseThrow(() -> json.wrong("issued", "is missing"));
        expires = json.time("expires").orElseThrow(() -> json.wrong("expires", "is missing"));
        digests = Set.copyOf(hashes(json, "digests"));
        keys = Set.copyOf(hashes(json, "keys"));
        certificates = certificates(json);
        releases = releases(json);
    }

    /**
     * Reads a list that is signed.
     *
     * @param envelope the signed statement
     * @param signers who may sign lists
     * @return what it revokes
     * @throws Rejection if it is malformed or nobody of them signed it
     */
    public static RevocationList read(byte[] envelope, Set<PublisherKey> signers) {
        SignedStatement statement = SignedStatement.read(envelope, SignedStatement.REVOCATIONS);
        return ofPayload(statement.signedBy(signers));
    }

    /**
     * Reads a list before it is signed, to find out whether it makes sense.
     *
     * @param payload the document
     * @return what it would revoke
     * @throws Rejection if it is malformed
     */
    public static RevocationList ofPayload(byte[] payload) {
        return new RevocationList(JsonObject.read(payload, "revocations"));
    }

    private static List<String> hashes(JsonObject json, String field) {
        List<String> hashes = json.texts(field);
        for (String hash : hashes) {
            if (!hash.matches("[0-9a-f]{64}")) {
                throw json.wrong(field, "has an element that is not 64 hexadecimal digits");
            }
        }
        return hashes;
    }

    private static Set<Certificate> certificates(JsonObject json) {
        Set<Certificate> certificates = new HashSet<>();
        for (JsonObject entry : json.objects("certificates")) {
            entry.knows("issuer", "serial");
            try {
                certificates.add(
                        new Certificate(
                                new X500Principal(entry.required("issuer")),
                                new BigInteger(entry.required("serial"), HEX)));
            } catch (IllegalArgumentException notOne) {
                throw entry.wrong("issuer", "or the serial cannot be read");
            }
        }
        return Set.copyOf(certificates);
    }

    private static List<Release> releases(JsonObject json) {
        List<Release> releases = new ArrayList<>();
        for (JsonObject entry : json.objects("plugins")) {
            entry.knows("id", "below");
            releases.add(new Release(entry.required("id"), entry.required("below")));
        }
        return List.copyOf(releases);
    }

    /**
     * Refuses a list that is too old to rely on.
     *
     * @param now the time
     * @param seen the greatest sequence seen before
     * @throws Rejection if it is expired, from the future, or older than one seen
     */
    public void requireCurrent(Instant now, long seen) {
        if (now.isAfter(expires)) {
            throw stale("expired at " + expires);
        }
        if (now.isBefore(issued.minusSeconds(300))) {
            throw stale("is from the future: " + issued);
        }
        if (sequence < seen) {
            throw stale("has the sequence " + sequence + ", and " + seen + " was seen before");
        }
    }

    private static Rejection stale(String why) {
        return new Rejection(ErrorCode.STALE_POLICY, "the list of revocations " + why);
    }

    /**
     * Refuses a release that is revoked.
     *
     * @param digest of the module
     * @param id of the plugin
     * @param version of the plugin
     * @throws Rejection if it is
     */
    public void requireRelease(String digest, String id, String version) {
        if (digests.contains(digest)) {
            throw new Rejection(ErrorCode.REVOKED, "the plugin's digest is revoked");
        }
        for (Release release : releases) {
            if (release.id().equals(id) && Versions.compare(version, release.below()) < 0) {
                throw new Rejection(
                        ErrorCode.REVOKED,
                        "releases of `" + id + "` below " + release.below() + " are revoked");
            }
        }
    }

    /**
     * Refuses a key that is revoked.
     *
     * @param key what was signed with
     * @throws Rejection if it is
     */
    public void requireKey(PublisherKey key) {
        if (keys.contains(key.id())) {
            throw new Rejection(ErrorCode.REVOKED, "the key `" + key.id() + "` is revoked");
        }
    }

    /**
     * Refuses certificates of which one is revoked.
     *
     * @param chain what was signed with, up to an authority
     * @throws Rejection if one is
     */
    public void requireCertificates(List<X509Certificate> chain) {
        Optional<X509Certificate> revoked =
                chain.stream()
                        .filter(
                                it ->
                                        certificates.contains(
                                                new Certificate(
                                                        it.getIssuerX500Principal(),
                                                        it.getSerialNumber())))
                        .findFirst();
        if (revoked.isPresent()) {
            throw new Rejection(
                    ErrorCode.REVOKED,
                    "the certificate with the serial number "
                            + revoked.get().getSerialNumber().toString(HEX)
                            + " is revoked");
        }
    }

    /**
     * Which of two lists is newer.
     *
     * @return rises with every list
     */
    public long sequence() {
        return sequence;
    }

    /**
     * When it was made.
     *
     * @return the time that it says
     */
    public Instant issued() {
        return issued;
    }
}
