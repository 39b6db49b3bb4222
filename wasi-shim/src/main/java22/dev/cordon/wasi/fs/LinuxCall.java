package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;

/** One call of the system: what it returns, or what its error means. */
@FunctionalInterface
interface LinuxCall {
    /** Makes the call; -1 says that the error number was set. */
    long make() throws Throwable;

    /** The answer to a call, which is made again when a signal came in between. */
    static long result(Scratch scratch, LinuxCall call) throws Refusal, IOException {
        long result;
        do {
            result = once(call);
        } while (result == -1 && scratch.errno() == LinuxErrors.EINTR);
        if (result == -1) {
            throw LinuxErrors.rethrow(scratch.errno());
        }
        return result;
    }

    /** The answer to a call that must not be made again. */
    static long once(LinuxCall call) {
        try {
            return call.make();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a call of the system threw", e);
        }
    }
}
