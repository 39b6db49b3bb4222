package dev.cordon.wasm;

import com.dylibso.chicory.wasm.WasmModule;

/**
 * A module that was found valid as it was signed. Only {@link ModuleValidator} can make one.
 *
 * <p>Immutable, as long as nobody changes the array that {@link #bytes()} gives or calls a method
 * of {@link #wasmModule()} that changes it.
 */
public final class ValidModule {
    private final String plugin;
    private final byte[] bytes;
    private final String digest;
    private final ModuleOutline outline;
    private final WasmModule wasmModule;

    ValidModule(
            String plugin,
            byte[] bytes,
            String digest,
            ModuleOutline outline,
            WasmModule wasmModule) {
        this.plugin = plugin;
        this.bytes = bytes;
        this.digest = digest;
        this.outline = outline;
        this.wasmModule = wasmModule;
    }

    /**
     * Whose module it is.
     *
     * @return the plugin's id or file name
     */
    public String plugin() {
        return plugin;
    }

    /**
     * The module as signed.
     *
     * @return the array itself, not to be changed
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * The module's identity.
     *
     * @return SHA-256 of {@link #bytes()} as 64 lowercase hexadecimal digits
     */
    public String digest() {
        return digest;
    }

    /**
     * What is in the module.
     *
     * @return the outline that was read before
     */
    public ModuleOutline outline() {
        return outline;
    }

    /**
     * The module in Chicory's shape, without custom sections.
     *
     * @return the same at each call
     */
    public WasmModule wasmModule() {
        return wasmModule;
    }
}
