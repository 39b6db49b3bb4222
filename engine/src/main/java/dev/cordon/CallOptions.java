package dev.cordon;

import dev.cordon.quota.Quota;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one call is made. Immutable; every {@code with} method returns a copy. */
public final class CallOptions {
    private static final CallOptions DEFAULTS = new CallOptions(Quota.widest(), null, false);

    private final Quota quota;
    private final @Nullable Cancellation cancellation;
    private final boolean measureCpu;

    private CallOptions(Quota quota, @Nullable Cancellation cancellation, boolean measureCpu) {
        this.quota = quota;
        this.cancellation = cancellation;
        this.measureCpu = measureCpu;
    }

    /**
     * The start of all options: the plugin's quota, no token, processor time not measured.
     *
     * @return the defaults
     */
    public static CallOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Limits the call further than its plugin is; the tighter limit wins.
     *
     * @param next limits for the call
     * @return a copy
     */
    public CallOptions withQuota(Quota next) {
        return new CallOptions(next, cancellation, measureCpu);
    }

    /**
     * Lets another thread stop the call.
     *
     * @param next the token
     * @return a copy
     */
    public CallOptions withCancellation(Cancellation next) {
        return new CallOptions(quota, next, measureCpu);
    }

    /**
     * Has processor time measured, which costs about a microsecond.
     *
     * @param next whether to measure
     * @return a copy
     */
    public CallOptions withMeasureCpu(boolean next) {
        return new CallOptions(quota, cancellation, next);
    }

    /**
     * Limits beside the plugin's.
     *
     * @return the widest quota unless set
     */
    public Quota quota() {
        return quota;
    }

    /**
     * What stops the call early.
     *
     * @return empty if nothing does
     */
    public Optional<Cancellation> cancellation() {
        return Optional.ofNullable(cancellation);
    }

    /**
     * Whether processor time is measured.
     *
     * @return false unless set
     */
    public boolean measureCpu() {
        return measureCpu;
    }

    @Nullable Cancellation token() {
        return cancellation;
    }
}
