package dev.cordon.data;

/**
 * Hears of changes of shared data.
 *
 * <p>Called once for each change, in the order of the versions, on the thread of the write, after
 * it was acknowledged by the store. Other writes wait meanwhile, so it should return quickly. It
 * may read, but a write of its own is refused. What it throws is logged and has no other effect.
 */
@FunctionalInterface
public interface DataListener {
    /**
     * A key was written or deleted.
     *
     * @param change which, and by whom
     */
    void changed(DataChange change);
}
