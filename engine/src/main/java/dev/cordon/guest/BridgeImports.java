package dev.cordon.guest;

import dev.cordon.bridge.Command;
import dev.cordon.bridge.Event;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.NamePattern;
import dev.cordon.error.CordonException;
import dev.cordon.error.PluginErrorException;
import dev.cordon.runtime.CallBudget;
import dev.cordon.runtime.GuestInstance;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The functions of module {@code cordon} that reach other plugins and the application. */
final class BridgeImports {
    /** What holding an event against one subscription costs its publisher, in fuel. */
    private static final int SUBSCRIPTION_FUEL = 16;

    private BridgeImports() {}

    /** {@code (name, name_len, payload, payload_len)}: sends a command and waits. */
    static int commandSend(GuestInstance guest, GuestCall call, long[] args) {
        Slice name = Slice.of(args, 0).check(guest);
        Slice payload = Slice.of(args, 2).check(guest);
        BridgeLink link = call.bridge();
        if (link == null) {
            return Result.UNAVAILABLE;
        }
        int refusal = refusal(name, payload, Command.MAX_PAYLOAD_BYTES);
        if (refusal != Result.OK) {
            return refusal;
        }
        String command = name(guest, name);
        if (command == null) {
            return Result.INVALID;
        }
        BridgeAnswer answer = link.send(command, bytes(guest, payload), left(guest, call));
        guest.charge(answer.fuelUsed());
        guest.checkpoint();
        return answered(call, answer, GrantKind.COMMAND_SEND, command);
    }

    /** {@code (topic, topic_len, payload, payload_len)}: publishes an event. */
    static int eventPublish(GuestInstance guest, GuestCall call, long[] args) {
        Slice name = Slice.of(args, 0).check(guest);
        Slice payload = Slice.of(args, 2).check(guest);
        BridgeLink link = call.bridge();
        if (link == null) {
            return Result.UNAVAILABLE;
        }
        int refusal = refusal(name, payload, Event.MAX_PAYLOAD_BYTES);
        if (refusal != Result.OK) {
            return refusal;
        }
        String topic = name(guest, name);
        if (topic == null) {
            return Result.INVALID;
        }
        guest.charge((long) SUBSCRIPTION_FUEL * link.subscriptions());
        BridgeAnswer answer = link.publish(topic, bytes(guest, payload));
        guest.charge(answer.fuelUsed());
        return answered(call, answer, GrantKind.EVENT_PUBLISH, topic);
    }

    private static int refusal(Slice name, Slice payload, int maxPayload) {
        if (name.length() == 0) {
            return Result.INVALID;
        }
        boolean large = name.length() > NamePattern.MAX_LENGTH || payload.length() > maxPayload;
        return large ? Result.TOO_LARGE : Result.OK;
    }

    private static @Nullable String name(GuestInstance guest, Slice slice) {
        String name = new String(bytes(guest, slice), StandardCharsets.US_ASCII);
        return NamePattern.isName(name) ? name : null;
    }

    private static byte[] bytes(GuestInstance guest, Slice slice) {
        guest.charge(slice.length() >>> 3); // before memory is allocated for it
        byte[] bytes = new byte[slice.length()];
        guest.memory().readInto(slice.offset(), bytes, 0, bytes.length);
        return bytes;
    }

    /** What a guest has left for others. */
    static Allowance left(GuestInstance guest, GuestCall call) {
        CallBudget budget = call.budget();
        long most = Math.min(call.quota().memoryBytes(), budget.heldBytes());
        Allowance whole =
                new Allowance(
                        budget.fuel(),
                        budget.deadlineNanoTime(),
                        budget.cancelled(),
                        Math.max(0, most - guest.heldBytes() - call.blockBytes()));
        return whole.less(guest.fuelUsed());
    }

    private static int answered(GuestCall call, BridgeAnswer answer, GrantKind kind, String name) {
        CordonException failure = answer.failure();
        if (failure == null) {
            call.respond(answer.payload());
            return answer.payload().length;
        }
        int result = result(failure);
        if (result == Result.DENIED) {
            call.noteDenied(kind.text() + "=" + name);
        }
        call.respond(result == Result.FAILED ? text(failure) : answer.payload());
        return result;
    }

    private static int result(CordonException failure) {
        switch (failure.code()) {
            case CAPABILITY_DENIED:
                // A call has a report: then it was the handler that lacked something, and failed.
                return failure.report().isEmpty() ? Result.DENIED : Result.FAILED;
            case NO_HANDLER:
                return Result.NOT_FOUND;
            case PAYLOAD:
            case USAGE:
                return Result.INVALID;
            case PAYLOAD_TOO_LARGE:
                return Result.TOO_LARGE;
            case BUSY:
            case CHAIN_EXCEEDED:
                return Result.QUOTA;
            case CIRCUIT_OPEN:
            case CLOSED:
            case PLUGIN_BACKING_OFF:
            case PLUGIN_QUARANTINED:
                return Result.UNAVAILABLE;
            default:
                return Result.FAILED;
        }
    }

    /** What the other side said; of a failure that it did not mean to tell, the code alone. */
    private static byte[] text(CordonException failure) {
        String text =
                failure instanceof PluginErrorException error ? error.text() : failure.code().id();
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
