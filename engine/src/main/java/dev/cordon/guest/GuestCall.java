package dev.cordon.guest;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestTrapException;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.quota.Quota;
import dev.cordon.runtime.CallBudget;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One call: what it brings, what the guest makes of it, and the services that host functions of any
 * ABI use. Knows nothing of pointers. Not thread-safe.
 */
public final class GuestCall {
    private static final byte[] NO_BYTES = {};

    private final PluginSettings settings;
    private final String command;
    private final byte[] input;
    private final Quota quota;
    private final CallBudget budget;
    private final @Nullable RunStreams streams;

    final DataRead dataRead = new DataRead();
    final FuelDebt debt = new FuelDebt();

    private final BoundedBytes output = new BoundedBytes();
    private final BoundedBytes error = new BoundedBytes();
    private boolean failed;
    private byte[] response = NO_BYTES;
    private @Nullable BridgeLink bridge;
    private LongSupplier blocks = () -> 0;
    private long streamed;
    private int logLines;
    private long logBytes;
    private boolean logRefused;
    private @Nullable RefusedQuota refused;
    private long bytesRead;
    private long bytesWritten;
    private long netBytesIn;
    private long netBytesOut;
    private final DeniedUses denied = new DeniedUses();

    /**
     * A call that was not started yet.
     *
     * @param settings the plugin's
     * @param command its name
     * @param input the payload, not changed by the call
     * @param quota what the call may use
     * @param budget the same for the runtime, with the call's own deadline
     * @param streams the caller's streams for a run, else null
     */
    public GuestCall(
            PluginSettings settings,
            String command,
            byte[] input,
            Quota quota,
            CallBudget budget,
            @Nullable RunStreams streams) {
        this.settings = settings;
        this.command = command;
        this.input = input;
        this.quota = quota;
        this.budget = budget;
        this.streams = streams;
    }

    /**
     * The same budget for initialising an instance: it must not see the payload, or the instance
     * would remember it for later callers; what it writes is dropped.
     */
    GuestCall forInitialization() {
        return new GuestCall(settings, "", NO_BYTES, quota, budget, null);
    }

    /**
     * Lets the guest send commands and publish events; without it they are unavailable.
     *
     * @param link this call's own
     */
    public void connect(BridgeLink link) {
        bridge = link;
    }

    /** Tells what blocks of Extism take, which the guest holds beside its memory. */
    void holds(LongSupplier bytes) {
        blocks = bytes;
    }

    long blockBytes() {
        return blocks.getAsLong();
    }

    @Nullable BridgeLink bridge() {
        return bridge;
    }

    PluginSettings settings() {
        return settings;
    }

    /**
     * What is called.
     *
     * @return the command's name
     */
    public String command() {
        return command;
    }

    /**
     * What the call may use.
     *
     * @return fuel, deadline and cancellation
     */
    public CallBudget budget() {
        return budget;
    }

    Quota quota() {
        return quota;
    }

    @Nullable RunStreams streams() {
        return streams;
    }

    byte[] input() {
        return input;
    }

    byte[] response() {
        return response;
    }

    /** Makes bytes the current response, which belong to the call from now on. */
    void respond(byte[] next) {
        response = next;
    }

    /** Notes that the guest read something. */
    void noteRead(long bytes) {
        bytesRead += bytes;
    }

    /** Notes that bytes were read from a file, or written to one. */
    void noteDisk(boolean inbound, long bytes) {
        if (inbound) {
            bytesRead += bytes;
        } else {
            bytesWritten += bytes;
        }
    }

    /** Notes that bytes were received, or sent. */
    void noteNetwork(boolean inbound, long bytes) {
        if (inbound) {
            netBytesIn += bytes;
        } else {
            netBytesOut += bytes;
        }
    }

    /**
     * Makes room for a piece of the result.
     *
     * @return the bytes to write to; the piece comes last
     * @throws QuotaExceededException if the call's output would be too large
     */
    BoundedBytes admitOutput(int length) {
        admit(length);
        return output;
    }

    /** The same for the error text; from then on the call has failed, even with an empty text. */
    BoundedBytes admitError(int length) {
        failed = true;
        return admitErrorText(length);
    }

    /** The same for a text that only matters if the call fails for another reason. */
    BoundedBytes admitErrorText(int length) {
        admit(length);
        return error;
    }

    /** Counts bytes that go straight to the caller's streams. */
    void admitStreamed(int length) {
        admit(length);
        streamed += length;
    }

    private void admit(int length) {
        long held = (long) output.size() + error.size() + streamed;
        if (held + length > quota.outputBytes()) {
            throw new QuotaExceededException(
                    ErrorCode.OUTPUT_EXCEEDED,
                    settings.plugin(),
                    "produced more than its " + quota.outputBytes() + " bytes of output",
                    "raise the output quota, or have it answer with less");
        }
        bytesWritten += length;
    }

    /** Notes that the guest asked for what it was not granted. */
    void noteDenied(String capability) {
        denied.note(capability);
    }

    /**
     * What the guest asked for without being granted it.
     *
     * @return grants that it would have needed, such as {@code fs:write=/data}
     */
    public List<String> denied() {
        return denied.noted();
    }

    /**
     * Whether the call's quota of log lines and bytes has room for one more; asked before reading.
     */
    boolean admitLog(int bytes) {
        boolean room = logLines < quota.logLines() && bytes <= quota.logBytes() - logBytes;
        logRefused |= !room;
        return room;
    }

    /** Hands an admitted log line to the listener. */
    void log(GuestLogLevel level, String line, int bytes) {
        logLines++;
        logBytes += bytes;
        settings.listener().guestLog(settings.plugin(), level, line);
    }

    /** Notes that a host function refused something for the sake of a quota. */
    void noteRefused(RefusedQuota quota) {
        refused = quota;
    }

    /** What became of the quota if the guest trapped because of it, else the trap. */
    CordonException explained(GuestTrapException trap) {
        if (logRefused) {
            return RefusedQuota.logged(settings.plugin(), quota, trap);
        }
        return refused == null ? trap : refused.explained(settings.plugin(), trap);
    }

    /** A value of the plugin's configuration, or null. */
    byte @Nullable [] configuration(String key) {
        String value = settings.configuration().get(key);
        return value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The result so far.
     *
     * @return bytes that belong to the caller once the call has ended
     */
    public byte[] output() {
        return output.toBytes();
    }

    /**
     * Whether the guest wrote an error text, be it empty.
     *
     * @return true if the command failed whatever it returned
     */
    public boolean failed() {
        return failed;
    }

    /**
     * The error text so far.
     *
     * @return untrusted text; what is not UTF-8 is replaced
     */
    public String errorText() {
        return new String(error.toBytes(), StandardCharsets.UTF_8);
    }

    /**
     * What the guest read.
     *
     * @return bytes of payload, responses, streams and files
     */
    public long bytesRead() {
        return bytesRead;
    }

    /**
     * What the guest wrote.
     *
     * @return bytes of result, error text, streams and files
     */
    public long bytesWritten() {
        return bytesWritten;
    }

    /**
     * What the guest received.
     *
     * @return bytes from the network
     */
    public long netBytesIn() {
        return netBytesIn;
    }

    /**
     * What the guest sent.
     *
     * @return bytes to the network
     */
    public long netBytesOut() {
        return netBytesOut;
    }
}
