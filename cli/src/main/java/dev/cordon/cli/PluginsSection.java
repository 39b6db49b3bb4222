package dev.cordon.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a policy file says about plugins.
 *
 * @param folder where {@code serve} finds them
 * @param entries what holds for each, by id; {@code *} for all
 */
record PluginsSection(Optional<Path> folder, Map<String, PluginEntry> entries) {
    static final PluginsSection NONE = new PluginsSection(Optional.empty(), Map.of());

    private static final String FOLDER = "folder";
    private static final String SETTINGS = "settings";
    private static final String ALL = "*";
    private static final Pattern ID = Pattern.compile("[a-z0-9]+([.-]+[a-z0-9]+)*");

    static PluginsSection of(ConfigFields section) {
        ConfigFields fields = section.only(Set.of(FOLDER, SETTINGS));
        Map<String, PluginEntry> entries = new LinkedHashMap<>();
        fields.object(SETTINGS).ifPresent(settings -> read(settings, entries));
        PluginsSection plugins = new PluginsSection(fields.path(FOLDER), entries);
        fields.object(SETTINGS).ifPresent(plugins::check);
        return plugins;
    }

    private static void read(ConfigFields settings, Map<String, PluginEntry> entries) {
        for (String id : settings.names()) {
            if (!id.equals(ALL) && !ID.matcher(id).matches()) {
                throw settings.unusable(
                        "`" + settings.at(id) + "` is neither a plugin's id nor `*`");
            }
            entries.put(id, PluginEntry.of(settings.object(id).orElseThrow()));
        }
    }

    /** What cannot be used together is found when the file is read, not when a plugin comes. */
    private void check(ConfigFields settings) {
        for (String id : entries.keySet()) {
            settings.naming(id, () -> of(id).options(PluginEntry.UNLESS_GIVEN));
        }
    }

    /** What holds for a plugin: what its own entry says, and for the rest what that of all says. */
    PluginEntry of(String id) {
        PluginEntry all = entries.getOrDefault(ALL, PluginEntry.NONE);
        return entries.getOrDefault(id, PluginEntry.NONE).over(all);
    }
}
