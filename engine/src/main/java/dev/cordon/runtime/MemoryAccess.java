package dev.cordon.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * Loads and stores of compiled code.
 *
 * <p>{@code base} is the guest's address, unsigned; {@code off} the instruction's constant, never
 * above {@link #FAR}. One range check with the guest's limit decides, in a form that C2 knows and
 * moves out of loops; the array's own check is behind it. A failed check leaves as {@link
 * IndexOutOfBoundsException}, which the boundary turns into the trap.
 */
public final class MemoryAccess {
    /** Stands for every constant offset that lies beyond any memory. */
    public static final int FAR = 0x7FFF_0000;

    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final VarHandle FLOAT = view(float[].class);
    private static final VarHandle DOUBLE = view(double[].class);

    private MemoryAccess() {}

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }

    public static byte loadByte(int base, int off, GuestState s) {
        Objects.checkIndex(base, s.limit - off);
        return s.memory[base + off];
    }

    public static short loadShort(int base, int off, GuestState s) {
        Objects.checkIndex(base, s.limit - off - 1);
        return (short) SHORT.get(s.memory, base + off);
    }

    public static int loadInt(int base, int off, GuestState s) {
        Objects.checkIndex(base, s.limit - off - 3);
        return (int) INT.get(s.memory, base + off);
    }

    public static long loadLong(int base, int off, GuestState s) {
        Objects.checkIndex(base, s.limit - off - 7);
        return (long) LONG.get(s.memory, base + off);
    }

    public static float loadFloat(int base, int off, GuestState s) {
        Objects.checkIndex(base, s.limit - off - 3);
        return (float) FLOAT.get(s.memory, base + off);
    }

    public static double loadDouble(int base, int off, GuestState s) {
        Objects.checkIndex(base, s.limit - off - 7);
        return (double) DOUBLE.get(s.memory, base + off);
    }

    public static void storeByte(int base, int value, int off, GuestState s) {
        Objects.checkIndex(base, s.limit - off);
        s.memory[base + off] = (byte) value;
    }

    public static void storeShort(int base, int value, int off, GuestState s) {
        Objects.checkIndex(base, s.limit - off - 1);
        SHORT.set(s.memory, base + off, (short) value);
    }

    public static void storeInt(int base, int value, int off, GuestState s) {
        Objects.checkIndex(base, s.limit - off - 3);
        INT.set(s.memory, base + off, value);
    }

    public static void storeLong(int base, long value, int off, GuestState s) {
        Objects.checkIndex(base, s.limit - off - 7);
        LONG.set(s.memory, base + off, value);
    }

    public static void storeFloat(int base, float value, int off, GuestState s) {
        Objects.checkIndex(base, s.limit - off - 3);
        FLOAT.set(s.memory, base + off, value);
    }

    public static void storeDouble(int base, double value, int off, GuestState s) {
        Objects.checkIndex(base, s.limit - off - 7);
        DOUBLE.set(s.memory, base + off, value);
    }

    /** {@code i32.lt_u} where unsigned comparisons of ints are not to be trusted. */
    public static int isLess(int a, int b) {
        return Integer.toUnsignedLong(a) < Integer.toUnsignedLong(b) ? 1 : 0;
    }

    /** {@code i32.gt_u} there. */
    public static int isGreater(int a, int b) {
        return Integer.toUnsignedLong(a) > Integer.toUnsignedLong(b) ? 1 : 0;
    }

    /** {@code i32.le_u} there. */
    public static int isAtMost(int a, int b) {
        return Integer.toUnsignedLong(a) <= Integer.toUnsignedLong(b) ? 1 : 0;
    }

    /** {@code i32.ge_u} there. */
    public static int isAtLeast(int a, int b) {
        return Integer.toUnsignedLong(a) >= Integer.toUnsignedLong(b) ? 1 : 0;
    }

    /** {@code i32.div_u} by a constant other than 0, which C2 turns into a multiplication. */
    public static int divideBy(int a, int constant) {
        return (int) (Integer.toUnsignedLong(a) / Integer.toUnsignedLong(constant));
    }

    /** {@code i32.rem_u} by a constant other than 0. */
    public static int remainderBy(int a, int constant) {
        return (int) (Integer.toUnsignedLong(a) % Integer.toUnsignedLong(constant));
    }

    /** {@code i64.div_u} by a positive constant. */
    public static long divideBy(long a, long constant) {
        return a >= 0 ? a / constant : Long.divideUnsigned(a, constant);
    }

    /** {@code i64.rem_u} by a positive constant. */
    public static long remainderBy(long a, long constant) {
        return a >= 0 ? a % constant : Long.remainderUnsigned(a, constant);
    }

    /** {@code f32.abs}: clears the sign bit, of a NaN too. */
    public static float absolute(float x) {
        return Float.intBitsToFloat(Float.floatToRawIntBits(x) & Integer.MAX_VALUE);
    }

    /** {@code f64.abs}. */
    public static double absolute(double x) {
        return Double.longBitsToDouble(Double.doubleToRawLongBits(x) & Long.MAX_VALUE);
    }

    public static int isNull(Object reference) {
        return reference == null ? 1 : 0;
    }

    public static int isNull(int reference) {
        return reference == -1 ? 1 : 0;
    }
}
