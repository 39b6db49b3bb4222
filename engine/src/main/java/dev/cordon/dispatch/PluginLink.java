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
    private final Sender sender;
    private final Scope scope;

    PluginLink(
            CommandRouter commands,
            EventRouter events,
            PluginPort plugin,
            Sender sender,
            Scope outer) {
        this.commands = commands;
        this.events = events;
        this.sender = sender;
        this.scope = outer.inside(plugin);
    }

    @Override
    public BridgeAnswer send(String name, byte[] payload, Allowance left) {
        Scope sent = scope.sending(left);
        try {
            CommandResult result = commands.dispatch(sender, name, payload, sent);
            return new BridgeAnswer(result.payload(), null, sent.used());
        } catch (CordonException failure) {
            return new BridgeAnswer(NO_BYTES, failure, sent.used());
        }
    }

    @Override
    public BridgeAnswer publish(String topic, byte[] payload) {
        long before = scope.used();
        try {
            events.publish(sender, topic, payload, scope);
            return new BridgeAnswer(NO_BYTES, null, scope.used() - before);
        } catch (CordonException failure) {
            return new BridgeAnswer(NO_BYTES, failure, scope.used() - before);
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
