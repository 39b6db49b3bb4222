package dev.cordon.data;

/** What one user may do with one key; each level includes those before it. */
public enum AccessLevel {
    /** Nothing, whatever else is allowed. */
    NONE,
    /** See the value and its version. */
    READ,
    /** Replace the value, and create the key. */
    WRITE,
    /** Delete the key. */
    OWNER
}
