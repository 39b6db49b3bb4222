package dev.cordon.runtime;

/**
 * An imported function that another instance of the same store exports.
 *
 * <p>It runs on the stack that its caller is on, with the depth that its caller has left. Modules
 * are linked without cycles, so at most as many of these are nested as there are modules.
 */
final class LinkedCall implements HostCall {
    /** Java stack of the way over is about that of one more call. */
    private static final int DEPTH = 1;

    private final GuestInstance callee;
    private final int function;

    LinkedCall(GuestInstance callee, int function) {
        this.callee = callee;
        this.function = function;
    }

    long[] call(long[] args, int depth) {
        return callee.enterLinked(function, args, depth - DEPTH);
    }

    @Override
    public long[] call(long[] args) {
        throw new IllegalStateException("a linked function needs to know the depth left");
    }
}
