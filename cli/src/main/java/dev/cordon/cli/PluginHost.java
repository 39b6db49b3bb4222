package dev.cordon.cli;

import dev.cordon.ModuleFacts;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InternalException;
import dev.cordon.error.UsageException;
import dev.cordon.extism.ExtismSources;
import dev.cordon.manifest.ManifestCommand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the plugins that are hosted as the folder and the policy file say. One thread makes the
 * changes; others may look.
 */
final class PluginHost {
    private final PluginEngine engine;
    private final HostLog log;
    private final Duration grace;
    private final Map<String, HostedPlugin> hosted = new ConcurrentSkipListMap<>();
    private final Map<String, Attempt> refused = new ConcurrentSkipListMap<>();
    private final Map<Path, Long> missingSince = new HashMap<>();
    private PluginsSection sections;
    private Set<Path> seen = Set.of();
    private int changes;

    /**
     * A file that was refused.
     *
     * @param entry in which state
     * @param changes how many changes there had been by then; after another one it is tried again
     * @param why what was wrong with it
     */
    record Attempt(PluginFolder.Entry entry, int changes, CordonException why) {}

    PluginHost(PluginEngine engine, PluginsSection sections, HostLog log, Duration grace) {
        this.engine = engine;
        this.sections = sections;
        this.log = log;
        this.grace = grace;
    }

    /** The plugins that are hosted, by id. */
    Map<String, HostedPlugin> hosted() {
        return hosted;
    }

    /** Files that are not served as they are now, by name. */
    Map<String, Attempt> refused() {
        return refused;
    }

    /** What holds for plugins from now on, at the next look. */
    void settings(PluginsSection next) {
        sections = next;
        changes++;
    }

    /**
     * Makes what is hosted what is there.
     *
     * @param files what is in the folder
     */
    void update(List<PluginFolder.Entry> files) {
        Set<Path> present =
                files.stream().map(PluginFolder.Entry::file).collect(Collectors.toSet());
        if (!present.containsAll(seen)) {
            changes++; // what was in the way of a file may be gone
        }
        seen = present;
        Set<String> names =
                files.stream().map(PluginFolder.Entry::name).collect(Collectors.toSet());
        refused.keySet().retainAll(names);
        for (PluginFolder.Entry file : files) {
            if (file.atRest()) {
                update(file, present);
            }
        }
        hosted.values().forEach(plugin -> closeIfMissing(plugin, present));
        missingSince
                .keySet()
                .removeIf(
                        file ->
                                hosted.values().stream()
                                        .noneMatch(each -> each.from().file().equals(file)));
    }

    private void update(PluginFolder.Entry file, Set<Path> present) {
        HostedPlugin serving =
                hosted.values().stream()
                        .filter(each -> each.from().file().equals(file.file()))
                        .findFirst()
                        .orElse(null);
        if (serving != null && isCurrent(serving, file)) {
            refused.remove(file.name());
            return;
        }
        Attempt before = refused.get(file.name());
        if (before != null
                && before.changes() == changes
                && before.entry().print().equals(file.print())) {
            return;
        }
        try {
            PluginSource source =
                    PluginSource.read(file.file(), file.extism(), ExtismSources.local());
            if (file.unchanged()) { // else it is looked at again, in its next state
                take(source, file, serving, present);
                refused.remove(file.name());
                changes++;
            }
        } catch (CordonException why) {
            refuse(file, serving, before, why);
        } catch (RuntimeException defect) { // must not keep the other files from being looked at
            refuse(file, serving, before, defect(file, defect));
        }
    }

    private static CordonException defect(PluginFolder.Entry file, RuntimeException defect) {
        return new InternalException(
                ErrorCode.INTERNAL,
                file.name(),
                "could not be loaded: " + defect,
                "report it with the plugin",
                defect);
    }

    private boolean isCurrent(HostedPlugin serving, PluginFolder.Entry file) {
        return serving.from().print().equals(file.print())
                && serving.entry().equals(sections.of(serving.plugin().id()));
    }

