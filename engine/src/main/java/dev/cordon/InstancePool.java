package dev.cordon;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.guest.PluginInstance;
import dev.cordon.guest.PluginModule;
import dev.cordon.runtime.GuestLimits;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The clean instances of one plugin, made when they are needed and reused.
 *
 * <p>An instance is either here or with exactly one call. Whoever takes one has been admitted
 * before, so there are never more instances than places.
 */
final class InstancePool {
    private final PluginModule module;
    private final GuestLimits limits;
    private final AtomicReferenceArray<PluginInstance> idle;

    InstancePool(PluginModule module, GuestLimits limits, int places) {
        this.module = module;
        this.limits = limits;
        this.idle = new AtomicReferenceArray<>(places);
    }

    GuestLimits limits() {
        return limits;
    }

    /**
     * Gives an instance that holds no more than it may for a start.
     *
     * @throws QuotaExceededException if a clean one holds more
     */
    PluginInstance take(long mostHeld) {
        for (int i = 0; i < idle.length(); i++) {
            if (idle.get(i) != null) {
                PluginInstance instance = idle.getAndSet(i, null);
                if (instance != null && instance.heldBytes() <= mostHeld) {
                    return instance;
                }
                if (instance != null) {
                    giveBack(instance);
                    throw tooLarge(instance.heldBytes(), mostHeld);
                }
            }
        }
        long initial = module.initialBytes();
        if (initial > mostHeld) {
            throw tooLarge(initial, mostHeld);
        }
        return module.instantiate(limits);
    }

    private QuotaExceededException tooLarge(long bytes, long most) {
        return new QuotaExceededException(
                ErrorCode.MEMORY_EXCEEDED,
                module.settings().plugin(),
                "starts with " + bytes + " bytes, more than the " + most + " that its caller left",
                "raise the memory quota of the first plugin of the chain");
    }

    /** Takes an instance that is clean; any other is simply dropped by whoever has it. */
    void giveBack(PluginInstance instance) {
        for (int i = 0; i < idle.length(); i++) {
            if (idle.get(i) == null && idle.compareAndSet(i, null, instance)) {
                return;
            }
        }
    }

    void clear() {
        for (int i = 0; i < idle.length(); i++) {
            idle.set(i, null);
        }
    }
}
