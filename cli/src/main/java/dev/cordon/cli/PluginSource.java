package dev.cordon.cli;

import dev.cordon.LoadOptions;
import dev.cordon.ModuleFacts;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.bundle.BundleReader;
import dev.cordon.bundle.PluginBundle;
import dev.cordon.extism.ExtismManifest;
import dev.cordon.extism.ExtismSources;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A plugin's file or an Extism manifest, read once. Immutable. */
final class PluginSource {
    private final PluginBundle bundle;
    private final @Nullable ExtismManifest manifest;

    private PluginSource(PluginBundle bundle, @Nullable ExtismManifest manifest) {
        this.bundle = bundle;
        this.manifest = manifest;
    }

    /**
     * Reads it.
     *
     * @param sources where the modules of a manifest may come from
     * @throws dev.cordon.error.CordonException if it cannot be read
     */
    static PluginSource read(Path file, boolean extismManifest, ExtismSources sources) {
        if (extismManifest) {
            ExtismManifest manifest = ExtismManifest.read(file, sources);
            return new PluginSource(manifest.module(), manifest);
        }
        return new PluginSource(BundleReader.read(file), null);
    }

    /** What it contains; nothing of it runs. */
    ModuleFacts facts(PluginEngine engine) {
        return engine.inspect(bundle);
    }

    Plugin load(PluginEngine engine, LoadOptions options) {
        return manifest == null ? engine.load(bundle, options) : engine.load(manifest, options);
    }

    /** Puts it in the place of what the plugin is now. */
    void reload(Plugin plugin, LoadOptions options) {
        if (manifest == null) {
            plugin.reload(bundle, options);
        } else {
            plugin.reload(manifest, options);
        }
    }
}