    private void refuse(
            PluginFolder.Entry file,
            @Nullable HostedPlugin serving,
            @Nullable Attempt before,
            CordonException why) {
        boolean told =
                before != null
                        && before.entry().print().equals(file.print())
                        && before.why().what().equals(why.what());
        refused.put(file.name(), new Attempt(file, changes, why));
        if (!told) {
            log.refused(
                    why,
                    UsageProblem.quoted(file.name())
                            + (serving == null
                                    ? " is not served"
                                    : " is not taken; "
                                            + serving.plugin().version()
                                            + " of `"
                                            + serving.plugin().id()
                                            + "` goes on"));
        }
    }

    private void take(
            PluginSource source,
            PluginFolder.Entry file,
            @Nullable HostedPlugin serving,
            Set<Path> present) {
        ModuleFacts facts = source.facts(engine);
        String id = facts.manifest().id();
        List<String> offered =
                facts.manifest().commands().stream().map(ManifestCommand::name).toList();
        HostedPlugin same = serving == null ? hosted.get(id) : serving;
        PluginEntry entry = sections.of(id);
        Map<String, String> wanted = entry.names().of(offered);
        requireFree(id, wanted, same);
        if (same == null) {
            load(source, file, entry, wanted);
            return;
        }
        if (same != serving && present.contains(same.from().file())) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    id,
                    "is served from " + UsageProblem.quoted(same.from().name()) + " already",
                    "remove one of the two files, or give one plugin another id");
        }
        Plugin plugin = same.plugin();
        String version = plugin.version();
        String digest = plugin.digest();
        same.reload(source, file, entry, wanted, offered, engine.commands());
        log.reloaded(plugin, version, digest);
    }

    private void load(
            PluginSource source,
            PluginFolder.Entry file,
            PluginEntry entry,
            Map<String, String> wanted) {
        Plugin plugin = source.load(engine, entry.options(PluginEntry.UNLESS_GIVEN));
        HostedPlugin loaded = new HostedPlugin(plugin, file, entry);
        try {
            loaded.register(engine.commands(), wanted);
        } catch (CordonException refusal) {
            plugin.close();
            throw refusal;
        }
        hosted.put(plugin.id(), loaded);
        log.loaded(plugin, file.name(), wanted.size());
    }

    /** A name has one handler; who came first keeps it. */
    private void requireFree(String id, Map<String, String> wanted, @Nullable HostedPlugin same) {
        for (HostedPlugin other : hosted.values()) {
            for (String name : wanted.keySet()) {
                if (other != same && other.names().containsKey(name)) {
                    throw new UsageException(
                            ErrorCode.USAGE,
                            id,
                            "cannot handle `"
                                    + name
                                    + "`, which `"
                                    + other.plugin().id()
                                    + "` handles",
                            "give it another name with `commands` in the policy file");
                }
            }
        }
    }

    /** Whoever replaces a file by deleting and writing it has a moment to do so. */
    private void closeIfMissing(HostedPlugin plugin, Set<Path> present) {
        Path file = plugin.from().file();
        if (present.contains(file)) {
            missingSince.remove(file);
            return;
        }
        long now = System.nanoTime();
        Long since = missingSince.putIfAbsent(file, now);
        if (since != null && now - since >= PluginFolder.REST_MILLIS * 1_000_000) {
            missingSince.remove(file);
            close(plugin);
        }
    }

    private void close(HostedPlugin plugin) {
        String id = plugin.plugin().id();
        boolean idle = plugin.plugin().closeWithin(grace);
        hosted.remove(id);
        changes++;
        String stopped =
                idle ? "" : "; calls that ran longer than " + grace.toSeconds() + "s were stopped";
        log.closed(id, UsageProblem.quoted(plugin.from().name()) + " was removed" + stopped);
    }

    /** Closes plugins that are not trusted any more, by lists of revocations as they are now. */
    void refreshTrust() {
        for (Plugin untrusted : engine.refreshTrust()) {
            hosted.remove(untrusted.id());
            changes++;
            log.closed(untrusted.id(), "it is not trusted any more");
        }
    }
}
