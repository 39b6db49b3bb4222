package dev.cordon.scan.rule;

import dev.cordon.capability.GrantKind;
import dev.cordon.manifest.Manifest;
import dev.cordon.scan.Evidence;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanRule;
import dev.cordon.wasm.ImportedItem;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds what a manifest asks for against what the module could use. */
final class CapabilityRules implements CodeRule {
    private static final int MEMORY_GROW = 0x40;

    /** Kinds that language run-times need unasked. */
    private static final Set<GrantKind> USUAL = EnumSet.of(GrantKind.ENV, GrantKind.RANDOM);

    /** Imports that a kind is good for, by how their names start, beside those that need it. */
    private static final Map<GrantKind, Set<String>> ALSO =
            Map.of(
                    GrantKind.FS_READ, Set.of("path_", "fd_prestat_", "fd_readdir"),
                    GrantKind.FS_WRITE, Set.of("path_"),
                    GrantKind.NET_OUTBOUND, Set.of("sock_", "http_"),
                    GrantKind.NET_INBOUND, Set.of("sock_"),
                    GrantKind.STDIO, Set.of("fd_read", "fd_write"),
                    GrantKind.CLOCK_PRECISE, Set.of("clock_", "poll_oneoff"),
                    GrantKind.DATA_READ, Set.of("data_", "var_"),
                    GrantKind.DATA_WRITE, Set.of("data_", "var_"));

    private boolean grows;

    @Override
    public void instruction(int opcode, int offset, int end) {
        grows |= opcode == MEMORY_GROW;
    }

    @Override
    public void check(Subject subject, Findings findings) {
        subject.manifest()
                .ifPresent(
                        manifest -> {
                            undeclared(subject, manifest, findings);
                            unused(subject, manifest, findings);
                        });
    }

    private static void undeclared(Subject subject, Manifest manifest, Findings findings) {
        Set<String> requested = new TreeSet<>();
        manifest.requests().forEach(it -> requested.add(Requests.kind(it)));
        for (ImportedItem item : subject.outline().imports()) {
            for (GrantKind needed : subject.host().needs(item)) {
                if (requested.stream().noneMatch(it -> Requests.covers(it, needed))) {
                    findings.add(
                            ScanRule.UNDECLARED_CAPABILITY,
                            USUAL.contains(needed)
                                    ? Level.LOW
                                    : ScanRule.UNDECLARED_CAPABILITY.level(),
                            Evidence.MODULE,
                            "imports `"
                                    + item.label()
                                    + "`, but its manifest does not request `"
                                    + needed.text()
                                    + "`");
                }
            }
        }
    }

    private void unused(Subject subject, Manifest manifest, Findings findings) {
        for (String request : manifest.requests()) {
            String kind = Requests.kind(request);
            if (GrantKind.of(kind).map(it -> !isOfUse(subject, manifest, it)).orElse(false)) {
                findings.add(
                        ScanRule.UNUSED_REQUEST,
                        ScanRule.UNUSED_REQUEST.level(),
                        Evidence.MODULE,
                        "requests " + Shown.quoted(request) + ", which nothing in it could use");
            }
        }
    }

    private boolean isOfUse(Subject subject, Manifest manifest, GrantKind kind) {
        if (kind == GrantKind.SYS_MEMORY) {
            return grows;
        }
        if (kind == GrantKind.EVENT_SUBSCRIBE) {
            return !manifest.subscriptions().isEmpty();
        }
        Set<String> starts = ALSO.getOrDefault(kind, Set.of());
        return subject.outline().imports().stream()
                .anyMatch(
                        item ->
                                subject.host().needs(item).contains(kind)
                                        || starts.stream().anyMatch(item.name()::startsWith));
    }
}
