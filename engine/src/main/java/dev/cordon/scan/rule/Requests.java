package dev.cordon.scan.rule;

import dev.cordon.capability.GrantKind;

/** What a manifest asks for, without scopes. */
final class Requests {
    private Requests() {}

    /** The kind of a request such as {@code fs:read=/data}, as text. */
    static String kind(String request) {
        int equals = request.indexOf('=');
        return equals < 0 ? request : request.substring(0, equals);
    }

    /** Whether who asks for one kind thereby asks for another: who writes reads, too. */
    static boolean covers(String requested, GrantKind needed) {
        boolean network =
                needed == GrantKind.NET_INBOUND && requested.equals(GrantKind.NET_OUTBOUND.text());
        boolean files = needed == GrantKind.FS_READ && requested.equals(GrantKind.FS_WRITE.text());
        return requested.equals(needed.text()) || network || files;
    }
}
