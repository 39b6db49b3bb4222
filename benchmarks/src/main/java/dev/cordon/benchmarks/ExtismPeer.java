package dev.cordon.benchmarks;

import org.extism.sdk.chicory.Manifest;
import org.extism.sdk.chicory.ManifestWasm;
import org.extism.sdk.chicory.Plugin;

/** A plugin in Extism's SDK for Chicory, compiled as the SDK does it, without limits. */
final class ExtismPeer {
    private final Manifest manifest;
    private final Plugin plugin;

    ExtismPeer(byte[] module) {
        this(
                Manifest.ofWasms(ManifestWasm.fromBytes(module).build())
                        .withOptions(new Manifest.Options().withAoT())
                        .build());
    }

    private ExtismPeer(Manifest manifest) {
        this.manifest = manifest;
        this.plugin = Plugin.ofManifest(manifest).build();
    }

    /** The same plugin anew. */
    ExtismPeer again() {
        return new ExtismPeer(manifest);
    }

    byte[] call(String function, byte[] input) {
        return plugin.call(function, input);
    }
}
