package dev.cordon.bundle;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plugin as it was read, once: what is verified later is what runs. */
public final class PluginBundle {
    private final String name;
    private final byte[] module;
    private final byte @Nullable [] sidecar;
    private final byte @Nullable [] cms;
    private final byte @Nullable [] minisign;
    private final Digest digest;

    PluginBundle(
            String name,
            byte[] module,
            byte @Nullable [] sidecar,
            byte @Nullable [] cms,
            byte @Nullable [] minisign) {
        this.name = name;
        this.module = module;
        this.sidecar = sidecar;
        this.cms = cms;
        this.minisign = minisign;
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
     * The CMS signature beside the module, as read.
     *
     * @return empty if there was no such file
     */
    public Optional<byte[]> cms() {
        return Optional.ofNullable(cms);
    }

    /**
     * The signature of minisign beside the module, as read.
     *
     * @return empty if there was no such file
     */
    public Optional<byte[]> minisign() {
        return Optional.ofNullable(minisign);
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
