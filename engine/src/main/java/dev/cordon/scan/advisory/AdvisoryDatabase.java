package dev.cordon.scan.advisory;

import dev.cordon.scan.Advisories;
import dev.cordon.scan.Component;
import dev.cordon.scan.Vulnerability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Advisories in memory, found by the packages that they speak of. Immutable. */
public final class AdvisoryDatabase implements Advisories {
    private final Map<String, List<Entry>> entries = new HashMap<>();
    private int size;

    private AdvisoryDatabase() {}

    private record Entry(Advisory advisory, Advisory.Affected affected) {}

    /**
     * Reads a database.
     *
     * @param source a folder with OSV files in JSON, a zip archive of them, or one such file
     * @return all its advisories but those that were withdrawn
     * @throws dev.cordon.error.UsageException if it cannot be read, is too large, or a file in it
     *     is no advisory, since what is left out would be taken for safe
     */
    public static AdvisoryDatabase open(Path source) {
        return open(source, AdvisoryFiles.MAX_TOTAL_BYTES);
    }

    static AdvisoryDatabase open(Path source, long mostBytes) {
        AdvisoryDatabase database = new AdvisoryDatabase();
        AdvisoryFiles.read(
                source, mostBytes, json -> AdvisoryReader.read(json).ifPresent(database::add));
        return database;
    }

    private void add(Advisory advisory) {
        size++;
        for (Advisory.Affected affected : advisory.affected()) {
            entries.computeIfAbsent(
                            key(affected.ecosystem(), affected.name()), key -> new ArrayList<>(1))
                    .add(new Entry(advisory, affected));
        }
    }

    /** Ecosystems without the release behind a colon; Python's names in their one spelling. */
    private static String key(String ecosystem, String name) {
        int colon = ecosystem.indexOf(':');
        String base = colon < 0 ? ecosystem : ecosystem.substring(0, colon);
        String spelt =
                base.equals("PyPI")
                        ? name.toLowerCase(Locale.ROOT).replaceAll("[-_.]+", "-")
                        : name;
        return base + "\n" + spelt;
    }

    @Override
    public List<Vulnerability> affecting(Component component) {
        if (component.ecosystem().isEmpty()) {
            return List.of();
        }
        List<Vulnerability> found = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (Entry entry :
                entries.getOrDefault(key(component.ecosystem(), component.name()), List.of())) {
            vulnerability(entry, component).filter(it -> ids.add(it.id())).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<Vulnerability> vulnerability(Entry entry, Component component) {
        Optional<Boolean> affected = affects(entry.affected(), component);
        if (affected.isPresent() && !affected.get()) {
            return Optional.empty();
        }
        Advisory advisory = entry.advisory();
        return Optional.of(
                new Vulnerability(
                        advisory.id(),
                        advisory.aliases(),
                        advisory.summary(),
                        entry.affected().level(),
                        entry.affected().ranges().stream()
                                .flatMap(range -> range.fixes().stream())
                                .distinct()
                                .toList(),
                        affected.isPresent()));
    }

    /** Empty if nothing can tell. */
    private static Optional<Boolean> affects(Advisory.Affected affected, Component component) {
        String version = component.version();
        if (affected.versions().contains(version)) {
            return Optional.of(true);
        }
        boolean open = version.isEmpty();
        for (VersionRange range : affected.ranges()) {
            Optional<Boolean> inside = range.contains(version, affected.ecosystem());
            if (inside.isPresent() && inside.get()) {
                return inside;
            }
            open |= inside.isEmpty() && affected.versions().isEmpty();
        }
        boolean nothingToCompare = affected.ranges().isEmpty() && affected.versions().isEmpty();
        return open || nothingToCompare ? Optional.empty() : Optional.of(false);
    }

    @Override
    public int size() {
        return size;
    }
}
