package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One thing that {@code poll_oneoff} waits for. */
sealed interface Subscription {
    /** How many bytes a writable descriptor is said to take. */
    long WRITABLE_BYTES = 65_536;

    /** The event if it has come, else null. */
    @Nullable Event event(long elapsed, DescriptorTable descriptors);

    /** The descriptor that it is about; none when it is about time. */
    default int descriptor() {
        return -1;
    }

    /** How long it is certain not to come, in nanoseconds; unbounded when only a look will tell. */
    default long nanosToEvent(long elapsed) {
        return Long.MAX_VALUE;
    }

    /** A time to come, or an error when the clock is none that a guest can wait for. */
    record Alarm(long userData, long delay, Errno errno) implements Subscription {
        @Override
        public @Nullable Event event(long elapsed, DescriptorTable descriptors) {
            return elapsed < delay ? null : new Event(userData, errno, Event.CLOCK, 0, 0);
        }

        @Override
        public long nanosToEvent(long elapsed) {
            return Math.max(0, delay - elapsed);
        }
    }

    /** Something to read. */
    record Reading(long userData, int descriptor) implements Subscription {
        @Override
        public @Nullable Event event(long elapsed, DescriptorTable descriptors) {
            try {
                OpenDescriptor open = descriptors.get(descriptor);
                Descriptor source = descriptors.get(descriptor, Rights.FD_READ);
                open.require(Rights.POLL_FD_READWRITE);
                if (source instanceof SocketDescriptor socket) {
                    return Event.of(userData, Event.READ, socket.socket().readable());
                }
                return event(source.ready());
            } catch (Refusal e) {
                return failure(e.errno());
            } catch (IOException e) {
                return failure(Errno.of(e));
            }
        }

        private @Nullable Event event(long ready) {
            if (ready == 0) {
                return null;
            }
            int flags = ready < 0 ? Event.HANGUP : 0;
            return new Event(userData, Errno.SUCCESS, Event.READ, Math.max(0, ready), flags);
        }

        private Event failure(Errno errno) {
            return new Event(userData, errno, Event.READ, 0, 0);
        }
    }

    /** Room to write; but for sockets there always is, since outputs take everything. */
    record Writing(long userData, int descriptor) implements Subscription {
        @Override
        public @Nullable Event event(long elapsed, DescriptorTable descriptors) {
            try {
                OpenDescriptor open = descriptors.get(descriptor);
                Descriptor target = descriptors.get(descriptor, Rights.FD_WRITE);
                open.require(Rights.POLL_FD_READWRITE);
                if (target instanceof SocketDescriptor socket) {
                    return Event.of(userData, Event.WRITE, socket.socket().writable());
                }
                return new Event(userData, Errno.SUCCESS, Event.WRITE, WRITABLE_BYTES, 0);
            } catch (Refusal e) {
                return new Event(userData, e.errno(), Event.WRITE, 0, 0);
            }
        }
    }
}
