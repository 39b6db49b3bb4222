package dev.cordon.wasi.abi;

/** Sizes in bytes of the structures that guests and host exchange. */
public final class Layouts {
    /** A 32-bit size or descriptor. */
    public static final int SIZE = 4;

    /** A 64-bit time, size or position. */
    public static final int U64 = 8;

    /** {@code fdstat}: type u8 at 0, flags u16 at 2, rights u64 at 8 and 16. */
    public static final int FDSTAT = 24;

    /**
     * {@code filestat}: device u64 at 0, inode u64 at 8, type u8 at 16, links u64 at 24, size u64
     * at 32, times of access, modification and change u64 at 40, 48 and 56.
     */
    public static final int FILESTAT = 64;

    /** {@code prestat}: tag u8 at 0, length of the name u32 at 4. */
    public static final int PRESTAT = 8;

    /** {@code subscription}: user data u64 at 0, tag u8 at 8, its content from 16. */
    public static final int SUBSCRIPTION = 48;

    /**
     * {@code event}: user data u64 at 0, errno u16 at 8, type u8 at 10, bytes u64 at 16, flags u16
     * at 24.
     */
    public static final int EVENT = 32;

    /** Address and length of a buffer, 32 bits each. */
    public static final int VECTOR = 8;

    private Layouts() {}
}
