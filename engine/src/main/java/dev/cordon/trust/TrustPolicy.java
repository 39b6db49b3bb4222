package dev.cordon.trust;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.trust.key.PublisherKey;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whom a host trusts, with what, and what must never run. Immutable; every {@code with} method
 * returns a copy.
 */
public final class TrustPolicy {
    private final Parts parts;

    private static final class Parts {
        private TrustMode mode = TrustMode.ENFORCE;
        private List<Publisher> publishers = List.of();
        private int threshold = 1;
        private Map<String, Set<String>> pins = Map.of();
        private Optional<Path> revocations = Optional.empty();
        private Set<PublisherKey> revocationKeys = Set.of();
        private Optional<Duration> maxListAge = Optional.empty();
        private Optional<Path> state = Optional.empty();
        private Set<String> downgrades = Set.of();
        private Optional<Path> crls = Optional.empty();
        private RevocationCheck revocationCheck = RevocationCheck.HARD;
        private int minRsaBits = PublisherKey.DEFAULT_RSA_BITS;
        private List<X509Certificate> timestampAnchors = List.of();
        private boolean requireTimestamp;
        private Clock clock = Clock.systemUTC();

        Parts() {}

        Parts(Parts other) {
            mode = other.mode;
            publishers = other.publishers;
            threshold = other.threshold;
            pins = other.pins;
            revocations = other.revocations;
            revocationKeys = other.revocationKeys;
            maxListAge = other.maxListAge;
            state = other.state;
            downgrades = other.downgrades;
            crls = other.crls;
            revocationCheck = other.revocationCheck;
            minRsaBits = other.minRsaBits;
            timestampAnchors = other.timestampAnchors;
            requireTimestamp = other.requireTimestamp;
            clock = other.clock;
        }
    }

    private TrustPolicy(Parts parts) {
        this.parts = parts;
    }

    private TrustPolicy with(Consumer<Parts> change) {
        Parts copy = new Parts(parts);
        change.accept(copy);
        return new TrustPolicy(copy);
    }

    /**
     * Requires a signature and trusts nobody: the start of every policy that is enforced.
     *
     * @return a policy that rejects every plugin
     */
    public static TrustPolicy enforce() {
        return new TrustPolicy(new Parts());
    }

    /**
     * Looks and tells, and gives no plugin any grant.
     *
     * @return a policy that trusts nobody
     */
    public static TrustPolicy warn() {
        return enforce().withMode(TrustMode.WARN);
    }

    /**
     * Does not look: whoever can replace a file replaces the plugin.
     *
     * @return a policy for development, and for hosts that check the origin themselves
     */
    public static TrustPolicy off() {
        return enforce().withMode(TrustMode.OFF);
    }

    /**
     * Reads a policy.
     *
     * @param file JSON as docs/trust.md describes it; paths in it start at its folder
     * @return the policy
     * @throws UsageException if it cannot be read or used
     */
    public static TrustPolicy read(Path file) {
        return PolicyReader.read(file);
    }

    /**
     * Sets what follows from a verdict.
     *
     * @param next enforce, warn or off
     * @return a copy
     */
    public TrustPolicy withMode(TrustMode next) {
        return with(copy -> copy.mode = next);
    }

    /**
     * Adds a publisher.
     *
     * @param publisher whom to trust
     * @return a copy
     * @throws UsageException if there is one of this id
     */
    public TrustPolicy withPublisher(Publisher publisher) {
        if (parts.publishers.stream().anyMatch(it -> it.id().equals(publisher.id()))) {
            throw usage("there are two publishers `" + publisher.id() + "`");
        }
        List<Publisher> more = new ArrayList<>(parts.publishers);
        more.add(publisher);
        return with(copy -> copy.publishers = List.copyOf(more));
    }

    /**
     * Sets how many different signers a plugin needs, all publishers together; one unless set.
     *
     * @param least at least 1
     * @return a copy
     * @throws UsageException if it is less
     */
    public TrustPolicy withThreshold(int least) {
        if (least < 1) {
            throw usage("a threshold is less than 1");
        }
        return with(copy -> copy.threshold = least);
    }

    /**
     * Pins a plugin to bytes; all else must hold as well.
     *
     * @param plugin its id
     * @param digests the only ones allowed
     * @return a copy
     */
    public TrustPolicy withPin(String plugin, Set<String> digests) {
        Map<String, Set<String>> more = new LinkedHashMap<>(parts.pins);
        more.put(plugin, Set.copyOf(digests));
        return with(copy -> copy.pins = Map.copyOf(more));
    }

    /**
     * Requires a list of revocations.
     *
     * @param file the signed list; without a current one no plugin is trusted
     * @param signers who may sign lists
     * @return a copy
     * @throws UsageException if there is no signer
     */
    public TrustPolicy withRevocations(Path file, Set<PublisherKey> signers) {
        if (signers.isEmpty()) {
            throw usage("nobody may sign the list of revocations");
        }
        return with(
                copy -> {
                    copy.revocations = Optional.of(file);
                    copy.revocationKeys = Set.copyOf(signers);
                });
    }

    /**
     * Bounds the age of the list of revocations further than the list itself does.
     *
     * @param most the oldest that still counts
     * @return a copy
     */
    public TrustPolicy withMaxListAge(Duration most) {
        return with(copy -> copy.maxListAge = Optional.of(most));
    }

