package dev.cordon.runtime;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What instances that are linked with each other share: fuel, call depth, and how much they may
 * hold together. Used by one call at a time.
 *
 * <p>Each instance has a slice of fuel of its own at hand; only that of the one that runs is full,
 * and it moves with the control from one to the other.
 */
public final class GuestStore {
    final FuelTank tank = new FuelTank();

    /** Depth that is left once the stack at hand is used up. */
    int depthReserve;

    /** Depth left to the host function that is running; {@link GuestState#OUTSIDE} if none is. */
    int hostDepth = GuestState.OUTSIDE;

    /** The large stack that the guest is on; null while it is on its caller's. */
    @Nullable DeepStack deep;

    /** The most linear memory that the call has held. */
    long memoryPeakBytes;

    /** What memories and tables may hold together in this call, beside the limits of each. */
    long mostHeld = CallBudget.UNLIMITED;

    /** Whether something was refused that only this did not allow. */
    boolean heldRefused;

    private final List<GuestState> states = new ArrayList<>();
    private final Map<String, GuestInstance> named = new HashMap<>();

    /** A store without instances. */
    public GuestStore() {}

    /**
     * Offers an instance's functions to those that are made later.
     *
     * @param module the first name of their imports
     * @param instance one of this store
     */
    public void offer(String module, GuestInstance instance) {
        named.put(module, instance);
    }

    @Nullable GuestInstance offered(String module) {
        return named.get(module);
    }

    void add(GuestState state) {
        states.add(state);
        if (states.size() == 1) {
            tank.moveTo(state);
        }
    }

    List<GuestState> states() {
        return states;
    }

    /** Linear memory of all instances. */
    long memoryBytes() {
        long bytes = 0;
        for (GuestState state : states) {
            bytes += state.limit;
        }
        return bytes;
    }

    /** Elements of the tables of all instances. */
    long tableElements() {
        long elements = 0;
        for (GuestState state : states) {
            elements += state.tableElements;
        }
        return elements;
    }

    /** What memories and tables hold. */
    long heldBytes() {
        return memoryBytes() + GuestTable.ELEMENT_BYTES * tableElements();
    }

    void noteMemory() {
        memoryPeakBytes = Math.max(memoryPeakBytes, memoryBytes());
    }

    /** Lets one instance run, and then again the one that ran before. */
    long[] run(GuestState next, Supplier<long[]> guest) {
        GuestState before = tank.running();
        if (before == next) {
            return guest.get();
        }
        tank.moveTo(next);
        try {
            return guest.get();
        } finally {
            tank.moveTo(before);
        }
    }

    CordonException tooDeep(GuestState s) {
        return s.quota(
                ErrorCode.CALL_DEPTH_EXCEEDED,
                "nested its calls deeper than " + s.limits.callDepth(),
                "raise the call-depth quota, or find the recursion that does not end");
    }
}
