package dev.cordon.runtime;

/**
 * A WebAssembly trap on its way out of the guest.
 *
 * <p>Keeps its Java stack trace, from which the guest's own stack is read.
 */
public final class Trap extends RuntimeException {
    static final String UNREACHABLE = "unreachable";
    static final String MEMORY_BOUNDS = "out of bounds memory access";
    static final String TABLE_BOUNDS = "out of bounds table access";
    static final String UNDEFINED_ELEMENT = "undefined element";
    static final String UNINITIALIZED_ELEMENT = "uninitialized element";
    static final String INDIRECT_TYPE = "indirect call type mismatch";
    static final String NULL_REFERENCE = "null reference";

    private static final long serialVersionUID = 1L;

    /**
     * Names the trap in the specification's words.
     *
     * @param what for example {@code integer divide by zero}
     */
    public Trap(String what) {
        super(what);
    }
}
