package dev.cordon.guest;

import dev.cordon.quota.Quota;
import dev.cordon.quota.ResourceQuota;
import dev.cordon.wasi.limit.Limits;
import dev.cordon.wasi.limit.Rate;
import dev.cordon.wasi.limit.Traffic;

/** A quota of disk and network in the words of the shim. */
final class Budgets {
    private static final int STANDARD_STREAMS = 3;

    private Budgets() {}

    /**
     * The limits of one plugin.
     *
     * @param given how many directories its guests find open, which do not count as opened
     */
    static Limits limits(ResourceQuota quota, int given) {
        return Limits.defaults()
                .withDescriptors(STANDARD_STREAMS + given + quota.openFiles())
                .withConnections(quota.connections())
                .withStoredBytes(quota.diskBytes())
                .withFiles(quota.files())
                .withRate(Traffic.DISK, rate(quota.diskRate(), quota.excess()))
                .withRate(Traffic.NETWORK, rate(quota.netRate(), quota.excess()));
    }

    private static Rate rate(long perSecond, ResourceQuota.Excess excess) {
        if (perSecond == Quota.UNLIMITED) {
            return Rate.UNLIMITED;
        }
        Rate rate = Rate.of(perSecond);
        return excess == ResourceQuota.Excess.REFUSE ? rate.refusing() : rate;
    }
}
