package dev.cordon.wasi.abi;

import java.util.EnumMap;
import java.util.Map;

/**
 * Ends a host function with an error number for the guest.
 *
 * <p>One shared exception for each number, without a stack trace: a refusal is an everyday answer,
 * and a guest that asks for a million of them costs the host nothing.
 */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    private static final Map<Errno, Refusal> ALL = new EnumMap<>(Errno.class);

    static {
        for (Errno errno : Errno.values()) {
            ALL.put(errno, new Refusal(errno));
        }
    }

    private final Errno errno;

    private Refusal(Errno errno) {
        super("refused with " + errno, null, false, false);
        this.errno = errno;
    }

    /**
     * The refusal for a number.
     *
     * @param errno what the guest sees
     * @return the one refusal of that number
     */
    public static Refusal of(Errno errno) {
        Refusal refusal = ALL.get(errno);
        if (refusal == null) {
            throw new IllegalStateException("no refusal for " + errno);
        }
        return refusal;
    }

    /**
     * What the guest sees.
     *
     * @return the number
     */
    public Errno errno() {
        return errno;
    }
}
