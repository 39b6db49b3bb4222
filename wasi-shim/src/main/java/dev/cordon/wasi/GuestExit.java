package dev.cordon.wasi;

/**
 * Unwinds a guest that called {@code proc_exit}. Not an error, so it carries no stack trace.
 *
 * <p>Thrown for status 0 too, since a guest that exits must not go on.
 */
public final class GuestExit extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * An exit.
     *
     * @param status what the guest said
     */
    public GuestExit(int status) {
        super("guest exited with status " + Integer.toUnsignedString(status), null, false, false);
        this.status = status;
    }

    /**
     * What the guest said.
     *
     * @return all 32 bits; unsigned in WASI's eyes
     */
    public int status() {
        return status;
    }
}
