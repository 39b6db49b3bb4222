package dev.cordon.guest;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.Instance;
import dev.cordon.capability.GrantKind;
import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InternalException;
import dev.cordon.error.UsageException;
import dev.cordon.runtime.GuestInstance;
import dev.cordon.wasi.Checkpoint;
import dev.cordon.wasi.GuestClock;
import dev.cordon.wasi.HostCallMeter;
import dev.cordon.wasi.RandomSource;
import dev.cordon.wasi.Wasi;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.WasiPorts;
import dev.cordon.wasi.WasiPreview1;
import dev.cordon.wasi.audit.AuditTrail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * WASI for one instance: each call gets descriptors, streams and a clock of its own, made of the
 * plugin's grants when the call first uses WASI.
 */
final class WasiSession {
    private static final WasiConfig NOTHING = WasiConfig.empty();
    private static final RandomSource SECURE = RandomSource.secure();
    private static final GuestClock COARSE = GuestClock.system();
    private static final GuestClock PRECISE = GuestClock.precise();

    private final PluginInstance plugin;
    private final Wasi wasi = WasiPreview1.start(NOTHING);
    private final List<HostFunction> functions = wasi.hostFunctions();
    private @Nullable GuestCall current;

    WasiSession(PluginInstance plugin) {
        this.plugin = plugin;
    }

    /** Calls a function of the shim's list on behalf of the current call. */
    long[] call(int function, Instance guest, long[] args) {
        GuestCall call = plugin.call();
        if (current != call) {
            wasi.restart(config(call));
            current = call;
        }
        return functions.get(function).handle().apply(guest, args);
    }

    /** Closes what the call had open and forgets its streams. */
    void end() {
        if (current != null) {
            current = null;
            wasi.restart(NOTHING);
        }
    }

    /**
     * Checks texts that are to be arguments and environment variables.
     *
     * @throws UsageException if a guest could not be given them
     */
    static void check(String plugin, List<String> args, Map<String, String> environment) {
        try {
            NOTHING.withArguments(args).withEnvironment(environment);
        } catch (IllegalArgumentException unusable) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    plugin,
                    String.valueOf(unusable.getMessage()),
                    "pass texts without zero characters, and names without `=`",
                    unusable);
        }
    }

    private WasiConfig config(GuestCall call) {
        PluginSettings settings = call.settings();
        WasiConfig config =
                NOTHING.withArguments(WasiStdio.arguments(plugin.module().kind(), call))
                        .withStreams(WasiStdio.streams(plugin.module().kind(), call))
                        .withClock(
                                settings.grants().has(GrantKind.CLOCK_PRECISE) ? PRECISE : COARSE)
                        .withRandom(random(call))
                        .withPorts(ports(settings));
        return settings.grants().has(GrantKind.ENV)
                ? config.withEnvironment(environment(call))
                : config;
    }

    private static Map<String, String> environment(GuestCall call) {
        Map<String, String> all = new LinkedHashMap<>(call.settings().environment());
        RunStreams run = call.streams();
        if (run != null) {
            all.putAll(run.environment());
        }
        return all;
    }

    private static RandomSource random(GuestCall call) {
        if (call.settings().grants().has(GrantKind.RANDOM)) {
            return SECURE;
        }
        return (target, offset, length) -> {
            call.noteDenied(GrantKind.RANDOM);
            throw new CapabilityDeniedException(
                    ErrorCode.CAPABILITY_DENIED,
                    call.settings().plugin(),
                    "asked for random bytes, but its grants are " + call.settings().grants(),
                    "grant it `random`");
        };
    }

    private WasiPorts ports(PluginSettings settings) {
        GuestInstance guest = plugin.guest();
        HostCallMeter meter = (instance, function, bytes) -> guest.charge(bytes >>> 3);
        return new WasiPorts(
                meter,
                new CallCheckpoint(guest),
                (name, failure) -> failed(settings, name, failure),
                AuditTrail.none());
    }

    private record CallCheckpoint(GuestInstance guest) implements Checkpoint {
        @Override
        public void check(Instance instance) {
            guest.checkpoint();
        }

        @Override
        public long nanosLeft(Instance instance) {
            return guest.nanosLeft();
        }
    }

    /**
     * A fault of the shim ends the call: the guest must not carry on with an error it never made.
     */
    private static void failed(PluginSettings settings, String name, Throwable failure) {
        String function = WasiPreview1.MODULE + "." + name;
        settings.listener().hostFunctionFailed(settings.plugin(), function, failure);
        if (!name.equals("close")) {
            throw new InternalException(
                    ErrorCode.INTERNAL,
                    settings.plugin(),
                    "host function `" + function + "` failed with " + failure.getClass().getName(),
                    "report it to Cordon with the cause below; the plugin is not to blame",
                    failure);
        }
    }
}
