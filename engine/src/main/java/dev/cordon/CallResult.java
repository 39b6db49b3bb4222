package dev.cordon;

import dev.cordon.monitor.CallReport;
import java.nio.charset.StandardCharsets;

/** What a plugin answered. */
public final class CallResult {
    private final String plugin;
    private final byte[] bytes;
    private final CallReport report;

    CallResult(String plugin, byte[] bytes, CallReport report) {
        this.plugin = plugin;
        this.bytes = bytes;
        this.report = report;
    }

    /**
     * The result.
     *
     * @return the caller's own array
     */
    public byte[] bytes() {
        return bytes;
    }

    /**
     * The result as text.
     *
     * @return its UTF-8; what is not UTF-8 is replaced
     */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * The result as a value.
     *
     * @param type what Jackson maps the JSON to
     * @param <T> the same
     * @return the value
     * @throws dev.cordon.error.UsageException if the result is not JSON of that shape
     */
    public <T> T as(Class<T> type) {
        return Payloads.value(plugin, bytes, type);
    }

    /**
     * What the call used.
     *
     * @return the report that the listener got too
     */
    public CallReport report() {
        return report;
    }
}
