package dev.cordon.cli;

import dev.cordon.capability.NamePattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Under which names a plugin's commands are registered.
 *
 * @param own whether all of them are, under the plugin's own names
 * @param names if not: the plugin's own names by the names that they are registered under
 */
record CommandNames(boolean own, Map<String, String> names) {
    static final CommandNames OWN = new CommandNames(true, Map.of());

    /** Reads {@code true}, {@code false}, a list of commands, or an object of names. */
    static Optional<CommandNames> of(ConfigFields fields, String field) {
        if (!fields.has(field)) {
            return Optional.empty();
        }
        if (fields.isFlag(field)) {
            return fields.flag(field).map(own -> new CommandNames(own, Map.of()));
        }
        Map<String, String> names = new LinkedHashMap<>();
        if (fields.isList(field)) {
            fields.texts(field).orElseThrow().forEach(name -> names.put(name, name));
        } else {
            names.putAll(fields.textMap(field).orElseThrow());
        }
        for (String name : names.keySet()) {
            if (!NamePattern.isName(name)) {
                throw fields.unusable(
                        "`"
                                + fields.at(field)
                                + "` has "
                                + UsageProblem.quoted(name)
                                + ", which is not the name of a command");
            }
        }
        return Optional.of(new CommandNames(false, names));
    }

    /** What a plugin with these commands is registered for: its own names by those. */
    Map<String, String> of(List<String> commands) {
        if (!own) {
            return names;
        }
        Map<String, String> all = new LinkedHashMap<>();
        commands.stream().filter(NamePattern::isName).forEach(name -> all.put(name, name));
        return all;
    }
}
