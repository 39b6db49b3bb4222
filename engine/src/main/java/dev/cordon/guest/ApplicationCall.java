package dev.cordon.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.cordon.capability.GrantKind;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.host.HostContext;
import dev.cordon.host.HostFunctionException;
import dev.cordon.host.HostOperation;
import dev.cordon.runtime.GuestInstance;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One call of a function of the application: check, charge, read, act. */
final class ApplicationCall implements HostContext {

    private final HostOperation operation;
    private final GuestInstance guest;
    private final GuestCall call;
    private final Thread thread = Thread.currentThread();
    private boolean ended;
    private @Nullable CordonException stopped;

    ApplicationCall(HostOperation operation, GuestInstance guest, GuestCall call) {
        this.operation = operation;
        this.guest = guest;
        this.call = call;
    }

    long[] run(HostArguments arguments, HostResult result, long[] raw) {
        boolean tooLarge = arguments.tooLarge(guest, raw);
        guest.charge(operation.terms().fuel());
        if (!isGranted()) {
            return result.refused(call, Result.DENIED);
        }
        if (tooLarge) {
            return result.refused(call, Result.TOO_LARGE);
        }
        try {
            Object[] values = arguments.read(guest, this, raw);
            return values == null
                    ? result.refused(call, Result.INVALID)
                    : result.of(guest, call, called(values));
        } catch (HostFunctionException no) {
            return answered(no, result);
        } catch (JsonProcessingException unmappable) {
            throw failed(unmappable);
        }
    }

    private boolean isGranted() {
        String name = operation.capability();
        UseGate gate = call.settings().doors().gate();
        Ruling ruling = gate.decide(operation.label(), GrantKind.HOST_CALL, name);
        guest.charge(ruling.fuel());
        if (!ruling.allowed()) {
            call.noteDenied(GrantKind.HOST_CALL.text() + "=" + name);
        }
        return ruling.allowed();
    }

    /** Runs the application's code; what it throws is its own fault, not the engine's. */
    private @Nullable Object called(Object[] values) {
        Work work = new Work(operation, values);
        BridgeLink link = call.bridge();
        try {
            if (link == null) {
                work.run();
            } else {
                guest.charge(link.within(BridgeImports.left(guest, call), work));
            }
        } finally {
            ended = true;
        }
        requireNotStopped();
        Throwable failure = work.failure;
        if (failure instanceof HostFunctionException no) {
            throw no;
        }
        if (failure instanceof VirtualMachineError exhausted) {
            throw exhausted; // the boundary tells what of
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failed(failure);
        }
        return work.result;
    }

    /** The application's code, and how it ended. */
    private static final class Work implements Runnable {
        private final HostOperation operation;
        private final Object[] values;
        private @Nullable Object result;
        private @Nullable Throwable failure;

        Work(HostOperation operation, Object[] values) {
            this.operation = operation;
            this.values = values;
        }

        @Override
        public void run() {
            try {
                result = operation.body().call(values);
            } catch (Throwable thrown) {
                failure = thrown;
            }
        }
    }

    /** A guest that ran out of fuel ends, whatever the application made of the exception. */
    private void requireNotStopped() {
        if (stopped != null) {
            throw stopped;
        }
    }

    private long[] answered(HostFunctionException no, HostResult result) {
        byte[] text = no.text().getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, operation.terms().maxResultBytes());
        guest.charge(length >>> 3);
        call.respond(length == text.length ? text : Arrays.copyOf(text, length));
        return result.refused(call, Result.FAILED);
    }

    private CordonException failed(Throwable failure) {
        String label = operation.label();
        call.settings().listener().hostFunctionFailed(call.settings().plugin(), label, failure);
        return new UsageException(
                ErrorCode.HOST_FUNCTION_FAILED,
                call.settings().plugin(),
                "called `"
                        + label
                        + "`, which made the application fail with "
                        + failure.getClass().getName(),
                "look at the cause; the plugin need not be to blame",
                failure);
    }

    @Override
    public String plugin() {
        requireActive();
        return call.settings().plugin();
    }

    @Override
    public Optional<Duration> timeLeft() {
        requireActive();
        long left = guest.nanosLeft();
        return left == Long.MAX_VALUE
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(Math.max(0, left)));
    }

    @Override
    public boolean isCancelled() {
        requireActive();
        return call.budget().cancelled().getAsBoolean() || guest.nanosLeft() <= 0;
    }

    @Override
    public void charge(long fuel) {
        requireActive();
        if (fuel < 0) {
            throw new IllegalArgumentException("fuel of " + fuel + " is less than nothing");
        }
        try {
            guest.charge(fuel);
        } catch (CordonException empty) {
            stopped = empty;
            throw empty;
        }
    }

    private void requireActive() {
        if (ended || Thread.currentThread() != thread) {
            throw new IllegalStateException(
                    "a context is for its function's own thread, until it returns");
        }
    }
}
