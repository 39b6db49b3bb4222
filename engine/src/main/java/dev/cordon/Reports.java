package dev.cordon;

import dev.cordon.error.ErrorCode;
import dev.cordon.guest.GuestCall;
import dev.cordon.guest.PluginModule;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.HostCallCounts;
import dev.cordon.monitor.Outcome;
import dev.cordon.quota.Quota;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the one report of each call of a plugin, and hands it to the listener. */
final class Reports {
    private static final byte[] NO_BYTES = {};

    private final String plugin;
    private final String digest;
    private final String engine;
    private final long compileNanos;
    private final boolean compileCached;
    private final List<String> importNames;
    private final EngineListener listener;

    Reports(PluginModule module, String digest, EngineListener listener) {
        this.plugin = module.settings().plugin();
        this.digest = digest;
        this.engine = EngineKind.word(module.compiled().engine());
        this.compileNanos = module.compiled().compileNanos();
        this.compileCached = module.compiled().cached();
        this.importNames = module.importNames();
        this.listener = listener;
    }

    Ended ended(
            GuestCall call,
            String command,
            Quota limits,
            Measured measured,
            @Nullable ErrorCode failure) {
        int[] counts = measured.hostCalls();
        Map<String, Long> hostCalls =
                counts == null ? Map.of() : HostCallCounts.of(importNames, counts);
        CallReport report =
                new CallReport(
                        plugin,
                        digest,
                        command,
                        outcome(failure, measured.status()),
                        measured.status(),
                        measured.fuelUsed(),
                        limits.fuelPerCall(),
                        measured.memoryPeakBytes(),
                        measured.wallNanos(),
                        measured.cpuNanos(),
                        compileNanos,
                        compileCached,
                        hostCalls,
                        call.bytesRead(),
                        call.bytesWritten(),
                        call.netBytesIn(),
                        call.netBytesOut(),
                        call.denied(),
                        engine);
        listener.callEnded(report);
        byte[] output = failure == null ? call.output() : NO_BYTES;
        return new Ended(output, measured.status(), report);
    }

    private static String outcome(@Nullable ErrorCode failure, int status) {
        if (failure != null) {
            return Outcome.of(failure);
        }
        return status == 0 ? Outcome.OK : Outcome.EXIT;
    }
}
