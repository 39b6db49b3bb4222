package dev.cordon.guest;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.Instance;
import dev.cordon.capability.GrantKind;
import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InternalException;
import dev.cordon.error.UsageException;
import dev.cordon.manifest.StatePolicy;
import dev.cordon.runtime.GuestInstance;
import dev.cordon.wasi.Checkpoint;
import dev.cordon.wasi.GuestClock;
import dev.cordon.wasi.GuestListener;
import dev.cordon.wasi.HostCallMeter;
import dev.cordon.wasi.Preopen;
import dev.cordon.wasi.RandomSource;
import dev.cordon.wasi.Wasi;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.WasiDoors;
import dev.cordon.wasi.WasiPorts;
import dev.cordon.wasi.WasiPreview1;
import dev.cordon.wasi.WasiStreams;
import dev.cordon.wasi.audit.UseApproval;
import dev.cordon.wasi.limit.Traffic;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
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
    private static final String RANDOM_GET = "random_get";

    private final PluginInstance plugin;
    private final Wasi wasi = WasiPreview1.start(NOTHING);
    private final List<HostFunction> functions = wasi.hostFunctions();
    private @Nullable GuestCall current;
    private final List<Closeable> opened = new ArrayList<>();

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
        long[] results = function(function).handle().apply(guest, args);
        if (results.length == 1) {
            RefusedQuota refused = RefusedQuota.of(results[0]);
            if (refused != null) {
                call.noteRefused(refused);
            }
        }
        return results;
    }

    /** Most guests use none of the many socket functions, so these are made when one is. */
    private HostFunction function(int index) {
        return index < functions.size() ? functions.get(index) : wasi.allHostFunctions().get(index);
    }

    /** Closes what the call had open and forgets its streams. */
    void end() {
        if (current != null) {
            current = null;
            wasi.restart(NOTHING);
            opened.forEach(this::close);
            opened.clear();
        }
    }

    private void close(Closeable each) {
        try {
            each.close();
        } catch (IOException unclosed) {
            PluginSettings settings = plugin.module().settings();
            settings.listener().hostFunctionFailed(settings.plugin(), "close", unclosed);
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
        WasiStreams streams = WasiStdio.streams(plugin.module().kind(), call);
        opened.add(streams.stdin());
        WasiConfig config =
                NOTHING.withArguments(WasiStdio.arguments(plugin.module().kind(), call))
                        .withStreams(streams)
                        .withClock(
                                settings.grants().has(GrantKind.CLOCK_PRECISE) ? PRECISE : COARSE)
                        .withRandom(random(call))
                        .withDoors(doors(call))
                        .withLedger(settings.doors().ledger())
                        .withPorts(ports(call));
        return settings.grants().has(GrantKind.ENV)
                ? config.withEnvironment(environment(call))
                : config;
    }

    private WasiDoors doors(GuestCall call) {
        PluginDoors doors = call.settings().doors();
        boolean kept = plugin.module().state() == StatePolicy.KEPT;
        List<Preopen> scratch = kept ? doors.scratch().keep() : doors.scratch().make();
        if (!kept) {
            opened.addAll(scratch);
        }
        RunStreams run = call.streams();
        List<GuestListener> listeners =
                run == null ? List.of() : run.guestListeners(call.settings().plugin());
        return doors.forSession(scratch, listeners);
    }

    private static Map<String, String> environment(GuestCall call) {
        Map<String, String> all = new LinkedHashMap<>(call.settings().environment());
        RunStreams run = call.streams();
        if (run != null) {
            all.putAll(run.environment());
        }
        return all;
    }

    private RandomSource random(GuestCall call) {
        GuestInstance guest = plugin.guest();
        UseGate gate = call.settings().doors().gate();
        return (target, offset, length) -> {
            Ruling ruling = gate.decide(RANDOM_GET, GrantKind.RANDOM);
            guest.charge(ruling.fuel());
            if (ruling.allowed()) {
                SECURE.fill(target, offset, length);
                return;
            }
            call.noteDenied(GrantKind.RANDOM.text());
            throw new CapabilityDeniedException(
                    ErrorCode.CAPABILITY_DENIED,
                    call.settings().plugin(),
                    "asked for random bytes, but its grants are " + call.settings().grants(),
                    "grant it `random`");
        };
    }

    /** The broker, as the shim asks it about addresses and names. */
    private UseApproval approval(GuestCall call) {
        UseGate gate = call.settings().doors().gate();
        if (!gate.hasBroker()) {
            return UseApproval.NONE;
        }
        GuestInstance guest = plugin.guest();
        return (operation, use, subject, byRule) -> {
            Ruling ruling =
                    gate.ask(
                            operation,
                            Audits.kind(use),
                            Audits.address(use, subject),
                            subject,
                            byRule);
            guest.charge(ruling.fuel());
            return ruling.allowed();
        };
    }

    private WasiPorts ports(GuestCall call) {
        GuestInstance guest = plugin.guest();
        PluginSettings settings = call.settings();
        PluginDoors doors = settings.doors();
        return new WasiPorts(
                new CallMeter(guest, call),
                new CallCheckpoint(guest),
                (name, failure) -> failed(settings, name, failure),
                doors.trail().overheard(refusal -> call.noteDenied(doors.capability(refusal))),
                approval(call));
    }

    private record CallMeter(GuestInstance guest, GuestCall call) implements HostCallMeter {
        @Override
        public void charge(Instance instance, String function, long bytes) {
            guest.charge(bytes >>> 3);
        }

        @Override
        public void moved(Traffic traffic, boolean inbound, long bytes) {
            if (traffic == Traffic.DISK) {
                call.noteDisk(inbound, bytes);
            } else if (traffic == Traffic.NETWORK) {
                call.noteNetwork(inbound, bytes);
            }
        }
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
