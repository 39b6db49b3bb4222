package dev.cordon.monitor;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How often a call used each host function.
 *
 * <p>Becomes a map only when somebody looks: most reports are never read. Immutable and
 * thread-safe.
 */
public final class HostCallCounts extends AbstractMap<String, Long> {
    private final List<String> names;
    private final int[] counts;
    private volatile @Nullable Map<String, Long> map;

    private HostCallCounts(List<String> names, int[] counts) {
        this.names = names;
        this.counts = counts;
    }

    /**
     * The counts of one call.
     *
     * @param names immutable names of the functions, {@code module.name}
     * @param counts how often each was used; belongs to the result from now on
     * @return a map of those that were used, in the order of {@code names}
     */
    public static Map<String, Long> of(List<String> names, int[] counts) {
        return new HostCallCounts(names, counts);
    }

    @Override
    public Set<Entry<String, Long>> entrySet() {
        Map<String, Long> made = map;
        if (made == null) {
            made = make();
            map = made;
        }
        return made.entrySet();
    }

    private Map<String, Long> make() {
        Map<String, Long> made = new LinkedHashMap<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                made.merge(names.get(i), counts[i] & 0xFFFF_FFFFL, Long::sum);
            }
        }
        return Collections.unmodifiableMap(made);
    }
}
