package dev.cordon.host;

import dev.cordon.capability.NamePattern;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;

/**
 * On which terms guests call a function of the application. Immutable.
 *
 * @param capability what a grant {@code host:call} must cover; empty for {@code MODULE.FUNCTION}
 * @param fuel units that a call costs beside copied bytes
 * @param maxBytes the longest text, bytes or JSON taken for one parameter
 * @param maxResultBytes the longest result
 */
public record HostTerms(String capability, long fuel, int maxBytes, int maxResultBytes) {
    /** What a call costs unless said otherwise, in units of fuel. */
    public static final long DEFAULT_FUEL = 1_000;

    /** The longest parameter and the longest result unless said otherwise: 64 KiB. */
    public static final int DEFAULT_MAX_BYTES = 64 << 10;

    /** The longest parameter and the longest result that can be allowed: 16 MiB. */
    public static final int LARGEST_BYTES = 16 << 20;

    private static final int MAX_SHOWN = 100;
    private static final HostTerms DEFAULTS =
            new HostTerms("", DEFAULT_FUEL, DEFAULT_MAX_BYTES, DEFAULT_MAX_BYTES);

    /**
     * Checks the terms.
     *
     * @throws UsageException if the capability is no name, or a number is out of bounds
     */
    public HostTerms {
        if (!capability.isEmpty() && !NamePattern.isName(capability)) {
            throw bad(
                    "`" + GuestText.printable(capability, MAX_SHOWN) + "` names no capability",
                    "join parts of letters, digits, `_` and `-` with dots");
        }
        if (fuel < 0) {
            throw bad("fuel of " + fuel + " is less than nothing", "choose at least 0");
        }
        requireBytes(maxBytes);
        requireBytes(maxResultBytes);
    }

    static void requireBytes(int bytes) {
        if (bytes < 0 || bytes > LARGEST_BYTES) {
            throw bad(
                    "a limit of " + bytes + " bytes is out of bounds",
                    "choose 0 to " + LARGEST_BYTES);
        }
    }

    static UsageException bad(String why, String help) {
        return new UsageException(
                ErrorCode.USAGE, "host", "cannot offer the function: " + why, help);
    }

    /**
     * The terms unless said otherwise.
     *
     * @return the capability {@code MODULE.FUNCTION}, {@value #DEFAULT_FUEL} units, 64 KiB each way
     */
    public static HostTerms defaults() {
        return DEFAULTS;
    }

    /**
     * Sets what a grant must cover.
     *
     * @param next a name, which several functions may share
     * @return a copy
     */
    public HostTerms withCapability(String next) {
        return new HostTerms(next, fuel, maxBytes, maxResultBytes);
    }

    /**
     * Sets the price.
     *
     * @param next units of fuel, at least 0
     * @return a copy
     */
    public HostTerms withFuel(long next) {
        return new HostTerms(capability, next, maxBytes, maxResultBytes);
    }

    /**
     * Sets the longest parameter.
     *
     * @param next bytes, 0 to {@value #LARGEST_BYTES}
     * @return a copy
     */
    public HostTerms withMaxBytes(int next) {
        return new HostTerms(capability, fuel, next, maxResultBytes);
    }

    /**
     * Sets the longest result.
     *
     * @param next bytes, 0 to {@value #LARGEST_BYTES}
     * @return a copy
     */
    public HostTerms withMaxResultBytes(int next) {
        return new HostTerms(capability, fuel, maxBytes, next);
    }
}
