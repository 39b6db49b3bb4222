package dev.cordon.guest;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.error.GuestText;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.runtime.GuestInstance;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Module {@code cordon} of guest ABI 1.
 *
 * <p>The fixed cost of a host call is paid by the runtime, before the function runs; each function
 * then checks its ranges, pays for the bytes it will copy, and only then reads and acts.
 */
final class CordonImports {
    static final String MODULE = "cordon";

    /** Longest log line, so that one line cannot fill an operator's log. */
    private static final int MAX_LOG_BYTES = 16 * 1024;

    /** Longest key of the configuration. */
    private static final int MAX_KEY_BYTES = 1024;

    private static final ValType I32 = ValType.I32;

    private CordonImports() {}

    static List<HostOffer> offers() {
        return Stream.of(own(), DataImports.offers().stream(), CapabilityImports.offers().stream())
                .flatMap(offers -> offers)
                .toList();
    }

    private static Stream<HostOffer> own() {
        return Stream.of(
                offer("input_length", CordonImports::inputLength),
                offer("input_read", CordonImports::inputRead, I32, I32, I32),
                offer("output_write", CordonImports::outputWrite, I32, I32),
                offer("error_write", CordonImports::errorWrite, I32, I32),
                offer("response_length", CordonImports::responseLength),
                offer("response_read", CordonImports::responseRead, I32, I32, I32),
                offer("log", CordonImports::log, I32, I32, I32),
                offer("config_get", CordonImports::configGet, I32, I32),
                offer("command_send", BridgeImports::commandSend, I32, I32, I32, I32),
                offer("event_publish", BridgeImports::eventPublish, I32, I32, I32, I32),
                offer("http_request", HttpImports::request, I32, I32, I32, I32),
                offer("exec", ExecImports::exec, I32, I32));
    }

    /** A function of the ABI that answers with an i32. */
    @FunctionalInterface
    interface Body {
        int call(GuestInstance guest, GuestCall call, long[] args);
    }

    static HostOffer offer(String name, Body body, ValType... parameters) {
        return bare(
                name,
                (plugin, guest, args) -> {
                    int result = body.call(plugin.guest(), plugin.call(), args);
                    plugin.guest().charge(plugin.call().debt.take());
                    return new long[] {result};
                },
                parameters);
    }

    private static int inputLength(GuestInstance guest, GuestCall call, long[] args) {
        return call.input().length;
    }

    private static int inputRead(GuestInstance guest, GuestCall call, long[] args) {
        return copyOut(guest, call, call.input(), args);
    }

    private static int responseLength(GuestInstance guest, GuestCall call, long[] args) {
        return call.response().length;
    }

    private static int responseRead(GuestInstance guest, GuestCall call, long[] args) {
        return copyOut(guest, call, call.response(), args);
    }

    /** {@code (dst, offset, len)}: copies what there is of the wanted part, tells how much. */
    private static int copyOut(GuestInstance guest, GuestCall call, byte[] from, long[] args) {
        Slice target = new Slice((int) args[0], (int) args[2]).check(guest);
        long offset = Integer.toUnsignedLong((int) args[1]);
        if (offset >= from.length) {
            return 0;
        }
        int count = Math.min(target.length(), from.length - (int) offset);
        target.write(guest, from, (int) offset, count);
        call.noteRead(count);
        return count;
    }

    private static int outputWrite(GuestInstance guest, GuestCall call, long[] args) {
        Slice source = Slice.of(args, 0).check(guest);
        append(guest, source, call.admitOutput(source.length()));
        return Result.OK;
    }

    private static int errorWrite(GuestInstance guest, GuestCall call, long[] args) {
        Slice source = Slice.of(args, 0).check(guest);
        append(guest, source, call.admitError(source.length()));
        return Result.OK;
    }

    private static void append(GuestInstance guest, Slice source, BoundedBytes to) {
        guest.charge(source.length() >>> 3); // before memory is allocated for it
        int at = to.grow(source.length());
        guest.memory().readInto(source.offset(), to.array(), at, source.length());
    }

    private static int log(GuestInstance guest, GuestCall call, long[] args) {
        Slice text = Slice.of(args, 1).check(guest);
        Optional<GuestLogLevel> level = GuestLogLevel.of((int) args[0]);
        if (level.isEmpty()) {
            return Result.INVALID;
        }
        if (text.length() > MAX_LOG_BYTES) {
            return Result.TOO_LARGE;
        }
        if (!call.admitLog(text.length())) {
            return Result.QUOTA;
        }
        String line = utf8(guest, text);
        if (line == null) {
            return Result.INVALID;
        }
        call.log(level.get(), GuestText.printable(line, MAX_LOG_BYTES), text.length());
        return Result.OK;
    }

    private static int configGet(GuestInstance guest, GuestCall call, long[] args) {
        Slice name = Slice.of(args, 0).check(guest);
        if (name.length() > MAX_KEY_BYTES) {
            return Result.TOO_LARGE;
        }
        String key = utf8(guest, name);
        if (key == null || key.isEmpty()) {
            return Result.INVALID;
        }
        byte[] value = call.configuration(key);
        if (value == null) {
            return Result.NOT_FOUND;
        }
        call.respond(value);
        return value.length;
    }

    private static HostOffer bare(String name, HostBody body, ValType... parameters) {
        return new HostOffer(
                MODULE, name, FunctionType.of(List.of(parameters), List.of(I32)), body);
    }

    /** The text of a checked range, or null if it is not UTF-8. */
    static @Nullable String utf8(GuestInstance guest, Slice slice) {
        byte[] bytes = new byte[slice.length()];
        slice.read(guest, bytes, 0);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }
}
