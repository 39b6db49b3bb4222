package dev.cordon.wasi.net;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.audit.AccessDecision.Use;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Names as one run of a guest has them: looked up once, then pinned. */
public final class NetworkNames {
    private static final List<InetAddress> LOOPBACK =
            List.of(AddressFaces.LOOPBACK_4, AddressFaces.LOOPBACK_6);

    private static final String NO_RULE = "no rule is about it";

    private final NetworkDoor door;
    private final PinnedNames pinned;
    private final Decisions decisions;

    NetworkNames(NetworkDoor door, PinnedNames pinned, Decisions decisions) {
        this.door = door;
        this.pinned = pinned;
        this.decisions = decisions;
    }

    /**
     * The address that a text is.
     *
     * @param text as the guest wrote it
     * @return the address, or null when the text is none
     */
    public static @Nullable InetAddress literal(String text) {
        return AddressText.parse(text);
    }

    /**
     * The name that a text is, in the one spelling that rules compare.
     *
     * @param text as the guest wrote it
     * @return in lower case, without a dot at its end; null when the text is no name
     */
    public static @Nullable String name(String text) {
        return HostName.parse(text);
    }

    /**
     * Begins to look a name up, if a rule is about it. Nothing of it is told to a name server
     * before that is certain.
     *
     * @param operation the host function
     * @param text the name, as the guest wrote it
     * @return the request
     * @throws Refusal {@code EAI_NONAME} when it is no name, {@code EACCES} when no rule is about
     *     it, {@code EAI_AGAIN} when too many lookups are under way
     */
    public NameRequest ask(String operation, String text) throws Refusal {
        String name = HostName.parse(text);
        if (name == null) {
            throw Refusal.of(Errno.AINONAME);
        }
        boolean byRule = isByRule(name);
        if (!byRule || decisions.mayApprove()) {
            decisions.decide(operation, Use.NET_RESOLVE, name, byRule ? "" : NO_RULE);
        }
        List<InetAddress> known = HostName.isLoopback(name) ? LOOPBACK : pinned.get(name);
        CompletableFuture<List<InetAddress>> answer =
                known != null
                        ? CompletableFuture.completedFuture(known)
                        : door.lookups().start(name);
        if (answer == null) {
            throw Refusal.of(Errno.AIAGAIN);
        }
        return new NameRequest(operation, name, byRule, answer);
    }

    private boolean isByRule(String name) {
        return door.isOpen() && door.rules().names(name);
    }

    /**
     * Ends a request: pins the addresses that the name may stand for.
     *
     * @param request one that is done
     * @return its addresses, the best first; at least one
     * @throws Refusal {@code EAI_NONAME} when there are none, {@code EAI_FAIL} when the lookup
     *     broke, {@code EACCES} when the name points only where no name may point
     */
    public List<InetAddress> answer(NameRequest request) throws Refusal {
        String name = request.name();
        if (request.isByRule() && !isByRule(name)) { // not any more
            decisions.refuse(request.operation(), Use.NET_RESOLVE, name, NO_RULE);
        }
        List<InetAddress> found = found(request);
        if (found.isEmpty()) {
            throw Refusal.of(Errno.AINONAME);
        }
        List<InetAddress> allowed =
                found.stream()
                        .map(AddressFaces::meant)
                        .filter(address -> door.rules().mayPointTo(name, address))
                        .distinct()
                        .toList();
        if (allowed.isEmpty()) {
            String reason = "it points to " + places(found);
            decisions.refuse(request.operation(), Use.NET_RESOLVE, name, reason);
        }
        if (!decisions.mayApprove()) { // else it was noted when it was approved
            decisions.decide(request.operation(), Use.NET_RESOLVE, name, "");
        }
        pinned.pin(name, allowed);
        return allowed;
    }

    private static List<InetAddress> found(NameRequest request) throws Refusal {
        try {
            return request.answer().join();
        } catch (CancellationException e) {
            throw Refusal.of(Errno.AIFAIL);
        } catch (CompletionException e) {
            boolean unknown = e.getCause() instanceof UnknownHostException;
            throw Refusal.of(unknown ? Errno.AINONAME : Errno.AIFAIL);
        }
    }

    private static String places(List<InetAddress> found) {
        InetAddress first = AddressFaces.meant(found.get(0));
        AddressRanges.Range range = AddressRanges.special(first);
        return range == null ? "addresses that no rule names" : range.name() + " addresses";
    }
}
