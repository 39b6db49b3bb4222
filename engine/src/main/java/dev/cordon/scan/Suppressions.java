package dev.cordon.scan;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** All that a host says about findings that do not count. Immutable. */
public final class Suppressions {
    /** Every finding counts. */
    public static final Suppressions NONE = new Suppressions(List.of());

    private final List<Suppression> suppressions;

    private Suppressions(List<Suppression> suppressions) {
        this.suppressions = List.copyOf(suppressions);
    }

    /**
     * Several suppressions at once.
     *
     * @param suppressions the first that covers a finding justifies it
     * @return their set
     */
    public static Suppressions of(List<Suppression> suppressions) {
        return new Suppressions(suppressions);
    }

    /**
     * Reads a file of suppressions.
     *
     * @param json UTF-8, at most {@link SuppressionReader#MAX_BYTES}
     * @return what it says
     * @throws dev.cordon.error.UsageException if it cannot be understood, saying where
     */
    public static Suppressions parse(byte[] json) {
        return of(SuppressionReader.read(json));
    }

    /**
     * The suppressions in their order.
     *
     * @return an immutable list
     */
    public List<Suppression> all() {
        return suppressions;
    }

    /**
     * Why a finding does not count.
     *
     * @param finding as a rule found it
     * @param digest of the module that it is in
     * @param today the day in UTC
     * @return empty if it counts
     */
    public Optional<String> justification(Finding finding, String digest, LocalDate today) {
        return suppressions.stream()
                .filter(suppression -> suppression.covers(finding, digest, today))
                .map(Suppression::justification)
                .findFirst();
    }
}
