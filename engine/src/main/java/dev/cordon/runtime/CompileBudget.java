package dev.cordon.runtime;

/** Time and bytes that compiling one module may take. Not thread-safe. */
final class CompileBudget {
    private final long deadline;
    private long bytesLeft;

    /**
     * Starts now.
     *
     * @param nanos how long
     * @param bytes how many bytes of class files
     */
    CompileBudget(long nanos, long bytes) {
        this.deadline = System.nanoTime() + nanos;
        this.bytesLeft = bytes;
    }

    void check() {
        if (System.nanoTime() - deadline > 0) {
            throw new Exceeded("time");
        }
    }

    void add(int bytes) {
        bytesLeft -= bytes;
        if (bytesLeft < 0) {
            throw new Exceeded("memory");
        }
    }

    /** Compilation took too much; the module is interpreted instead. */
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Exceeded(String what) {
            super(what, null, false, false);
        }
    }
}
