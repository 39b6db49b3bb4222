package dev.cordon.guest;

import dev.cordon.capability.GrantKind;
import dev.cordon.wasi.WasiPreview1;
import java.util.List;
import java.util.Map;

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

    private ImportedCapabilities() {}

    static List<GrantKind> of(String module, String name) {
        if (module.equals("cordon")) {
            return CORDON.getOrDefault(name, List.of());
        }
        return module.equals(WasiPreview1.MODULE) ? ofWasi(name) : List.of();
    }

    private static List<GrantKind> ofWasi(String name) {
        if (name.startsWith("path_")) {
            boolean changes =
                    !name.equals("path_open")
                            && !name.equals("path_filestat_get")
                            && !name.equals("path_readlink");
            return List.of(changes ? GrantKind.FS_WRITE : GrantKind.FS_READ);
        }
        if (name.startsWith("sock_")) {
            return List.of(GrantKind.NET_INBOUND);
        }
        if (name.startsWith("environ_")) {
            return List.of(GrantKind.ENV);
        }
        return name.equals("random_get") ? List.of(GrantKind.RANDOM) : List.of();
    }
}
