package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.copying;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code poll_oneoff}: waits for the first of several things.
 *
 * <p>All subscriptions are read before anything is written, since the guest's two lists may
 * overlap. Times are unsigned and saturate: 2^63 nanoseconds is a long time, not a moment ago.
 */
final class Poll {
    /** Most subscriptions in one call, so that a list cannot keep the host busy. */
    static final int MAX_SUBSCRIPTIONS = 4096;

    private static final int ABSOLUTE = 1;

    static final List<PreviewFunction> FUNCTIONS =
            List.of(copying("poll_oneoff", "iiii", Poll::oneOff));

    /** What WasmEdge has beside it: the same, as far as a guest can rely on it. */
    static final List<PreviewFunction> EDGE =
            List.of(copying("epoll_oneoff", "iiii", Poll::oneOff));

    private Poll() {}

    private static Errno oneOff(GuestCall call) throws Refusal, IOException {
        long count = call.u32(2);
        if (count == 0 || count > MAX_SUBSCRIPTIONS) {
            throw Refusal.of(Errno.INVAL);
        }
        GuestSlice in = call.slice(0, count * Layouts.SUBSCRIPTION);
        GuestSlice out = call.slice(1, count * Layouts.EVENT);
        GuestSlice result = call.slice(3, Layouts.SIZE);
        call.charge(count * (Layouts.SUBSCRIPTION + Layouts.EVENT));
        List<Subscription> subscriptions = subscriptions(call, in, (int) count);
        List<Event> events = await(call, subscriptions);
        for (int i = 0; i < events.size(); i++) {
            events.get(i).write(out, i);
        }
        result.put32(0, events.size());
        return Errno.SUCCESS;
    }

    private static List<Event> await(GuestCall call, List<Subscription> subscriptions)
            throws IOException {
        try (Wait wait = call.startWait();
                PolledSockets sockets = new PolledSockets(call)) {
            sockets.watch(subscriptions);
            while (true) {
                long elapsed = wait.elapsed();
                List<Event> events = events(call, subscriptions, elapsed);
                if (!events.isEmpty()) {
                    return events;
                }
                sockets.pause(wait, nanosToFirst(subscriptions, elapsed));
            }
        }
    }

    private static List<Event> events(
            GuestCall call, List<Subscription> subscriptions, long elapsed) {
        List<Event> events = new ArrayList<>();
        for (Subscription subscription : subscriptions) {
            Event event = subscription.event(elapsed, call.descriptors());
            if (event != null) {
                events.add(event);
            }
        }
        return events;
    }

    private static long nanosToFirst(List<Subscription> subscriptions, long elapsed) {
        long first = Long.MAX_VALUE;
        for (Subscription subscription : subscriptions) {
            first = Math.min(first, subscription.nanosToEvent(elapsed));
        }
        return first;
    }

    private static List<Subscription> subscriptions(GuestCall call, GuestSlice in, int count)
            throws Refusal {
        List<Subscription> subscriptions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            subscriptions.add(subscription(call, in, (long) i * Layouts.SUBSCRIPTION));
        }
        return subscriptions;
    }

    private static Subscription subscription(GuestCall call, GuestSlice in, long at)
            throws Refusal {
        long userData = in.u64(at);
        int number = (int) in.u32(at + 16);
        return switch (in.u8(at + 8)) {
            case Event.CLOCK -> alarm(call, in, at);
            case Event.READ -> new Subscription.Reading(userData, number);
            case Event.WRITE -> new Subscription.Writing(userData, number);
            default -> throw Refusal.of(Errno.INVAL);
        };
    }

    private static Subscription alarm(GuestCall call, GuestSlice in, long at) {
        long userData = in.u64(at);
        int flags = in.u16(at + 40);
        try {
            if ((flags & ~ABSOLUTE) != 0) {
                throw Refusal.of(Errno.INVAL);
            }
            long now = Clocks.now(call.run(), (int) in.u32(at + 16));
            long delay = delay(in.u64(at + 24), flags == ABSOLUTE ? now : 0);
            return new Subscription.Alarm(userData, delay, Errno.SUCCESS);
        } catch (Refusal e) {
            return new Subscription.Alarm(userData, 0, e.errno());
        }
    }

    private static long delay(long timeout, long from) {
        if (Long.compareUnsigned(timeout, from) <= 0) {
            return 0;
        }
        long delay = timeout - from;
        return delay < 0 ? Long.MAX_VALUE : delay;
    }
}
