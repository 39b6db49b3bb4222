package dev.cordon.bridge;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Where a command or an event belongs in a trace, as W3C Trace Context level 1 has it. Immutable.
 *
 * @param traceId 32 lower-case hexadecimal digits, not all 0
 * @param spanId 16 lower-case hexadecimal digits, not all 0
 * @param sampled whether the trace is recorded
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {
    private static final int TRACE_DIGITS = 32;
    private static final int SPAN_DIGITS = 16;
    private static final Pattern HEADER =
            Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");
    private static final HexFormat HEX = HexFormat.of();

    /**
     * Checks the ids.
     *
     * @throws IllegalArgumentException if one has another form
     */
    public TraceContext {
        if (!isId(traceId, TRACE_DIGITS) || !isId(spanId, SPAN_DIGITS)) {
            throw new IllegalArgumentException("not the ids of a trace and a span");
        }
    }

    /**
     * Starts a trace.
     *
     * @return new ids, not sampled
     */
    public static TraceContext start() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        String trace = HEX.toHexDigits(nonZero(random)) + HEX.toHexDigits(random.nextLong());
        return new TraceContext(trace, HEX.toHexDigits(nonZero(random)), false);
    }

    /**
     * Reads a {@code traceparent} header.
     *
     * @param traceparent version 00, for example {@code
     *     00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01}
     * @return empty if it is none
     */
    public static Optional<TraceContext> parse(String traceparent) {
        var header = HEADER.matcher(traceparent);
        if (!header.matches()
                || !isId(header.group(1), TRACE_DIGITS)
                || !isId(header.group(2), SPAN_DIGITS)) {
            return Optional.empty();
        }
        boolean sampled = (HexFormat.fromHexDigits(header.group(3)) & 1) == 1;
        return Optional.of(new TraceContext(header.group(1), header.group(2), sampled));
    }

    /**
     * The next step of the same trace.
     *
     * @return a new span
     */
    public TraceContext child() {
        String span = HEX.toHexDigits(nonZero(ThreadLocalRandom.current()));
        return new TraceContext(traceId, span, sampled);
    }

    /** By hand, since every command and every event makes two of them. */
    private static boolean isId(String text, int digits) {
        int seen = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
            seen |= c - '0';
        }
        return text.length() == digits && seen != 0;
    }

    private static long nonZero(ThreadLocalRandom random) {
        return random.nextLong() | 1;
    }

    /**
     * The context as a header.
     *
     * @return what {@link #parse} reads
     */
    public String traceparent() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }
}
