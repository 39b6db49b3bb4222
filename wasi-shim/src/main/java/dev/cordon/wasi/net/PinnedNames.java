package dev.cordon.wasi.net;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The addresses that names had when a guest first asked for them; they stay so for its run, so that
 * a name cannot point elsewhere between its check and its use. Belongs to one thread at a time.
 */
final class PinnedNames implements NameReach {
    /** Most names kept; the one that was asked for longest ago is forgotten. */
    static final int MAX_NAMES = 256;

    private final Map<String, List<InetAddress>> names =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, List<InetAddress>> eldest) {
                    return size() > MAX_NAMES;
                }
            };

    @Nullable List<InetAddress> get(String name) {
        return names.get(name);
    }

    void pin(String name, List<InetAddress> addresses) {
        names.putIfAbsent(name, addresses);
    }

    /** The names that are pinned to an address. */
    List<String> namesOf(InetAddress address) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().contains(address))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether a name that a pattern matches is pinned to an address. */
    @Override
    public boolean reaches(HostPattern host, InetAddress address) {
        if (host.block() != null) {
            return false;
        }
        for (Map.Entry<String, List<InetAddress>> entry : names.entrySet()) {
            if (entry.getValue().contains(address) && host.matches(entry.getKey())) {
                return true;
            }
        }
        return false;
    }
}
