package dev.cordon.manifest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a manifest says about this release to a trust policy.
 *
 * @param sequence rises with every release; 0 if the publisher does not count
 * @param notBefore when it may first be used
 * @param notAfter when it may last be used
 * @param signatures the kinds of signature that it must have: {@code wasmsig}, {@code cms}, {@code
 *     minisign}
 */
public record Release(
        long sequence,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter,
        List<String> signatures) {
    /** Says nothing. */
    public static final Release NONE =
            new Release(0, Optional.empty(), Optional.empty(), List.of());

    /** Copies the list. */
    public Release {
        signatures = List.copyOf(signatures);
    }
}
