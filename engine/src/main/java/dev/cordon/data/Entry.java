package dev.cordon.data;

/**
 * What is kept for one key. Immutable: the value is never handed out and never changed.
 *
 * @param owner who created the key
 * @param writer who wrote the value, and pays for it
 * @param version when it was written, in the order of all writes
 * @param value its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; see the class comment
record Entry(DataUser owner, DataUser writer, long version, byte[] value) {
    /** What the entry counts for, in bytes. */
    long size(String key) {
        return (long) key.length() + value.length;
    }
}
