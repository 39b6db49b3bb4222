package dev.cordon.extism;

import dev.cordon.bundle.PluginBundle;

/**
 * A module that an Extism manifest lists beside the main one. Immutable.
 *
 * @param name what other modules of the manifest import its functions from
 * @param bundle its bytes, compared with its hash if there is one
 */
public record ExtismModule(String name, PluginBundle bundle) {}
