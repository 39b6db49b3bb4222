package dev.cordon.trust;

import dev.cordon.capability.GrantKind;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.PublisherKey;
import dev.cordon.trust.statement.KeyRotation;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.security.auth.x500.X500Principal;

/**
 * Somebody who may publish plugins, known by keys, by certificates, or both. Immutable; every
 * {@code with} method returns a copy.
 */
public final class Publisher {
    private final Parts parts;

    private static final class Parts {
        private final String id;
        private List<PublisherKeyEntry> keys = List.of();
        private List<KeyRotation> rotations = List.of();
        private Set<X500Principal> subjects = Set.of();
        private List<X509Certificate> anchors = List.of();
        private List<String> plugins = List.of();
        private GrantCeiling ceiling = GrantCeiling.UNLIMITED;
        private int threshold = 1;

        Parts(String id) {
            this.id = id;
        }

        Parts(Parts other) {
            id = other.id;
            keys = other.keys;
            rotations = other.rotations;
            subjects = other.subjects;
            anchors = other.anchors;
            plugins = other.plugins;
            ceiling = other.ceiling;
            threshold = other.threshold;
        }
    }

    private Publisher(Parts parts) {
        this.parts = parts;
    }

    /**
     * Starts to describe a publisher, who may publish nothing yet.
     *
     * @param id what verdicts call it
     * @return a publisher without keys
     */
    public static Publisher named(String id) {
        return new Publisher(new Parts(id));
    }

    private Publisher with(Consumer<Parts> change) {
        Parts copy = new Parts(parts);
        change.accept(copy);
        return new Publisher(copy);
    }

    /**
     * Adds a key.
     *
     * @param key what the publisher signs with
     * @return a copy
     */
    public Publisher withKey(PublisherKey key) {
        return withKey(key, Optional.empty(), Optional.empty());
    }

    /**
     * Adds a key that counts for a time only.
     *
     * @param key what the publisher signs with
     * @param notBefore from when on; empty for always
     * @param notAfter until when; empty for always
     * @return a copy
     */
    public Publisher withKey(
            PublisherKey key, Optional<Instant> notBefore, Optional<Instant> notAfter) {
        List<PublisherKeyEntry> more = new ArrayList<>(parts.keys);
        more.add(new PublisherKeyEntry(key, notBefore, notAfter, List.of()));
        return with(copy -> copy.keys = List.copyOf(more));
    }

    /**
     * Adds the publisher's word that another key takes over.
     *
     * @param statement the signed rotation
     * @return a copy
     * @throws UsageException if it is malformed, or no key that counts signed it
     */
    public Publisher withRotation(byte[] statement) {
        KeyRotation rotation;
        try {
            rotation = KeyRotation.read(statement, parts.id, keys());
        } catch (Rejection useless) {
            throw usage("a rotation of keys does not count: " + useless.detail());
        }
        rotation.plugins().forEach(IdPattern::checked);
        List<PublisherKeyEntry> keys = new ArrayList<>(parts.keys);
        if (rotation.retires()) {
            keys.removeIf(entry -> entry.key().equals(rotation.from()));
        }
        keys.add(
                new PublisherKeyEntry(
                        rotation.to(), Optional.empty(), Optional.empty(), rotation.plugins()));
        List<KeyRotation> rotations = new ArrayList<>(parts.rotations);
        rotations.add(rotation);
        return with(
                copy -> {
                    copy.keys = List.copyOf(keys);
                    copy.rotations = List.copyOf(rotations);
                });
    }

    /**
     * Sets whose certificates count.
     *
     * @param subjects whole distinguished names, in the form of RFC 2253
     * @param anchors authorities that issue them
     * @return a copy
     * @throws UsageException if a name cannot be read, or only one of the two is there
     */
    public Publisher withCertificates(Set<String> subjects, List<X509Certificate> anchors) {
        if (subjects.isEmpty() != anchors.isEmpty()) {
            throw usage("has authorities without subjects, or subjects without authorities");
        }
        Set<X500Principal> names = new LinkedHashSet<>();
        for (String subject : subjects) {
            try {
                names.add(new X500Principal(subject));
            } catch (IllegalArgumentException unreadable) {
                throw usage("`" + GuestText.printable(subject, 200) + "` is no name of a subject");
            }
        }
        return with(
                copy -> {
                    copy.subjects = Set.copyOf(names);
                    copy.anchors = List.copyOf(anchors);
                });
    }

