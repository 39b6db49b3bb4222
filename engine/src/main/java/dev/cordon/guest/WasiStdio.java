package dev.cordon.guest;

import dev.cordon.capability.GrantKind;
import dev.cordon.error.GuestText;
import dev.cordon.manifest.PluginKind;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.wasi.GuestInput;
import dev.cordon.wasi.GuestOutput;
import dev.cordon.wasi.WasiStreams;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What standard streams and arguments are for each kind of call.
 *
 * <p>A called command reads its payload and writes its result and error text; a run has its
 * caller's streams if it was granted {@code stdio}; a reactor has none, and what it writes to
 * standard error goes to the log.
 */
final class WasiStdio {
    private static final int MAX_LINE = 16 * 1024;

    private WasiStdio() {}

    static List<String> arguments(PluginKind kind, GuestCall call) {
        List<String> arguments = new ArrayList<>();
        arguments.add(call.settings().plugin());
        RunStreams run = call.streams();
        if (run != null) {
            arguments.addAll(run.args());
        } else if (kind == PluginKind.WASI_COMMAND && !call.command().isEmpty()) {
            arguments.add(call.command());
        }
        return arguments;
    }

    static WasiStreams streams(PluginKind kind, GuestCall call) {
        RunStreams run = call.streams();
        if (run != null) {
            return call.settings().grants().has(GrantKind.STDIO)
                    ? passedOn(run, call)
                    : counted(call);
        }
        if (kind != PluginKind.WASI_COMMAND) {
            return new WasiStreams(GuestInput.empty(), GuestOutput.discard(), logged(call));
        }
        return new WasiStreams(
                noted(GuestInput.of(call.input()), call),
                (source, offset, length) ->
                        append(call.admitOutput(length), source, offset, length),
                (source, offset, length) ->
                        append(call.admitErrorText(length), source, offset, length));
    }

    private static WasiStreams passedOn(RunStreams run, GuestCall call) {
        GuestOutput out = GuestOutput.to(run.output());
        GuestOutput err = GuestOutput.to(run.error());
        return new WasiStreams(
                noted(input(run.input()), call), counted(out, call), counted(err, call));
    }

    /** A stream that may block costs a thread; the process has one for its own input. */
    private static GuestInput input(InputStream stream) {
        return stream == System.in ? GuestInput.system() : GuestInput.of(stream);
    }

    /** Nothing to read, and output that counts but goes nowhere. */
    private static WasiStreams counted(GuestCall call) {
        GuestOutput nowhere = counted(GuestOutput.discard(), call);
        return new WasiStreams(GuestInput.empty(), nowhere, nowhere);
    }

    private static GuestOutput counted(GuestOutput to, GuestCall call) {
        return (source, offset, length) -> {
            call.admitStreamed(length);
            to.write(source, offset, length);
        };
    }

    private static GuestInput noted(GuestInput from, GuestCall call) {
        return new GuestInput() {
            @Override
            public long ready() throws IOException {
                return from.ready();
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int count = from.read(target, offset, length);
                call.noteRead(Math.max(0, count));
                return count;
            }

            @Override
            public void close() throws IOException {
                from.close();
            }
        };
    }

    private static void append(BoundedBytes to, byte[] source, int offset, int length) {
        int at = to.grow(length);
        System.arraycopy(source, offset, to.array(), at, length);
    }

    /** Each write is a line; a guest beyond its quota of lines is not stopped, only not heard. */
    private static GuestOutput logged(GuestCall call) {
        return (source, offset, length) -> {
            if (call.admitLog(length)) {
                String text = new String(source, offset, length, StandardCharsets.UTF_8);
                String line = GuestText.printable(text.stripTrailing(), MAX_LINE);
                call.log(GuestLogLevel.WARN, line, length);
            }
        };
    }
}
