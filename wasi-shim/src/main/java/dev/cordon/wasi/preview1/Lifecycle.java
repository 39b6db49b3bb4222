package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.last;
import static dev.cordon.wasi.preview1.PreviewFunction.simple;

import dev.cordon.wasi.abi.Errno;
import java.util.List;

/** {@code proc_*} and {@code sched_yield}. */
final class Lifecycle {
    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    last("proc_exit", "i", Lifecycle::exit),
                    simple("proc_raise", "i", call -> Errno.NOSYS),
                    simple("sched_yield", "", Lifecycle::giveWay));

    private Lifecycle() {}

    private static Errno exit(GuestCall call) {
        throw call.host().exit(call.i32(0));
    }

    /**
     * There is one thread, so nobody to yield to; but a guest that spins here sees its deadline.
     */
    private static Errno giveWay(GuestCall call) {
        call.check();
        Thread.onSpinWait();
        return Errno.SUCCESS;
    }
}
