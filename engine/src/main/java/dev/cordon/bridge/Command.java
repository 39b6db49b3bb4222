package dev.cordon.bridge;

/**
 * A request with a name, on its way to the one who handles it.
 *
 * @param name dot-separated, at most 200 characters
 * @param payload its input; the receiver's to read, not to be changed
 * @param sender who sent it, as the engine knows it
 * @param trace where it belongs in a trace
 * @param depth how many commands it stands in, itself included; 1 for one that no other caused
 */
public record Command(String name, byte[] payload, Party sender, TraceContext trace, int depth) {
    /** Largest payload, in bytes. */
    public static final int MAX_PAYLOAD_BYTES = 16 << 20;
}
