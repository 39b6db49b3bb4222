package dev.cordon.bundle;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plugin as it was read, once: what is verified later is what runs. */
public final class PluginBundle {
    private final String name;
    private final byte[] module;
    private final byte @Nullable [] sidecar;
    private final Digest digest;

    PluginBundle(String name, byte[] module, byte @Nullable [] sidecar) {
        this.name = name;
        this.module = module;
        this.sidecar = sidecar;
        this.digest = Digest.of(module);
    }

    /**
     * What to call it until its manifest was read.
     *
     * @return the file's name, printable
     */
    public String name() {
        return name;
    }

    /**
     * The module's bytes.
     *
     * @return the bundle's own array, which nobody may change
     */
    public byte[] module() {
        return module;
    }

    /**
     * The manifest beside the module, as read.
     *
     * @return empty if there was no such file
     */
    public Optional<byte[]> sidecar() {
        return Optional.ofNullable(sidecar);
    }

    /**
     * The plugin's identity.
     *
     * @return SHA-256 of the module's bytes
     */
    public Digest digest() {
        return digest;
    }
}
