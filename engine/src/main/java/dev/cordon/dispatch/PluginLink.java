package dev.cordon.dispatch;

import dev.cordon.bridge.CommandResult;
import dev.cordon.error.CordonException;
import dev.cordon.guest.Allowance;
import dev.cordon.guest.BridgeAnswer;
import dev.cordon.guest.BridgeLink;

/** One call of one plugin on the bridge. */
final class PluginLink implements BridgeLink {
    private static final byte[] NO_BYTES = {};

    private final CommandRouter commands;
    private final EventRouter events;
    private final PluginPort plugin;
    private final Scope scope;

    PluginLink(CommandRouter commands, EventRouter events, PluginPort plugin, Scope outer) {
        this.commands = commands;
        this.events = events;
        this.plugin = plugin;
        this.scope = outer.inside(plugin);
    }

    @Override
    public BridgeAnswer send(String name, byte[] payload, Allowance left) {
        Scope sent = scope.sending(left);
        try {
            CommandResult result = commands.dispatch(plugin, name, payload, sent);
            return new BridgeAnswer(result.payload(), null, sent.used());
        } catch (CordonException failure) {
            return new BridgeAnswer(NO_BYTES, failure, sent.used());
        }
    }

    @Override
    public BridgeAnswer publish(String topic, byte[] payload) {
        try {
            events.publish(plugin, topic, payload, scope);
            return new BridgeAnswer(NO_BYTES, null, 0);
        } catch (CordonException failure) {
            return new BridgeAnswer(NO_BYTES, failure, 0);
        }
    }

    @Override
    public long within(Allowance left, Runnable work) {
        Scope own = scope.sending(left);
        own.with(
                () -> {
                    work.run();
                    return own;
                });
        return own.used();
    }

    @Override
    public int subscriptions() {
        return events.subscriptions();
    }
}
