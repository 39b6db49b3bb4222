package dev.cordon.runtime;

import com.dylibso.chicory.runtime.WasmException;

/** An exception that a guest threw; it costs no stack walk, since a guest may throw millions. */
final class GuestException extends WasmException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings(
            "NullAway") // the field belongs to a link of instances that Cordon never makes
    GuestException(int tag, long[] args) {
        super(null, tag, args);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
