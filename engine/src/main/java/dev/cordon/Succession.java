package dev.cordon;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.util.Set;

/** Which version may take the place of another one. */
final class Succession {
    private Succession() {}

    /**
     * Refuses a version that its plugin's users would not know again.
     *
     * @param plugin the id that it is to have
     * @param next the version
     * @param handled the commands that the plugin is registered for
     */
    static void require(String plugin, PluginVersion next, Set<String> handled) {
        if (!next.manifest().id().equals(plugin)) {
            throw refused(
                    plugin,
                    "cannot be replaced by `" + next.manifest().id() + "`, another plugin",
                    "load that as a plugin of its own");
        }
        for (String command : handled) {
            if (!next.commands().has(command)) {
                throw refused(
                        plugin,
                        "is registered for its command `"
                                + command
                                + "`, which the new version does not have",
                        "close the registration first, or load a version that has it");
            }
        }
    }

    private static UsageException refused(String plugin, String what, String help) {
        return new UsageException(ErrorCode.RELOAD_REFUSED, plugin, what, help);
    }
}
