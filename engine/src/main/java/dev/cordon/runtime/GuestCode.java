package dev.cordon.runtime;

/**
 * The functions of one module, callable by index.
 *
 * <p>Generated classes extend it; it is public for their sake only. Immutable and shared by all
 * instances of a module.
 */
public abstract class GuestCode {
    /** For generated subclasses. */
    protected GuestCode() {}

    /**
     * Calls a function.
     *
     * @param function its index, imports first
     * @param args raw values, as many as the function's type says
     * @param s the guest
     * @param depth units of call depth left to it
     * @return raw results
     */
    public abstract long[] call(int function, long[] args, GuestState s, int depth);
}
