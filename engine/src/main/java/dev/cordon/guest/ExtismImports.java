package dev.cordon.guest;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.runtime.Trap;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Module {@code extism:host/env}: the plug-in ABI of Extism.
 *
 * <p>The fixed cost of a host call is paid by the runtime, before the function runs; copies are
 * paid for where they are made, before they are made.
 */
final class ExtismImports {
    static final String MODULE = "extism:host/env";

    /** Whoever imports this may change variables, so its calls take turns. */
    static final String VAR_SET = "var_set";

    /** Longest log line, so that one line cannot fill an operator's log. */
    private static final int MAX_LOG_BYTES = 16 * 1024;

    /** Longest key of a variable or a configuration value. */
    private static final int MAX_KEY_BYTES = 64 * 1024;

    /** The level of a host that logs nothing. */
    private static final int LOG_OFF = Integer.MAX_VALUE;

    private static final long[] NOTHING = {};
    private static final ValType I32 = ValType.I32;
    private static final ValType I64 = ValType.I64;

    private ExtismImports() {}

    /** A function of the ABI. */
    @FunctionalInterface
    private interface Body {
        long call(ExtismSession session, long[] args);
    }

    /** A function of the ABI that answers nothing. */
    @FunctionalInterface
    private interface Action {
        void call(ExtismSession session, long[] args);
    }

    static List<HostOffer> offers() {
        return Stream.of(blocks(), bytes(), roles(), values(), logs()).flatMap(s -> s).toList();
    }

    private static Stream<HostOffer> blocks() {
        return Stream.of(
                give("alloc", I64, (session, args) -> session.allocate(args[0]), I64),
                act("free", (session, args) -> session.free(args[0]), I64),
                give("length", I64, ExtismImports::length, I64),
                give("length_unsafe", I64, ExtismImports::lengthUnsafe, I64),
                act("reset", (session, args) -> session.reset()),
                give("memory_bytes", I64, (session, args) -> session.store().held()));
    }

    private static Stream<HostOffer> bytes() {
        return Stream.of(
                give("load_u8", I32, (s, args) -> ExtismBytes.loadByte(s, args[0]), I64),
                give("load_u64", I64, (s, args) -> ExtismBytes.loadLong(s, args[0]), I64),
                act("store_u8", (s, args) -> ExtismBytes.storeByte(s, args[0], args[1]), I64, I32),
                act("store_u64", (s, args) -> ExtismBytes.storeLong(s, args[0], args[1]), I64, I64),
                give("input_load_u8", I32, (s, args) -> ExtismBytes.inputByte(s, args[0]), I64),
                give("input_load_u64", I64, (s, args) -> ExtismBytes.inputLong(s, args[0]), I64));
    }

    private static Stream<HostOffer> roles() {
        return Stream.of(
                act("input_set", (s, args) -> s.setInput(args[0], args[1]), I64, I64),
                give("input_length", I64, (s, args) -> s.input().length()),
                give("input_offset", I64, (s, args) -> s.input().handle()),
                act("output_set", (s, args) -> s.setOutput(args[0], args[1]), I64, I64),
                give("output_length", I64, (s, args) -> s.output().length()),
                give("output_offset", I64, (s, args) -> s.output().handle()),
                act("error_set", (s, args) -> s.setError(args[0]), I64),
                give("error_get", I64, (s, args) -> s.error().handle()));
    }

    private static Stream<HostOffer> values() {
        return Stream.of(
                give("config_get", I64, ExtismImports::configGet, I64),
                give("var_get", I64, ExtismImports::varGet, I64),
                act(VAR_SET, ExtismImports::varSet, I64, I64),
                give("http_request", I64, ExtismHttp::request, I64, I64),
                give("http_status_code", I32, (session, args) -> ExtismHttp.status(session)),
                give("http_headers", I64, (session, args) -> ExtismHttp.headers(session)));
    }

