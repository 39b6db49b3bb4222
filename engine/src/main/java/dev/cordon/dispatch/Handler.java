package dev.cordon.dispatch;

import dev.cordon.bridge.Command;
import dev.cordon.bridge.CommandHandler;
import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.Party;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.monitor.CallReport;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who handles the commands of one name. */
interface Handler {
    /** Who it is. */
    Party party();

    /** The plugin, or null if it is the application. */
    @Nullable PluginPort plugin();

    /** Handles a command within a scope, which it notes its use in. */
    CommandResult handle(Command command, Scope scope);

    /** A handler in the application. */
    record Java(CommandHandler handler) implements Handler {
        @Override
        public Party party() {
            return Party.host();
        }

        @Override
        public @Nullable PluginPort plugin() {
            return null;
        }

        @Override
        public CommandResult handle(Command command, Scope scope) {
            return scope.with(() -> handler.handle(command));
        }
    }

    /**
     * A command of a plugin.
     *
     * @param plugin whose
     * @param own what the plugin calls it
     */
    record Guest(PluginPort plugin, String own) implements Handler {
        @Override
        public Party party() {
            return plugin.party();
        }

        @Override
        public CommandResult handle(Command command, Scope scope) {
            try {
                PluginPort.Answer answer = plugin.call(own, command.payload(), scope);
                scope.use(answer.fuelUsed());
                return new CommandResult(answer.payload());
            } catch (CordonException failure) {
                scope.use(fuelUsed(failure));
                return standIn(failure)
                        .map(it -> stoodIn(it, command, scope))
                        .orElseThrow(() -> failure);
            }
        }

        /** Who answers instead, if the failure is that the plugin is down. */
        private Optional<CommandHandler> standIn(CordonException failure) {
            boolean down =
                    failure.code() == ErrorCode.PLUGIN_BACKING_OFF
                            || failure.code() == ErrorCode.PLUGIN_QUARANTINED;
            return down ? plugin.standIn() : Optional.empty();
        }

        private static CommandResult stoodIn(CommandHandler standIn, Command command, Scope scope) {
            return scope.with(() -> standIn.handle(command));
        }

        private static long fuelUsed(CordonException failure) {
            return failure.report()
                    .filter(CallReport.class::isInstance)
                    .map(report -> ((CallReport) report).fuelUsed())
                    .orElse(0L);
        }
    }
}
