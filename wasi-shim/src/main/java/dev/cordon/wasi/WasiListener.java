package dev.cordon.wasi;

/** Hears of faults of this library; guests cannot cause any on purpose. */
@FunctionalInterface
public interface WasiListener {
    /** Hears nothing. */
    WasiListener NONE = (function, failure) -> {};

    /**
     * A function failed in a way that is no answer to the guest, who saw {@code EIO}.
     *
     * @param function the function's name, or {@code close}
     * @param failure what went wrong
     */
    void failed(String function, Throwable failure);
}
