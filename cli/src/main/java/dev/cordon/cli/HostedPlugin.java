package dev.cordon.cli;

import dev.cordon.CommandBridge;
import dev.cordon.Plugin;
import dev.cordon.bridge.Registration;
import dev.cordon.capability.Grant;
import dev.cordon.capability.GrantKind;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plugin that is hosted: where it came from, and what it is registered for. */
final class HostedPlugin {
    private final Plugin plugin;
    private final Map<String, Registration> registrations = new TreeMap<>();
    private volatile Map<String, String> names = Map.of();
    private volatile PluginFolder.Entry from;
    private volatile PluginEntry entry;

    HostedPlugin(Plugin plugin, PluginFolder.Entry from, PluginEntry entry) {
        this.plugin = plugin;
        this.from = from;
        this.entry = entry;
    }

    Plugin plugin() {
        return plugin;
    }

    /** The file that serves, in the state in which it was read. */
    PluginFolder.Entry from() {
        return from;
    }

    PluginEntry entry() {
        return entry;
    }

    /** The commands that it is registered for, its own names by those. */
    Map<String, String> names() {
        return names;
    }

    /**
     * Registers it for what it is not registered for yet, and no longer for anything else.
     *
     * @param wanted its own names by the names of the commands
     */
    void register(CommandBridge commands, Map<String, String> wanted) {
        for (Map.Entry<String, String> old : names.entrySet()) {
            if (!old.getValue().equals(wanted.get(old.getKey()))) {
                unregister(old.getKey());
            }
        }
        for (Map.Entry<String, String> name : wanted.entrySet()) {
            if (!registrations.containsKey(name.getKey())) {
                registrations.put(
                        name.getKey(), commands.register(name.getKey(), plugin, name.getValue()));
            }
        }
        names = Map.copyOf(wanted);
    }

    private void unregister(String name) {
        Registration registration = registrations.remove(name);
        if (registration != null) {
            registration.close();
        }
    }

    /**
     * Has a new version take the place of this one. Commands that it lacks, and that nobody asked
     * for by name, end with the old version.
     *
     * @param wanted what it is to be registered for
     * @param offered what the new version can do
     * @throws CordonException if it is refused; then all is as before, but for grants that the
     *     policy file does not have any more
     */
    void reload(
            PluginSource source,
            PluginFolder.Entry file,
            PluginEntry next,
            Map<String, String> wanted,
            List<String> offered,
            CommandBridge commands) {
        revokeWhatIsGone(next);
        try {
            source.reload(plugin, next.options(PluginEntry.UNLESS_GIVEN));
        } catch (CordonException refused) {
            Map<String, String> left = new LinkedHashMap<>(names);
            left.entrySet()
                    .removeIf(
                            old ->
                                    !wanted.containsKey(old.getKey())
                                            && !offered.contains(old.getValue()));
            if (refused.code() != ErrorCode.RELOAD_REFUSED || left.size() == names.size()) {
                throw refused;
            }
            reloadWithout(source, next, left, commands);
        }
        from = file;
        entry = next;
        register(commands, wanted);
    }

    /** What is taken back is taken from calls that run, too, and whatever becomes of the file. */
    private void revokeWhatIsGone(PluginEntry next) {
        List<Grant> left = next.grants().orElse(PluginEntry.UNLESS_GIVEN).granted();
        for (Grant grant : entry.grants().orElse(PluginEntry.UNLESS_GIVEN).granted()) {
            if (!left.contains(grant) && grant.kind() != GrantKind.SYS_MEMORY) {
                plugin.revoke(grant);
            }
        }
    }

    private void reloadWithout(
            PluginSource source,
            PluginEntry next,
            Map<String, String> left,
            CommandBridge commands) {
        Map<String, String> before = names;
        register(commands, left);
        try {
            source.reload(plugin, next.options(PluginEntry.UNLESS_GIVEN));
        } catch (CordonException refused) {
            register(commands, before);
            throw refused;
        }
    }
}
