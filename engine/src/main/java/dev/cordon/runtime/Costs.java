package dev.cordon.runtime;

/** What the runtime itself charges; the cost of instructions is the meter's. */
final class Costs {
    /** Fixed part of every call from guest to host. */
    static final int HOST_CALL = 20;

    /**
     * Depth that a guest may use on the thread that called it. A unit takes at most about 700 bytes
     * of Java stack, so this leaves most of a 512 KiB stack to the host's functions.
     */
    static final int INLINE_DEPTH = 192;

    /** Moving to a stack of its own: the work of some microseconds on two threads. */
    static final int DEEP_STACK = 2_000;

    private Costs() {}
}