    private static Stream<HostOffer> logs() {
        return Stream.of(
                log("log_trace", GuestLogLevel.TRACE),
                log("log_debug", GuestLogLevel.DEBUG),
                log("log_info", GuestLogLevel.INFO),
                log("log_warn", GuestLogLevel.WARN),
                log("log_error", GuestLogLevel.ERROR),
                give("get_log_level", I32, ExtismImports::logLevel));
    }

    private static HostOffer give(String name, ValType result, Body body, ValType... parameters) {
        return bare(
                name,
                (plugin, guest, args) -> new long[] {body.call(plugin.extism(), args)},
                List.of(result),
                parameters);
    }

    private static HostOffer act(String name, Action action, ValType... parameters) {
        return bare(
                name,
                (plugin, guest, args) -> {
                    action.call(plugin.extism(), args);
                    return NOTHING;
                },
                List.of(),
                parameters);
    }

    private static HostOffer bare(
            String name, HostBody body, List<ValType> results, ValType... parameters) {
        return new HostOffer(MODULE, name, FunctionType.of(List.of(parameters), results), body);
    }

    private static HostOffer log(String name, GuestLogLevel level) {
        return act(name, (session, args) -> log(session, level, args[0]), I64);
    }

    private static long length(ExtismSession session, long[] args) {
        ExtismBlock block = session.store().findStart(args[0]);
        return block == null ? 0 : block.length();
    }

    /** The same for a block that was just freed, too. */
    private static long lengthUnsafe(ExtismSession session, long[] args) {
        ExtismBlock block = session.store().find(args[0]);
        return block == null || ExtismStore.offset(args[0]) != 0 ? 0 : block.length();
    }

    private static long configGet(ExtismSession session, long[] args) {
        String key = key(session, args[0]);
        session.free(args[0]);
        byte[] value = key == null ? null : session.call().configuration(key);
        return value == null ? ExtismStore.NONE : session.write(value);
    }

    private static long varGet(ExtismSession session, long[] args) {
        String key = key(session, args[0]);
        session.free(args[0]);
        byte[] value = key == null ? null : session.variables().get(key);
        return value == null ? ExtismStore.NONE : session.write(value);
    }

    private static void varSet(ExtismSession session, long[] args) {
        ExtismVariables variables = session.variables();
        if (!variables.enabled()) {
            throw new Trap("variables are disabled by this host");
        }
        String key = key(session, args[0]);
        if (key == null) {
            throw new Trap("the key of a variable is longer than " + MAX_KEY_BYTES + " bytes");
        }
        if (args[1] == ExtismStore.NONE) {
            variables.remove(key);
        } else {
            int length = session.block(args[1]).length();
            if (!variables.fits(key, length) || !variables.put(key, session.read(args[1]))) {
                throw full(session);
            }
            session.free(args[1]);
        }
        session.free(args[0]);
    }

    private static QuotaExceededException full(ExtismSession session) {
        return new QuotaExceededException(
                ErrorCode.MEMORY_EXCEEDED,
                session.plugin(),
                "wanted more variables than it may have: the variable store is full",
                "raise `max_var_bytes` in its Extism manifest, or have it delete some");
    }

    /** A key that the guest passed; null if it is longer than any key is. */
    private static @Nullable String key(ExtismSession session, long handle) {
        return session.block(handle).length() <= MAX_KEY_BYTES ? session.readText(handle) : null;
    }

    /** An empty line has no block, and is not worth a line of the log. */
    private static void log(ExtismSession session, GuestLogLevel level, long handle) {
        if (handle == ExtismStore.NONE) {
            return;
        }
        ExtismBlock message = session.block(handle);
        int length = Math.min(message.length(), MAX_LOG_BYTES);
        if (session.call().admitLog(length)) {
            session.guest().charge(length >>> 3);
            String text = new String(message.bytes(), 0, length, StandardCharsets.UTF_8);
            session.call().log(level, GuestText.printable(text, MAX_LOG_BYTES), length);
        }
        session.free(handle);
    }

    /** Every level reaches the listener, which makes its own choice. */
    private static long logLevel(ExtismSession session, long[] args) {
        return session.call().quota().logLines() == 0 ? LOG_OFF : 0;
    }
}
