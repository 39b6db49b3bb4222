package dev.cordon.extism;

/**
 * The blocks of the call that a host function was called from; the only way from a guest's handle
 * to bytes.
 *
 * <p>Every handle is checked and every byte paid for with the guest's fuel. To be used by the host
 * function's own thread until it returns.
 */
public interface ExtismMemory {
    /** The handle of no block. */
    long NONE = 0;

    /**
     * Copies a block.
     *
     * @param handle as the guest passed it
     * @return its bytes
     * @throws RuntimeException that stops the guest, if the handle is not the start of a block; let
     *     it pass
     */
    byte[] read(long handle);

    /**
     * Copies a block that holds a text.
     *
     * @param handle as the guest passed it
     * @return its text
     * @throws RuntimeException that stops the guest, if the handle is not the start of a block of
     *     UTF-8; let it pass
     */
    String readText(long handle);

    /**
     * Makes a block, which the guest frees.
     *
     * @param bytes its content
     * @return a handle; {@link #NONE} for no bytes
     * @throws dev.cordon.error.QuotaExceededException if the guest may not hold that much
     */
    long write(byte[] bytes);

    /**
     * Makes a block of a text in UTF-8, which the guest frees.
     *
     * @param text its content
     * @return a handle; {@link #NONE} for the empty text
     * @throws dev.cordon.error.QuotaExceededException if the guest may not hold that much
     */
    long writeText(String text);

    /**
     * Makes the guest pay for work of the host function beyond the call itself and copied bytes.
     *
     * @param fuel units, at least 0
     * @throws dev.cordon.error.QuotaExceededException if it has less left
     */
    void charge(long fuel);

    /**
     * Which plugin called.
     *
     * @return its id
     */
    String plugin();
}
