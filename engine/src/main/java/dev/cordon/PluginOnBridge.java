package dev.cordon;

import dev.cordon.bridge.Party;
import dev.cordon.capability.Grants;
import dev.cordon.dispatch.Bridge;
import dev.cordon.dispatch.PluginPort;
import dev.cordon.dispatch.Scope;
import dev.cordon.guest.BridgeLink;
import dev.cordon.guest.PluginShape;
import org.jspecify.annotations.Nullable;

/**
 * A plugin's side of the bridge, the same for all of its versions: what it is sent, and its calls'
 * way to send.
 */
final class PluginOnBridge implements PluginPort {
    private final Bridge bridge;
    private final Plugin plugin;
    private final Party party;

    PluginOnBridge(Bridge bridge, Plugin plugin) {
        this.bridge = bridge;
        this.plugin = plugin;
        this.party = Party.plugin(plugin.id());
    }

    /** Refuses the name of a command that there is not. */
    void requireCommand(String command) {
        plugin.current().commands().export(command);
    }

    /** A call's way to send. */
    BridgeLink link(@Nullable Scope scope) {
        return bridge.link(this, scope);
    }

    @Override
    public Party party() {
        return party;
    }

    @Override
    public Grants grants() {
        return plugin.grants();
    }

    @Override
    public Answer call(String command, byte[] payload, Scope scope) {
        Ended ended = plugin.dispatch(Task.within(scope, command, payload));
        return new Answer(ended.output(), ended.report().fuelUsed());
    }

    @Override
    public void receive(byte[] document, Scope scope) {
        plugin.dispatch(Task.within(scope, PluginShape.ON_EVENT, document).asEvent());
    }
}