    /**
     * Remembers over restarts which releases and lists were seen.
     *
     * @param folder for this alone; made if it is missing
     * @return a copy
     */
    public TrustPolicy withState(Path folder) {
        return with(copy -> copy.state = Optional.of(folder));
    }

    /**
     * Allows an older release than was seen, once.
     *
     * @param plugin its id
     * @param version the release's version
     * @return a copy
     */
    public TrustPolicy withDowngrade(String plugin, String version) {
        Set<String> more = new LinkedHashSet<>(parts.downgrades);
        more.add(plugin + "@" + version);
        return with(copy -> copy.downgrades = Set.copyOf(more));
    }

    /**
     * Sets where the lists of revoked certificates are, which are read again at every refresh.
     *
     * @param folder files {@code *.crl} and {@code *.pem}, in DER or PEM
     * @return a copy
     */
    public TrustPolicy withCrls(Path folder) {
        return with(copy -> copy.crls = Optional.of(folder));
    }

    /**
     * Sets what is asked about the revocation of certificates; hard unless set.
     *
     * @param next hard, soft or off
     * @return a copy
     */
    public TrustPolicy withRevocationCheck(RevocationCheck next) {
        return with(copy -> copy.revocationCheck = next);
    }

    /**
     * Sets the fewest bits of RSA keys in certificates; 3,072 unless set.
     *
     * @param bits at least 2,048
     * @return a copy
     * @throws UsageException if it is less
     */
    public TrustPolicy withMinRsaBits(int bits) {
        if (bits < PublisherKey.LEAST_RSA_BITS) {
            throw usage("RSA keys of less than " + PublisherKey.LEAST_RSA_BITS + " bits are weak");
        }
        return with(copy -> copy.minRsaBits = bits);
    }

    /**
     * Sets whose timestamps count.
     *
     * @param anchors authorities of timestamps
     * @param required whether a CMS signature without one is refused
     * @return a copy
     */
    public TrustPolicy withTimestamps(List<X509Certificate> anchors, boolean required) {
        return with(
                copy -> {
                    copy.timestampAnchors = List.copyOf(anchors);
                    copy.requireTimestamp = required;
                });
    }

    /**
     * Sets the clock; the system's unless set.
     *
     * @param next tells the time that certificates and lists are checked at
     * @return a copy
     */
    public TrustPolicy withClock(Clock next) {
        return with(copy -> copy.clock = next);
    }

    private static UsageException usage(String what) {
        return new UsageException(
                ErrorCode.USAGE,
                "cordon",
                "the trust policy cannot be used: " + what,
                "correct the policy; docs/trust.md describes it");
    }

    /**
     * What follows from a verdict.
     *
     * @return the mode
     */
    public TrustMode mode() {
        return parts.mode;
    }

    /**
     * Whom it trusts.
     *
     * @return in the order in which they were added
     */
    public List<Publisher> publishers() {
        return parts.publishers;
    }

    /**
     * How many different signers a plugin needs.
     *
     * @return at least 1
     */
    public int threshold() {
        return parts.threshold;
    }

    /**
     * The only bytes that a plugin may have.
     *
     * @param plugin its id
     * @return empty if it is not pinned
     */
    public Optional<Set<String>> pin(String plugin) {
        return Optional.ofNullable(parts.pins.get(plugin));
    }

    /**
     * Where the list of revocations is.
     *
     * @return empty if none is required
     */
    public Optional<Path> revocations() {
        return parts.revocations;
    }

    /**
     * Who may sign lists of revocations.
     *
     * @return their keys
     */
    public Set<PublisherKey> revocationKeys() {
        return parts.revocationKeys;
    }

    /**
     * The oldest list of revocations that counts.
     *
     * @return empty if only the list itself says
     */
    public Optional<Duration> maxListAge() {
        return parts.maxListAge;
    }

    /**
     * Where it is remembered what was seen.
     *
     * @return empty if it is forgotten when the engine is closed
     */
    public Optional<Path> state() {
        return parts.state;
    }

    /**
     * The downgrades that are allowed once.
     *
     * @return {@code id@version}
     */
    public Set<String> downgrades() {
        return parts.downgrades;
    }

    /**
     * Where the lists of revoked certificates are.
     *
     * @return empty if there are none
     */
    public Optional<Path> crls() {
        return parts.crls;
    }

    /**
     * What is asked about the revocation of certificates.
     *
     * @return hard unless set
     */
    public RevocationCheck revocationCheck() {
        return parts.revocationCheck;
    }

    /**
     * The fewest bits of RSA keys in certificates.
     *
     * @return at least 2,048
     */
    public int minRsaBits() {
        return parts.minRsaBits;
    }

    /**
     * Whose timestamps count.
     *
     * @return certificates of authorities
     */
    public List<X509Certificate> timestampAnchors() {
        return parts.timestampAnchors;
    }

    /**
     * Whether a CMS signature needs a timestamp.
     *
     * @return false unless set
     */
    public boolean requireTimestamp() {
        return parts.requireTimestamp;
    }

    /**
     * Tells the time.
     *
     * @return the system's clock unless set
     */
    public Clock clock() {
        return parts.clock;
    }
}
