package dev.cordon.capability;

/**
 * One use that a {@link CapabilityBroker} decides about. Immutable.
 *
 * @param plugin the id of the plugin that wants it
 * @param kind the kind of grant that it needs
 * @param capability the grant that would cover it, such as {@code command:send=order.price}
 * @param subject the name, key, or address with its scheme and port; empty for a kind without one;
 *     printable, chosen by the plugin
 * @param operation the host function, such as {@code command_send}
 * @param granted whether a grant covers it, as can be with {@link CapabilityBroker.Mode#EVERY_USE}
 *     only
 */
public record CapabilityRequest(
        String plugin,
        GrantKind kind,
        String capability,
        String subject,
        String operation,
        boolean granted) {}
