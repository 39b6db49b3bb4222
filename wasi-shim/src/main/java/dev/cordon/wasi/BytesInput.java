package dev.cordon.wasi;

/** An input of bytes that are there already. */
final class BytesInput implements GuestInput {
    private final byte[] bytes;
    private int position;

    BytesInput(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long ready() {
        return position == bytes.length ? -1 : bytes.length - position;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == bytes.length) {
            return -1;
        }
        int count = Math.min(length, bytes.length - position);
        System.arraycopy(bytes, position, target, offset, count);
        position += count;
        return count;
    }
}
