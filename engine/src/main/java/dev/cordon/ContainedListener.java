package dev.cordon;

import dev.cordon.error.ErrorCode;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.AuditRing;
import dev.cordon.monitor.BreakerReport;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.CommandReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.EventReport;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.monitor.PluginHealth;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on what happens, and keeps what is audited; what the listener throws is logged and changes
 * nothing.
 */
final class ContainedListener implements EngineListener {
    private static final Logger LOG = LoggerFactory.getLogger("dev.cordon");

    private final EngineListener listener;
    private final AuditRing audit;

    ContainedListener(EngineListener listener, AuditRing audit) {
        this.listener = listener;
        this.audit = audit;
    }

    @Override
    public void callEnded(CallReport report) {
        contain(() -> listener.callEnded(report));
    }

    @Override
    public void guestLog(String plugin, GuestLogLevel level, String text) {
        contain(() -> listener.guestLog(plugin, level, text));
    }

    @Override
    public void pluginLoaded(String plugin, String digest) {
        contain(() -> listener.pluginLoaded(plugin, digest));
    }

    @Override
    public void pluginClosed(String plugin) {
        contain(() -> listener.pluginClosed(plugin));
    }

    @Override
    public void pluginReloaded(String plugin, String oldDigest, String newDigest) {
        contain(() -> listener.pluginReloaded(plugin, oldDigest, newDigest));
    }

    @Override
    public void pluginStateChanged(String plugin, PluginHealth health) {
        contain(() -> listener.pluginStateChanged(plugin, health));
    }

    @Override
    public void hostFunctionFailed(String plugin, String function, Throwable failure) {
        LOG.error("host function {} failed when plugin {} called it", function, plugin, failure);
        contain(() -> listener.hostFunctionFailed(plugin, function, failure));
    }

    @Override
    public void pluginRejected(String plugin, ErrorCode code, String detail) {
        LOG.warn("plugin {} is not trusted and gets no grant: {} {}", plugin, code.id(), detail);
        contain(() -> listener.pluginRejected(plugin, code, detail));
    }

    @Override
    public void commandEnded(CommandReport report) {
        contain(() -> listener.commandEnded(report));
    }

    @Override
    public void breakerMoved(BreakerReport report) {
        contain(() -> listener.breakerMoved(report));
    }

    @Override
    public void eventMoved(EventReport report) {
        contain(() -> listener.eventMoved(report));
    }

    @Override
    public void audited(AuditRecord entry) {
        audit.add(entry);
        contain(() -> listener.audited(entry));
    }

    private static void contain(Runnable notice) {
        try {
            notice.run();
        } catch (RuntimeException | Error failure) {
            LOG.warn("an engine listener failed", failure);
        }
    }
}
