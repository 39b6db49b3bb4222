package dev.cordon;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.error.UsageException;
import dev.cordon.monitor.PluginHealth;
import dev.cordon.monitor.PluginState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls from a plugin that is down by its crash policy. Thread-safe.
 *
 * <p>As long as nothing crashes, a call costs two volatile reads.
 */
final class CrashGuard {
    /** Most crashes that are remembered with their time. */
    static final int MAX_REMEMBERED = 1_000;

    /**
     * Lets a call through. What becomes of the call counts only if this is still the guard's permit
     * by then: calls that were running when the plugin went down prove nothing new.
     */
    static final class Permit {}

    private final String plugin;
    private final Consumer<PluginHealth> listener;
    private final LongSupplier nanoTime;
    private final DoubleSupplier random;
    private final ArrayDeque<Long> recent = new ArrayDeque<>();
    private volatile CrashPolicy policy;
    private volatile PluginState state = PluginState.SERVING;
    private volatile Permit permit = new Permit();
    private volatile int inARow;
    private long crashes;
    private @Nullable ErrorCode last;
    private long next;

    CrashGuard(String plugin, CrashPolicy policy, Consumer<PluginHealth> listener) {
        this(
                plugin,
                policy,
                listener,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
    }

    /** A guard whose time and chance a test tells. */
    CrashGuard(
            String plugin,
            CrashPolicy policy,
            Consumer<PluginHealth> listener,
            LongSupplier nanoTime,
            DoubleSupplier random) {
        this.plugin = plugin;
        this.policy = policy;
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    CrashPolicy policy() {
        return policy;
    }

    /** Refuses a call that need not wait for a place, since the plugin is down. */
    void check() {
        if (state != PluginState.SERVING) {
            synchronized (this) {
                if (state != PluginState.SERVING && !due()) {
                    throw refusal();
                }
            }
        }
    }

    /**
     * Lets a call through that is about to run; its end must be told, whatever it is.
     *
     * @throws CordonException if the plugin is down
     */
    Permit enter() {
        Permit now = permit; // read before the state, which is written before it
        return state == PluginState.SERVING ? now : tried();
    }

    private Permit tried() {
        PluginHealth change = null;
        Permit got;
        synchronized (this) {
            if (state != PluginState.SERVING) {
                if (!due()) {
                    throw refusal();
                }
                change = becomes(PluginState.TRYING);
            }
            got = permit;
        }
        tell(change);
        return got;
    }

    /** A call was answered, if only with an error. */
    void answered(Permit mine) {
        if (inARow == 0 && state == PluginState.SERVING) {
            return;
        }
        PluginHealth change = null;
        synchronized (this) {
            if (mine == permit) {
                inARow = 0;
                change = trying() ? becomes(PluginState.SERVING) : null;
            }
        }
        tell(change);
    }

    /**
     * A call crashed.
     *
     * @return whether the plugin is down because of it
     */
    boolean crashed(Permit mine, ErrorCode code) {
        PluginHealth change;
        synchronized (this) {
            change = mine == permit ? counted(code) : null;
        }
        tell(change);
        return change != null;
    }

    /** A call was neither answered nor did it crash, so it tells nothing of the plugin. */
    void undecided(Permit mine) {
        PluginHealth change = null;
        synchronized (this) {
            if (mine == permit && trying()) {
                change = becomes(PluginState.BACKING_OFF); // it is still due
            }
        }
        tell(change);
    }

    private @Nullable PluginHealth counted(ErrorCode code) {
        long now = nanoTime.getAsLong();
        int row = inARow + 1;
        inARow = row;
        crashes++;
        last = code;
        if (policy.quarantines(row, remembered(now))) {
            return becomes(PluginState.QUARANTINED);
        }
        if (!policy.backsOff()) {
            return null;
        }
        long backoff = policy.backoffNanos(row);
        next = now + backoff - (long) (backoff / 2.0 * random.getAsDouble());
        return becomes(PluginState.BACKING_OFF);
    }

    private int remembered(long now) {
        long window = policy.windowNanos();
        if (window == 0) {
            return 0;
        }
        recent.add(now);
        while (recent.size() > MAX_REMEMBERED || now - recent.element() >= window) {
            recent.remove();
        }
        return recent.size();
    }

    /**
     * Serves again, as if it had never crashed.
     *
     * @return whether it was down
     */
    boolean release() {
        return renew(policy);
    }

    /** The same with another policy, for a new version. */
    boolean renew(CrashPolicy nextPolicy) {
        PluginHealth change;
        boolean down;
        synchronized (this) {
            policy = nextPolicy;
            inARow = 0;
            crashes = 0;
            last = null;
            recent.clear();
            down = state != PluginState.SERVING;
            change = becomes(PluginState.SERVING); // calls of the old version count no more
        }
        tell(down ? change : null);
        return down;
    }

    synchronized PluginHealth health() {
        boolean waits = state == PluginState.BACKING_OFF;
        return new PluginHealth(
                state,
                inARow,
                crashes,
                Optional.ofNullable(last),
                waits ? Optional.of(Instant.now().plusNanos(left())) : Optional.empty());
    }

    private PluginHealth becomes(PluginState nextState) {
        state = nextState; // before the permit, so that none is given out for the state before
        permit = new Permit();
        return health();
    }

    private boolean trying() {
        return state == PluginState.TRYING;
    }

    private boolean due() {
        return state == PluginState.BACKING_OFF && left() == 0;
    }

    private long left() {
        return Math.max(0, next - nanoTime.getAsLong());
    }

    private void tell(@Nullable PluginHealth change) {
        if (change != null) { // with no lock held: a listener may ask for the health, or release
            listener.accept(change);
        }
    }

    private CordonException refusal() {
        String crashed = "crashed " + inARow + " times in a row, last with " + last;
        if (state == PluginState.QUARANTINED) {
            return new UsageException(
                    ErrorCode.PLUGIN_QUARANTINED,
                    plugin,
                    crashed + ", and is not called any more",
                    "release it, or reload it with a version that does not crash");
        }
        String again =
                trying()
                        ? "as soon as the call that tries it was answered"
                        : "in " + Duration.ofNanos(left()).toMillis() + " ms";
        return new QuotaExceededException(
                ErrorCode.PLUGIN_BACKING_OFF,
                plugin,
                crashed + ", and may be called again " + again,
                "call later");
    }
}
