package dev.cordon.wasi.audit;

import dev.cordon.wasi.audit.AccessDecision.Use;
import java.util.function.LongSupplier;

/**
 * Turns a flood of decisions into few records, over as many sessions as share it. Thread-safe.
 *
 * <p>The first decision of a kind is told at once. Those that equal it are counted, and told as one
 * record when the window ends, at {@link #flush}, or when a session is closed. No thread of its own
 * watches the window: it ends at the first decision that comes after it.
 */
public final class AuditTrail {
    /** How long equal decisions are one record, in milliseconds, unless said otherwise. */
    public static final long DEFAULT_WINDOW_MILLIS = 60_000;

    /** Most kinds of decision told apart in one window, so that a guest cannot fill the heap. */
    public static final int MAX_KINDS = Tally.MAX_KINDS;

    /** Longest subject and reason, in characters. */
    public static final int MAX_TEXT_CHARS = 256;

    /** The subject of decisions that are told apart no longer. */
    public static final String OTHERS = "(others)";

    private static final AuditTrail NONE =
            new AuditTrail(AccessListener.NONE, DEFAULT_WINDOW_MILLIS, System::currentTimeMillis);

    private record Kind(
            String operation, Use use, String subject, boolean allowed, String reason) {}

    private final AccessListener listener;
    private final AccessListener refusals;
    private final LongSupplier millis;
    private final Tally<Kind> tally;

    private AuditTrail(AccessListener listener, long windowMillis, LongSupplier millis) {
        this.listener = listener;
        this.refusals = AccessListener.NONE;
        this.millis = millis;
        this.tally =
                new Tally<>(
                        windowMillis,
                        AuditTrail::other,
                        millis,
                        (kind, count, first, last) ->
                                listener.decided(record(kind, count, first, last)));
    }

    private AuditTrail(AuditTrail shared, AccessListener refusals) {
        this.listener = shared.listener;
        this.refusals = refusals;
        this.millis = shared.millis;
        this.tally = shared.tally;
    }

    /**
     * A trail that nobody follows.
     *
     * @return always the same
     */
    public static AuditTrail none() {
        return NONE;
    }

    /**
     * A trail with windows of {@value #DEFAULT_WINDOW_MILLIS} ms.
     *
     * @param listener hears of decisions, on the threads that run guests
     * @return a trail with nothing on it
     */
    public static AuditTrail of(AccessListener listener) {
        return of(listener, DEFAULT_WINDOW_MILLIS);
    }

    /**
     * A trail with windows of any length.
     *
     * @param listener hears of decisions, on the threads that run guests
     * @param windowMillis how long equal decisions are one record; at least 1
     * @return a trail with nothing on it
     * @throws IllegalArgumentException when the window is shorter
     */
    public static AuditTrail of(AccessListener listener, long windowMillis) {
        return of(listener, windowMillis, System::currentTimeMillis);
    }

    /** A trail whose time a test tells. */
    static AuditTrail of(AccessListener listener, long windowMillis, LongSupplier millis) {
        return new AuditTrail(listener, windowMillis, millis);
    }

    /**
     * This trail as one session leaves it, with somebody who hears of each refusal of that session
     * besides, at once and one by one.
     *
     * @param refusals hears of what was not allowed, on the thread that runs the guest
     * @return a trail that counts together with this one
     */
    public AuditTrail overheard(AccessListener refusals) {
        return new AuditTrail(this, refusals);
    }

    /**
     * Whether anybody follows it.
     *
     * @return false when making up a subject would be for nothing
     */
    public boolean followed() {
        return listener != AccessListener.NONE || refusals != AccessListener.NONE;
    }

    /**
     * Takes note of a decision. What the listener throws leaves this method.
     *
     * @param operation the host function
     * @param use what for
     * @param subject the path or address; control characters are made visible, and what is too long
     *     is cut
     * @param allowed whether it went on
     * @param reason why not, or who allowed it where no rule did; else empty
     */
    public void decided(String operation, Use use, String subject, boolean allowed, String reason) {
        if (!followed()) {
            return;
        }
        Kind kind =
                new Kind(
                        operation,
                        use,
                        PrintableText.of(subject, MAX_TEXT_CHARS),
                        allowed,
                        PrintableText.of(reason, MAX_TEXT_CHARS));
        if (!allowed && refusals != AccessListener.NONE) {
            long now = millis.getAsLong();
            refusals.decided(record(kind, 1, now, now));
        }
        tally.add(kind);
    }

    /** Tells what was counted and not told yet. What the listener throws leaves this method. */
    public void flush() {
        tally.flush();
    }

    /** What stands for decisions that are told apart no longer. */
    private static Kind other(Kind kind) {
        String reason = kind.allowed() ? "" : OTHERS;
        return new Kind(kind.operation(), kind.use(), OTHERS, kind.allowed(), reason);
    }

    private static AccessDecision record(Kind kind, long count, long first, long last) {
        return new AccessDecision(
                kind.operation(),
                kind.use(),
                kind.subject(),
                kind.allowed(),
                kind.reason(),
                count,
                first,
                last);
    }
}
