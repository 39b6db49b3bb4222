package dev.cordon;

import dev.cordon.bridge.Party;
import dev.cordon.capability.Grants;
import dev.cordon.dispatch.Bridge;
import dev.cordon.dispatch.PluginPort;
import dev.cordon.dispatch.Scope;
import dev.cordon.guest.BridgeLink;
import dev.cordon.guest.PluginModule;
import dev.cordon.guest.PluginShape;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plugin's side of the bridge: what it is sent, and its calls' way to send. */
final class PluginOnBridge implements PluginPort {
    /** Who imports none of these, and calls nobody who may send, needs no way to send. */
    private static final Set<String> SENDS = Set.of("cordon.command_send", "cordon.event_publish");

    private final Bridge bridge;
    private final Party party;
    private final PluginModule module;
    private final boolean sends;
    private volatile @Nullable CallPath path;

    PluginOnBridge(Bridge bridge, PluginModule module) {
        this.bridge = bridge;
        this.module = module;
        this.party = Party.plugin(module.settings().plugin());
        this.sends =
                module.callsApplication()
                        || module.importNames().stream().anyMatch(SENDS::contains);
    }

    /** Where its calls go; set before anybody else knows the plugin. */
    void serve(CallPath calls) {
        path = calls;
    }

    private CallPath path() {
        return Objects.requireNonNull(path, "a plugin is on the bridge before it can be called");
    }

    /** Refuses the name of a command that there is not. */
    void requireCommand(String command) {
        path().requireCommand(command);
    }

    /** A call's way to send, or null for a plugin that cannot. */
    @Nullable BridgeLink link(@Nullable Scope scope) {
        return sends ? bridge.link(this, scope) : null;
    }

    @Override
    public Party party() {
        return party;
    }

    @Override
    public Grants grants() {
        return module.settings().grants();
    }

    @Override
    public Answer call(String command, byte[] payload, Scope scope) {
        Ended ended = path().call(Task.within(scope, command, payload));
        return new Answer(ended.output(), ended.report().fuelUsed());
    }

    @Override
    public void receive(byte[] document, Scope scope) {
        path().call(Task.within(scope, PluginShape.ON_EVENT, document).asEvent());
    }
}
