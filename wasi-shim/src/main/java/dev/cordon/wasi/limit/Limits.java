package dev.cordon.wasi.limit;

import java.util.EnumMap;
import java.util.Map;

/**
 * The most that the guests of one ledger may use. Immutable; every {@code with} method returns a
 * copy.
 *
 * @param descriptors most descriptors open at once in one session, the standard streams included
 * @param connections most sockets open at once in all sessions of the ledger
 * @param storedBytes most bytes by which files may grow, all together; what is cut or removed of
 *     that may be used again
 * @param files most files, directories and links created and kept
 * @param rates how fast each kind of traffic may flow; what is not named is not limited
 */
public record Limits(
        int descriptors, int connections, long storedBytes, long files, Map<Traffic, Rate> rates) {
    /**
     * Checks the numbers and copies the map.
     *
     * @throws IllegalArgumentException when a number is negative
     */
    public Limits {
        if (descriptors < 0 || connections < 0 || storedBytes < 0 || files < 0) {
            throw new IllegalArgumentException("a limit is negative");
        }
        Map<Traffic, Rate> copy = new EnumMap<>(Traffic.class);
        copy.putAll(rates);
        rates = Map.copyOf(copy);
    }

    /**
     * Limits that fit an ordinary plugin.
     *
     * @return 256 descriptors, 64 connections, 256 MiB stored, 10,000 files, no rates
     */
    public static Limits defaults() {
        return new Limits(256, 64, 256L << 20, 10_000, Map.of());
    }

    /**
     * Sets how many descriptors may be open at once.
     *
     * @param next how many
     * @return a copy with this
     */
    public Limits withDescriptors(int next) {
        return new Limits(next, connections, storedBytes, files, rates);
    }

    /**
     * Sets how many sockets may be open at once.
     *
     * @param next how many
     * @return a copy with this
     */
    public Limits withConnections(int next) {
        return new Limits(descriptors, next, storedBytes, files, rates);
    }

    /**
     * Sets by how much files may grow.
     *
     * @param next bytes
     * @return a copy with this
     */
    public Limits withStoredBytes(long next) {
        return new Limits(descriptors, connections, next, files, rates);
    }

    /**
     * Sets how many files may be created and kept.
     *
     * @param next how many
     * @return a copy with this
     */
    public Limits withFiles(long next) {
        return new Limits(descriptors, connections, storedBytes, next, rates);
    }

    /**
     * Sets how fast one kind of traffic may flow.
     *
     * @param traffic which kind
     * @param rate how fast
     * @return a copy with this
     */
    public Limits withRate(Traffic traffic, Rate rate) {
        Map<Traffic, Rate> next = new EnumMap<>(Traffic.class);
        next.putAll(rates);
        next.put(traffic, rate);
        return new Limits(descriptors, connections, storedBytes, files, next);
    }
}
