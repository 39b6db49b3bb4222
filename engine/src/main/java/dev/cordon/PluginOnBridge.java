package dev.cordon;

import dev.cordon.bridge.CommandHandler;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.Registration;
import dev.cordon.capability.Grants;
import dev.cordon.capability.NamePattern;
import dev.cordon.dispatch.Bridge;
import dev.cordon.dispatch.PluginPort;
import dev.cordon.dispatch.Scope;
import dev.cordon.guest.PluginShape;
import dev.cordon.guest.UseGate;
import java.util.List;
import java.util.Optional;

/**
 * A plugin's side of the bridge, the same for all of its versions: what it is sent, and its calls'
 * way to send.
 */
final class PluginOnBridge implements PluginPort {
    private final Bridge bridge;
    private final Lifecycle plugin;
    private final Party party;
    private final Calls calls;

    PluginOnBridge(EngineParts engine, Lifecycle plugin) {
        this.bridge = engine.bridge();
        this.plugin = plugin;
        this.party = Party.plugin(plugin.plugin());
        this.calls =
                new Calls(
                        plugin.plugin(),
                        plugin.versions(),
                        engine.places(),
                        plugin.guard(),
                        (version, scope) -> bridge.link(this, version, scope));
    }

    /** The one way of all calls, whoever makes them. */
    Calls calls() {
        return calls;
    }

    /** Makes the plugin the handler of a name, if it has the command now. */
    Registration register(String name, String own) {
        return plugin.unreplaced(
                () -> {
                    plugin.current().commands().export(own);
                    return bridge.register(name, this, own);
                });
    }

    @Override
    public Party party() {
        return party;
    }

    @Override
    public Grants grants() {
        return plugin.current().grants();
    }

    @Override
    public List<NamePattern> topics() {
        return plugin.current().topics();
    }

    @Override
    public Optional<CommandHandler> standIn() {
        return plugin.guard().policy().standIn();
    }

    @Override
    public UseGate gate() {
        return plugin.current().doors().gate();
    }

    @Override
    public Answer call(String command, byte[] payload, Scope scope) {
        Ended ended = calls.call(Task.within(scope, command, payload));
        return new Answer(ended.output(), ended.report().fuelUsed());
    }

    @Override
    public void receive(byte[] document, Scope scope) {
        calls.call(Task.within(scope, PluginShape.ON_EVENT, document).asEvent());
    }
}
