package dev.cordon;

import dev.cordon.capability.Grant;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.Grants;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.guest.PluginDoors;
import dev.cordon.monitor.AuditRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The grants of one plugin while it runs: what may be changed about them, and the record of each
 * change. Used by one thread at a time.
 */
final class LiveGrants {
    private static final String GRANT = "grant";
    private static final String REVOKE = "revoke";
    private static final String APPLICATION = "application";

    private final String plugin;
    private final PluginDoors doors;
    private final UnaryOperator<Grants> ceiling;
    private final List<AuditRecord> untold = new ArrayList<>();

    /**
     * Grants that may be changed.
     *
     * @param plugin the plugin's id
     * @param doors what the grants open
     * @param ceiling leaves of grants what the plugin may have at all
     */
    LiveGrants(String plugin, PluginDoors doors, UnaryOperator<Grants> ceiling) {
        this.plugin = plugin;
        this.doors = doors;
        this.ceiling = ceiling;
    }

    /** Gives the records that the listener is to hear, once, when the change is done. */
    List<AuditRecord> untold() {
        List<AuditRecord> records = List.copyOf(untold);
        untold.clear();
        return records;
    }

    Grants now() {
        return doors.grants();
    }

    boolean grant(Grant grant) {
        requireChangeable(grant);
        requireAllowed(List.of(grant));
        Grants before = doors.set(grants -> grants.with(grant));
        boolean isNew = !before.granted().contains(grant);
        if (isNew) {
            changed(GRANT, grant);
        }
        return isNew;
    }

    boolean revoke(Grant grant) {
        requireChangeable(grant);
        boolean had = doors.revoke(grant);
        if (had) {
            changed(REVOKE, grant);
        }
        return had;
    }

    boolean set(Grants next) {
        if (next.has(GrantKind.SYS_MEMORY) != now().has(GrantKind.SYS_MEMORY)) {
            requireChangeable(new Grant.Plain(GrantKind.SYS_MEMORY));
        }
        requireAllowed(next.granted());
        Grants before = doors.set(grants -> next);
        for (Grant grant : before.granted()) {
            if (!next.granted().contains(grant)) {
                changed(REVOKE, grant);
            }
        }
        for (Grant grant : next.granted()) {
            if (!before.granted().contains(grant)) {
                changed(GRANT, grant);
            }
        }
        return !before.equals(next);
    }

    /**
     * Does in a version that is about to serve what was done, and told, in the one that serves: as
     * at its loading, what it may not have at all is left out.
     *
     * @throws UsageException if something cannot be used
     */
    void follow(GrantsChange change) {
        change.narrow(doors);
        Grants added = Grants.none();
        for (Grant grant : change.added()) {
            added = added.with(grant);
        }
        for (Grant grant : ceiling.apply(added).granted()) {
            doors.set(grants -> grants.with(grant));
        }
    }

    private void requireChangeable(Grant grant) {
        if (grant.kind() == GrantKind.SYS_MEMORY) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    plugin,
                    "cannot be given or denied `sys:memory` now: its instances were made with or"
                            + " without it",
                    "close it, and load it again with the grants that it is to have");
        }
    }

    private void requireAllowed(List<Grant> wanted) {
        Grants all = Grants.none();
        for (Grant grant : wanted) {
            all = all.with(grant);
        }
        List<Grant> allowed = ceiling.apply(all).granted();
        for (Grant grant : wanted) {
            if (!allowed.contains(grant) && !now().granted().contains(grant)) {
                untold.add(
                        record(GRANT, grant, "not asked for, or more than its publisher may get"));
                throw new UsageException(
                        ErrorCode.GRANT_REFUSED,
                        plugin,
                        "may not be granted `"
                                + grant.text()
                                + "`: its manifest does not ask for that kind, or its publisher may"
                                + " not get it",
                        "have it ask in its manifest, or allow more in the policy");
            }
        }
    }

    private void changed(String operation, Grant grant) {
        untold.add(record(operation, grant, ""));
    }

    private AuditRecord record(String operation, Grant grant, String reason) {
        long now = System.currentTimeMillis();
        return new AuditRecord(
                plugin,
                operation,
                grant.text(),
                APPLICATION,
                reason.isEmpty(),
                reason,
                1,
                now,
                now);
    }
}
