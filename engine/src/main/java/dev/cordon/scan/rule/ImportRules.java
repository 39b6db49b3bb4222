package dev.cordon.scan.rule;

import dev.cordon.capability.GrantKind;
import dev.cordon.scan.Evidence;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanRule;
import dev.cordon.wasm.ExportedItem;
import dev.cordon.wasm.ExternKind;
import dev.cordon.wasm.ImportedItem;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What the module needs from its host, and what it shares with it. */
final class ImportRules {
    private static final String WASI = "wasi_snapshot_preview1";
    private static final String SOCKETS = "sock_";
    private static final String PATHS = "path_";

    private ImportRules() {}

    static List<Rule> all() {
        return List.of(
                ImportRules::unknown,
                ImportRules::powerful,
                ImportRules::importedState,
                ImportRules::exportedState);
    }

    private static void unknown(Subject subject, Findings findings) {
        for (ImportedItem item : subject.outline().imports()) {
            if (!subject.host().offers(item)) {
                findings.add(
                        ScanRule.UNKNOWN_IMPORT,
                        ScanRule.UNKNOWN_IMPORT.level(),
                        Evidence.MODULE,
                        "imports the " + described(item) + ", which the host does not offer");
            }
        }
    }

    private static String described(ImportedItem item) {
        String type = item.kind() == ExternKind.FUNCTION ? " " + item.type() : "";
        return item.kind().displayName() + " `" + item.label() + type + "`";
    }

    /** Sockets and files without a manifest that asks for them. */
    private static void powerful(Subject subject, Findings findings) {
        Set<String> sockets = new TreeSet<>();
        Set<String> paths = new TreeSet<>();
        for (ImportedItem item : subject.outline().imports()) {
            if (item.module().equals(WASI) && !isRequested(subject, item)) {
                if (item.name().startsWith(SOCKETS)) {
                    sockets.add(item.label());
                } else if (item.name().startsWith(PATHS)) {
                    paths.add(item.label());
                }
            }
        }
        add(findings, sockets, Level.MEDIUM, "can use sockets if it is granted any: ");
        add(findings, paths, Level.LOW, "can use files if it is granted any: ");
    }

    private static boolean isRequested(Subject subject, ImportedItem item) {
        List<GrantKind> needs = subject.host().needs(item);
        return subject.manifest().isPresent()
                && subject.manifest().get().requests().stream()
                        .map(Requests::kind)
                        .anyMatch(kind -> needs.stream().anyMatch(it -> Requests.covers(kind, it)));
    }

    private static void add(Findings findings, Set<String> names, Level level, String message) {
        if (!names.isEmpty()) {
            String shown = message + "`" + String.join("`, `", names) + "`";
            findings.add(ScanRule.POWERFUL_IMPORT, level, Evidence.MODULE, shown);
        }
    }

    private static void importedState(Subject subject, Findings findings) {
        for (ImportedItem item : subject.outline().imports()) {
            boolean variable = item.kind() == ExternKind.GLOBAL && item.type().startsWith("mut ");
            if (item.kind() == ExternKind.MEMORY || item.kind() == ExternKind.TABLE || variable) {
                findings.add(
                        ScanRule.IMPORTED_STATE,
                        ScanRule.IMPORTED_STATE.level(),
                        Evidence.MODULE,
                        "imports the " + described(item));
            }
        }
    }

    private static void exportedState(Subject subject, Findings findings) {
        for (ExportedItem item : subject.outline().exports()) {
            boolean variable =
                    item.kind() == ExternKind.GLOBAL && subject.outline().isMutable(item.index());
            if (item.kind() == ExternKind.TABLE || variable) {
                String what = item.kind().displayName() + " " + Shown.quoted(item.name());
                findings.add(
                        ScanRule.EXPORTED_STATE,
                        ScanRule.EXPORTED_STATE.level(),
                        Evidence.MODULE,
                        "exports the " + (variable ? "mutable " : "") + what);
            }
        }
    }
}
