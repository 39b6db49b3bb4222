package dev.cordon.guest;

import dev.cordon.manifest.PluginKind;
import dev.cordon.manifest.StatePolicy;
import dev.cordon.runtime.CompiledModule;
import dev.cordon.runtime.GuestLimits;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plugin's compiled module with the host functions it imports. Immutable; threads may share it.
 */
public final class PluginModule {
    private final CompiledModule compiled;
    private final HostImports imports;
    private final List<LinkedModule> linked;
    private final PluginKind kind;
    private final StatePolicy state;
    private final PluginSettings settings;

    /**
     * Puts together what instances are made of.
     *
     * @param compiled the code
     * @param imports what it imports from the host
     * @param linked other modules of the plugin, each after those that it imports from
     * @param kind what it is
     * @param state what becomes of its state between calls; a WASI command always starts afresh
     * @param settings what its instances share
     */
    public PluginModule(
            CompiledModule compiled,
            HostImports imports,
            List<LinkedModule> linked,
            PluginKind kind,
            StatePolicy state,
            PluginSettings settings) {
        this.compiled = compiled;
        this.imports = imports;
        this.linked = List.copyOf(linked);
        this.kind = kind;
        this.state = kind == PluginKind.WASI_COMMAND ? StatePolicy.FRESH : state;
        this.settings = settings;
    }

    /**
     * Makes an instance; nothing of the guest runs yet.
     *
     * @param limits what it may hold
     * @return a new instance
     * @throws dev.cordon.error.CordonException if the module starts beyond the limits
     */
    public PluginInstance instantiate(GuestLimits limits) {
        return new PluginInstance(this, limits);
    }

    /**
     * What the host functions are called.
     *
     * @return {@code module.name}, in the order of {@link PluginInstance#hostCalls()}
     */
    public List<String> importNames() {
        return allImports().flatMap(each -> each.names().stream()).toList();
    }

    /**
     * Whether code of the application runs when the plugin calls what it imports.
     *
     * @return true if it imports a function of the application
     */
    public boolean callsApplication() {
        return allImports().anyMatch(HostImports::callsApplication);
    }

    /**
     * What the plugin is.
     *
     * @return its kind
     */
    public PluginKind kind() {
        return kind;
    }

    /**
     * What becomes of an instance's state.
     *
     * @return fresh for every WASI command
     */
    public StatePolicy state() {
        return state;
    }

    /**
     * Whether calls have to take turns: because they share an instance, or the variables that they
     * change.
     *
     * @return true if no two calls may run at the same time
     */
    public boolean takesTurns() {
        return state == StatePolicy.KEPT || allImports().anyMatch(HostImports::changesVariables);
    }

    /**
     * The code.
     *
     * @return the compiled module
     */
    public CompiledModule compiled() {
        return compiled;
    }

    /**
     * What all instances share.
     *
     * @return the settings
     */
    public PluginSettings settings() {
        return settings;
    }

    /**
     * What every instance holds from the start.
     *
     * @return bytes of memories and tables, those of linked modules included
     */
    public long initialBytes() {
        long bytes = compiled.initialBytes();
        for (LinkedModule part : linked) {
            bytes += part.compiled().initialBytes();
        }
        return bytes;
    }

    HostImports imports() {
        return imports;
    }

    List<LinkedModule> linked() {
        return linked;
    }

    /** Whether any module is written for Extism. */
    boolean extism() {
        return allImports().anyMatch(HostImports::extism);
    }

    /** The main module's first, then those of the others in their order. */
    private Stream<HostImports> allImports() {
        return Stream.concat(Stream.of(imports), linked.stream().map(LinkedModule::imports));
    }
}
