package dev.cordon.guest;

import dev.cordon.capability.GrantKind;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.wasi.audit.AccessDecision;
import java.util.List;
import java.util.Optional;

/** Decisions of the shim in the words of grants. */
final class Audits {
    private static final String SEPARATOR = "/";
    private static final String ANY_SCHEME = "tcp://";

    private Audits() {}

    /** A decision as the engine's listener hears of it. */
    static AuditRecord record(
            String plugin, List<DirectoryDoor> directories, AccessDecision decision) {
        return new AuditRecord(
                plugin,
                decision.operation(),
                capability(directories, decision),
                decision.subject(),
                decision.allowed(),
                decision.reason(),
                decision.count(),
                decision.firstMillis(),
                decision.lastMillis());
    }

    /** The grant that a use needs; where only a rule is in its way, with the path it is about. */
    static String capability(List<DirectoryDoor> directories, AccessDecision decision) {
        GrantKind kind = kind(decision.use());
        return kind == GrantKind.FS_READ || kind == GrantKind.FS_WRITE
                ? file(kind, directories, decision)
                : address(decision.use(), decision.subject());
    }

    /** The kind of grant that a use needs. */
    static GrantKind kind(AccessDecision.Use use) {
        switch (use) {
            case FILE_READ:
                return GrantKind.FS_READ;
            case FILE_WRITE:
                return GrantKind.FS_WRITE;
            case NET_INBOUND:
                return GrantKind.NET_INBOUND;
            default:
                return GrantKind.NET_OUTBOUND;
        }
    }

    private static String file(
            GrantKind kind, List<DirectoryDoor> directories, AccessDecision decision) {
        Optional<DirectoryDoor> door =
                directories.stream()
                        .filter(each -> isIn(decision.subject(), each.name()))
                        .reduce((a, b) -> a.name().length() >= b.name().length() ? a : b);
        boolean byRule = !decision.allowed() && door.isPresent() && door.get().grants(kind);
        String path =
                byRule
                        ? decision.subject()
                        : door.map(DirectoryDoor::name).orElse(decision.subject());
        return kind.text() + "=" + path;
    }

    private static boolean isIn(String path, String directory) {
        return path.equals(directory)
                || path.startsWith(
                        directory.endsWith(SEPARATOR) ? directory : directory + SEPARATOR);
    }

    /** With the address and its scheme, or the name that was looked up, or the scheme alone. */
    static String address(AccessDecision.Use use, String subject) {
        String kind = kind(use).text();
        if (use == AccessDecision.Use.NET_RESOLVE) {
            return kind + "=" + ANY_SCHEME + subject;
        }
        return subject.contains("://") ? kind + "=" + subject : kind;
    }
}
