package dev.cordon;

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

    PluginInstance take() {
        for (int i = 0; i < idle.length(); i++) {
            if (idle.get(i) != null) {
                PluginInstance instance = idle.getAndSet(i, null);
                if (instance != null) {
                    return instance;
                }
            }
        }
        return module.instantiate(limits);
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
