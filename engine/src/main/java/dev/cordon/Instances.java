package dev.cordon;

import dev.cordon.capability.GrantKind;
import dev.cordon.capability.Grants;
import dev.cordon.quota.Quota;
import dev.cordon.runtime.GuestLimits;

/** What quota and grants mean for an instance, whose limits are fixed for its life. */
final class Instances {
    private Instances() {}

    static GuestLimits limits(Quota quota, Grants grants) {
        return new GuestLimits(
                quota.memoryBytes(),
                grants.has(GrantKind.SYS_MEMORY),
                quota.tableElements(),
                quota.callDepth());
    }

    /** Whether an instance with these limits keeps to the quota too. */
    static boolean fits(GuestLimits limits, Quota quota) {
        return limits.memoryBytes() <= quota.memoryBytes()
                && limits.tableElements() <= quota.tableElements()
                && limits.callDepth() <= quota.callDepth();
    }
}
