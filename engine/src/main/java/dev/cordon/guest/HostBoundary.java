package dev.cordon.guest;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.Instance;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InternalException;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.runtime.Trap;
import dev.cordon.wasi.GuestExit;
import org.jspecify.annotations.Nullable;

/**
 * One host function of one instance: counts it, and sees to it that a fault of the host's own code
 * is never taken for a fault of the guest.
 */
final class HostBoundary {
    private final PluginInstance plugin;
    private final HostOffer offer;
    private final int index;

    HostBoundary(PluginInstance plugin, HostOffer offer, int index) {
        this.plugin = plugin;
        this.offer = offer;
        this.index = index;
    }

    HostFunction function() {
        return new HostFunction(offer.module(), offer.name(), offer.type(), this::call);
    }

    private long @Nullable [] call(Instance guest, long... args) {
        plugin.enterHost(index, guest);
        try {
            return offer.body().call(plugin, guest, args);
        } catch (CordonException | GuestExit | Trap ending) {
            throw ending;
        } catch (OutOfMemoryError exhausted) {
            throw new QuotaExceededException(
                    ErrorCode.MEMORY_EXCEEDED,
                    plugin.module().settings().plugin(),
                    "made `" + offer.label() + "` need more Java heap than there is",
                    "lower its quotas, or give the JVM more heap",
                    exhausted);
        } catch (StackOverflowError exhausted) {
            throw new QuotaExceededException(
                    ErrorCode.CALL_DEPTH_EXCEEDED,
                    plugin.module().settings().plugin(),
                    "called `" + offer.label() + "` with too little Java stack left",
                    "call it from a thread with a larger stack",
                    exhausted);
        } catch (Throwable defect) {
            throw failed(defect);
        }
    }

    private InternalException failed(Throwable defect) {
        String id = plugin.module().settings().plugin();
        plugin.module().settings().listener().hostFunctionFailed(id, offer.label(), defect);
        return new InternalException(
                ErrorCode.INTERNAL,
                id,
                "host function `" + offer.label() + "` failed with " + defect.getClass().getName(),
                "report it to Cordon with the cause below; the plugin is not to blame",
                defect);
    }
}
