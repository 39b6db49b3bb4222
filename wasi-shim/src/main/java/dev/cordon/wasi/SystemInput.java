package dev.cordon.wasi;

import java.io.IOException;

/**
 * The one input over {@link System#in}, made when it is first asked for. Whoever closes it only
 * stops to read: there is no other.
 */
final class SystemInput implements GuestInput {
    static final GuestInput INPUT = new SystemInput();

    private final GuestInput pumped = GuestInput.of(System.in);

    private SystemInput() {}

    @Override
    public long ready() throws IOException {
        return pumped.ready();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return pumped.read(target, offset, length);
    }
}
