package dev.cordon.guest;

import dev.cordon.capability.GrantKind;
import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.error.ErrorCode;

/**
 * Requests of Extism guests over HTTP, all of which are refused: no host is allowed.
 *
 * <p>The one place that knows how requests are answered.
 */
final class ExtismHttp {
    /** The status before any request was answered. */
    static final long NO_STATUS = 0;

    private ExtismHttp() {}

    /** {@code (request, body)}: stops the guest, as Extism does for a host that is not allowed. */
    static long request(ExtismSession session, long[] args) {
        session.block(args[0]);
        session.call().noteDenied(GrantKind.NET_OUTBOUND.text());
        throw new CapabilityDeniedException(
                ErrorCode.CAPABILITY_DENIED,
                session.plugin(),
                "asked for a request over HTTP, which this version allows to no host",
                "call commands of it that need no HTTP; `allowed_hosts` opens none in this version");
    }
}
