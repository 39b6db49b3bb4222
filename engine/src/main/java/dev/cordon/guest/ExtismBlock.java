package dev.cordon.guest;

/** Bytes that an Extism guest reaches through a handle. Not thread-safe. */
final class ExtismBlock {
    private byte[] bytes;
    private boolean borrowed;
    private boolean retired;

    private ExtismBlock(byte[] bytes, boolean borrowed) {
        this.bytes = bytes;
        this.borrowed = borrowed;
    }

    /** A block that owns its bytes. */
    static ExtismBlock of(byte[] bytes) {
        return new ExtismBlock(bytes, false);
    }

    /** A block whose bytes are somebody else's until the guest writes to them. */
    static ExtismBlock borrowing(byte[] bytes) {
        return new ExtismBlock(bytes, true);
    }

    int length() {
        return bytes.length;
    }

    /** Its bytes, to be read only. */
    byte[] bytes() {
        return bytes;
    }

    /** Whether the guest freed it, so that it can only be read, and not for long. */
    boolean isRetired() {
        return retired;
    }

    void retire(boolean next) {
        retired = next;
    }

    boolean isBorrowed() {
        return borrowed;
    }

    /** Heap that the guest made the host hold for the content. */
    int ownedBytes() {
        return borrowed ? 0 : bytes.length;
    }

    /** Its bytes, to be written to; they must not be borrowed any more. */
    byte[] writable() {
        if (borrowed) {
            throw new IllegalStateException("the bytes are somebody else's");
        }
        return bytes;
    }

    /** Copies borrowed bytes. */
    void own() {
        bytes = bytes.clone();
        borrowed = false;
    }
}
