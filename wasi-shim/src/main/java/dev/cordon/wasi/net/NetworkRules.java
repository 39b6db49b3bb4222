package dev.cordon.wasi.net;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where guests may send and receive. Immutable. */
final class NetworkRules {
    private final List<OutboundRule> outbound;
    private final List<InboundRule> inbound;

    NetworkRules(List<OutboundRule> outbound, List<InboundRule> inbound) {
        this.outbound = List.copyOf(outbound);
        this.inbound = List.copyOf(inbound);
    }

    boolean isEmpty() {
        return outbound.isEmpty() && inbound.isEmpty();
    }

    /** Whether any rule is about a name. */
    boolean names(String name) {
        return outbound.stream().anyMatch(rule -> rule.host().matches(name));
    }

    /** Whether no rule and nobody else can allow an address: many machines hear it. */
    static boolean isNeverReached(InetAddress address) {
        return AddressRanges.group(address) != null
                || AddressFaces.hidden(address).stream()
                        .anyMatch(face -> AddressRanges.group(face) != null);
    }

    /** Whether a name may stand for an address: whoever owns a name points it where they like. */
    boolean mayPointTo(String name, InetAddress address) {
        return isOwn(name, address) || whyClosed(address, rule -> true) == null;
    }

    /** Why a guest may not send there, or null when it may. */
    @Nullable String whyNotOutbound(
            Transport transport, InetAddress address, int port, NameReach pinned) {
        AddressRanges.Range group = AddressRanges.group(address);
        if (group != null) {
            return group.name() + " addresses are never reached";
        }
        boolean reached = false;
        for (OutboundRule rule : outbound) {
            if (rule.covers(transport, port)) {
                if (isOwnRule(rule, address)) {
                    return null;
                }
                reached |= matches(rule, address) || pinned.reaches(rule.host(), address);
            }
        }
        if (!reached) {
            return "no rule allows it";
        }
        return whyClosed(address, rule -> rule.covers(transport, port));
    }

    /**
     * Why nothing may be sent to a name, whatever its addresses are, or null when that depends on
     * them.
     */
    @Nullable String whyNotOutbound(Transport transport, String name, int port) {
        for (OutboundRule rule : outbound) {
            if (rule.covers(transport, port) && rule.host().matches(name)) {
                return null;
            }
        }
        return "no rule allows it";
    }

    /** Why a guest may not receive there, or null when it may. */
    @Nullable String whyNotInbound(Transport transport, InetAddress address, int port) {
        for (InboundRule rule : inbound) {
            if (rule.covers(transport, address, port)) {
                return null;
            }
        }
        return "no rule allows it";
    }

    private static boolean matches(OutboundRule rule, InetAddress address) {
        InetAddress destination = AddressFaces.destination(address);
        return rule.host().matches(address)
                || (destination != null && rule.host().matches(destination));
    }

    private static boolean isOwnRule(OutboundRule rule, InetAddress address) {
        HostPattern host = rule.host();
        return (host instanceof HostPattern.Named named && isOwn(named.name(), address))
                || (host instanceof HostPattern.Under under && isOwn(under.suffix(), address));
    }

    /** A name like localhost stands for these two addresses, whatever a name server says. */
    private static boolean isOwn(String name, InetAddress address) {
        return HostName.isLoopback(name)
                && (address.equals(AddressFaces.LOOPBACK_4)
                        || address.equals(AddressFaces.LOOPBACK_6));
    }

    /** The special range that one of the faces lies in and that no rule names, as a reason. */
    private @Nullable String whyClosed(InetAddress address, Predicate<OutboundRule> covering) {
        String reason = whyFaceClosed(address, covering);
        for (InetAddress hidden : AddressFaces.hidden(address)) {
            reason = reason != null ? reason : whyFaceClosed(hidden, covering);
        }
        return reason;
    }

    private @Nullable String whyFaceClosed(InetAddress face, Predicate<OutboundRule> covering) {
        AddressRanges.Range group = AddressRanges.group(face);
        AddressRanges.Range special = AddressRanges.special(face);
        if (group != null) {
            return "a " + group.name() + " address hides in it";
        }
        if (special == null) {
            return null;
        }
        for (OutboundRule rule : outbound) {
            AddressBlock block = rule.host().block();
            if (block != null
                    && covering.test(rule)
                    && block.contains(face)
                    && block.isWithin(special.block())) {
                return null;
            }
        }
        return "its address is " + special.name() + " and no rule names that";
    }
}
