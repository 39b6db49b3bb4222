package dev.cordon.trust;

import dev.cordon.trust.key.PublisherKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A key of a publisher, with when it counts and for which plugins; no pattern means all. */
record PublisherKeyEntry(
        PublisherKey key,
        Optional<Instant> notBefore,
        Optional<Instant> notAfter,
        List<String> plugins) {
    boolean counts(String plugin, Instant at) {
        boolean early = notBefore.isPresent() && at.isBefore(notBefore.get());
        boolean late = notAfter.isPresent() && at.isAfter(notAfter.get());
        boolean named =
                plugins.isEmpty() || plugins.stream().anyMatch(it -> IdPattern.matches(it, plugin));
        return !early && !late && named;
    }
}