    /**
     * Sets which plugins it may publish.
     *
     * @param patterns ids, {@code acme.*}, or {@code *}
     * @return a copy
     * @throws UsageException if one is no pattern
     */
    public Publisher withPlugins(String... patterns) {
        List<String> checked = List.of(patterns);
        checked.forEach(IdPattern::checked);
        return with(copy -> copy.plugins = checked);
    }

    /**
     * Sets the most that its plugins may ever get; whatever the host grants, unless set.
     *
     * @param grants each {@code KIND}, {@code KIND=SCOPE} with the guest's paths, or {@code *}
     * @return a copy
     * @throws UsageException if one names no kind of grant
     */
    public Publisher withMaxGrants(String... grants) {
        for (String grant : grants) {
            int equals = grant.indexOf('=');
            String kind = equals < 0 ? grant : grant.substring(0, equals);
            if (!grant.equals("*") && GrantKind.of(kind).isEmpty()) {
                throw usage("`" + GuestText.printable(grant, 200) + "` names no kind of grant");
            }
        }
        return with(copy -> copy.ceiling = GrantCeiling.of(List.of(grants)));
    }

    /**
     * Sets how many of its keys or certificates must have signed; one unless set.
     *
     * @param least at least 1; keys of one line of rotations count once
     * @return a copy
     * @throws UsageException if it is less than 1
     */
    public Publisher withThreshold(int least) {
        if (least < 1) {
            throw usage("has a threshold of less than 1");
        }
        return with(copy -> copy.threshold = least);
    }

    private UsageException usage(String what) {
        return new UsageException(
                ErrorCode.USAGE,
                "cordon",
                "publisher `" + GuestText.printable(parts.id, 100) + "`: " + what,
                "correct the policy; docs/trust.md describes it");
    }

    /**
     * What verdicts call it.
     *
     * @return its id
     */
    public String id() {
        return parts.id;
    }

    /**
     * The keys that count, rotated ones in place of those that they retired.
     *
     * @return in the order in which they were added
     */
    public Set<PublisherKey> keys() {
        Set<PublisherKey> keys = new LinkedHashSet<>();
        parts.keys.forEach(entry -> keys.add(entry.key()));
        return keys;
    }

    /**
     * Whether a key counts for a plugin at a time.
     *
     * @param key one of {@link #keys()}
     * @param plugin the plugin's id
     * @param at when it was used
     * @return true if it does
     */
    public boolean counts(PublisherKey key, String plugin, Instant at) {
        return parts.keys.stream()
                .anyMatch(entry -> entry.key().equals(key) && entry.counts(plugin, at));
    }

    /**
     * The keys from which rotations lead to a key, without the key itself.
     *
     * @param key one of {@link #keys()}
     * @return ids of the older keys of its line
     */
    public Set<String> ancestors(PublisherKey key) {
        Set<String> older = new LinkedHashSet<>();
        PublisherKey at = key;
        for (int i = parts.rotations.size() - 1; i >= 0; i--) {
            KeyRotation rotation = parts.rotations.get(i);
            if (rotation.to().equals(at)) {
                older.add(rotation.from().id());
                at = rotation.from();
            }
        }
        return older;
    }

    /**
     * The first key of the line of rotations that a key belongs to.
     *
     * @param key one of {@link #keys()}
     * @return its id, the same for all keys of the line
     */
    public String line(PublisherKey key) {
        String first = key.id();
        for (String older : ancestors(key)) {
            first = older;
        }
        return first;
    }

    /**
     * The names in certificates that are this publisher.
     *
     * @return maybe none
     */
    public Set<X500Principal> subjects() {
        return parts.subjects;
    }

    /**
     * The authorities whose word about these names counts.
     *
     * @return maybe none
     */
    public List<X509Certificate> anchors() {
        return parts.anchors;
    }

    /**
     * Whether it may publish a plugin.
     *
     * @param plugin the plugin's id
     * @return true if one of its patterns matches
     */
    public boolean mayPublish(String plugin) {
        return parts.plugins.stream().anyMatch(pattern -> IdPattern.matches(pattern, plugin));
    }

    /**
     * The most that its plugins may ever get.
     *
     * @return no bound unless set
     */
    public GrantCeiling ceiling() {
        return parts.ceiling;
    }

    /**
     * How many signers it takes.
     *
     * @return at least 1
     */
    public int threshold() {
        return parts.threshold;
    }
}
