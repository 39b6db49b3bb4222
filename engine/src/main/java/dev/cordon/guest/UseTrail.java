package dev.cordon.guest;

import dev.cordon.capability.GrantKind;
import dev.cordon.error.GuestText;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import dev.cordon.wasi.audit.Tally;
import java.util.function.LongSupplier;

/**
 * Turns a flood of decisions about names into few records, as the shim does for files and
 * addresses. Thread-safe.
 */
final class UseTrail {
    /** How long equal decisions are one record. */
    static final long WINDOW_MILLIS = 60_000;

    /** The subject of decisions that are told apart no longer. */
    static final String OTHERS = "(others)";

    private static final int MAX_TEXT = 256;

    /**
     * One decision.
     *
     * @param operation the host function
     * @param kind the kind of grant that it needs
     * @param subject the name that it is about; empty for a kind without one
     * @param allowed whether it went on
     * @param reason why not, or who allowed it without a grant
     */
    record Decision(
            String operation, GrantKind kind, String subject, boolean allowed, String reason) {
        Decision other() {
            return new Decision(operation, kind, OTHERS, allowed, reason);
        }
    }

    private final String plugin;
    private final EngineListener listener;
    private final Tally<Decision> tally;

    UseTrail(String plugin, EngineListener listener, LongSupplier millis) {
        this.plugin = plugin;
        this.listener = listener;
        this.tally = new Tally<>(WINDOW_MILLIS, Decision::other, millis, this::tell);
    }

    void decided(Decision decision) {
        tally.add(decision);
    }

    /** Tells what was counted and not told yet. */
    void flush() {
        tally.flush();
    }

    /** The text of a capability, fit to be shown. */
    static String text(GrantKind kind, String subject) {
        String shown = GuestText.printable(subject, MAX_TEXT);
        return shown.isEmpty() ? kind.text() : kind.text() + "=" + shown;
    }

    private void tell(Decision decision, long count, long first, long last) {
        listener.audited(
                new AuditRecord(
                        plugin,
                        decision.operation(),
                        text(decision.kind(), decision.subject()),
                        GuestText.printable(decision.subject(), MAX_TEXT),
                        decision.allowed(),
                        decision.reason(),
                        count,
                        first,
                        last));
    }
}
