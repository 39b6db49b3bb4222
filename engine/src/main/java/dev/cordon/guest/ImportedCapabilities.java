package dev.cordon.guest;

import dev.cordon.capability.GrantKind;
import dev.cordon.wasi.WasiPreview1;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which grants the host functions need to be of use. */
final class ImportedCapabilities {
    private static final Map<String, List<GrantKind>> CORDON =
            Map.of(
                    "command_send", List.of(GrantKind.COMMAND_SEND),
                    "event_publish", List.of(GrantKind.EVENT_PUBLISH),
                    "data_get", List.of(GrantKind.DATA_READ),
                    "data_put", List.of(GrantKind.DATA_WRITE),
                    "data_compare_and_set", List.of(GrantKind.DATA_WRITE),
                    "data_delete", List.of(GrantKind.DATA_WRITE),
                    "http_request", List.of(GrantKind.NET_OUTBOUND),
                    "exec", List.of(GrantKind.SYS_EXEC));

    /** Functions of paths that a directory to be read only is enough for. */
    private static final Set<String> LOOKS =
            Set.of("path_open", "path_filestat_get", "path_readlink");

    private static final Set<String> CONNECTS =
            Set.of("sock_connect", "sock_send_to", "sock_getaddrinfo", "sock_addr_resolve");

    private static final Set<String> ACCEPTS =
            Set.of("sock_accept", "sock_bind", "sock_listen", "sock_recv_from");

    private ImportedCapabilities() {}

    static List<GrantKind> of(String module, String name) {
        if (module.equals("cordon")) {
            return CORDON.getOrDefault(name, List.of());
        }
        if (module.equals(ExtismImports.MODULE)) {
            return name.equals("http_request") ? List.of(GrantKind.NET_OUTBOUND) : List.of();
        }
        return module.equals(WasiPreview1.MODULE) ? ofWasi(name) : List.of();
    }

    private static List<GrantKind> ofWasi(String name) {
        if (name.startsWith("path_")) {
            return List.of(LOOKS.contains(name) ? GrantKind.FS_READ : GrantKind.FS_WRITE);
        }
        if (CONNECTS.contains(name)) {
            return List.of(GrantKind.NET_OUTBOUND);
        }
        if (ACCEPTS.contains(name)) {
            return List.of(GrantKind.NET_INBOUND);
        }
        if (name.startsWith("environ_")) {
            return List.of(GrantKind.ENV);
        }
        return name.equals("random_get") ? List.of(GrantKind.RANDOM) : List.of();
    }
}
