package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.Value;
import java.util.Arrays;
import java.util.Objects;

/**
 * One table of one instance: function indices or external references, as plain numbers.
 *
 * <p>Its limits are its own; growing it changes nothing that another instance of the module sees.
 */
public final class GuestTable {
    /** What an element takes. */
    static final int ELEMENT_BYTES = Integer.BYTES;

    private static final int[] EMPTY = new int[0];

    private final long maximum;
    private int[] elements;
    private int size;

    GuestTable(int size, long maximum, int initial) {
        this.maximum = maximum;
        this.size = size;
        this.elements = size == 0 ? EMPTY : new int[size];
        Arrays.fill(elements, initial);
    }

    int size() {
        return size;
    }

    int get(int index) {
        if (Integer.compareUnsigned(index, size) >= 0) {
            throw new Trap(Trap.TABLE_BOUNDS);
        }
        return elements[index];
    }

    /** The function at {@code index}, for an indirect call. */
    int function(int index) {
        if (Integer.compareUnsigned(index, size) >= 0) {
            throw new Trap(Trap.UNDEFINED_ELEMENT);
        }
        int function = elements[index];
        if (function == Value.REF_NULL_VALUE) {
            throw new Trap(Trap.UNINITIALIZED_ELEMENT);
        }
        return function;
    }

    void set(int index, int value) {
        if (Integer.compareUnsigned(index, size) >= 0) {
            throw new Trap(Trap.TABLE_BOUNDS);
        }
        elements[index] = value;
    }

    int grow(int more, int value, GuestState s) {
        long next = size + (more & 0xFFFF_FFFFL);
        if (next > maximum) {
            return -1;
        }
        if (s.store.tableElements() + (next - size) > s.limits.tableElements()) {
            s.tableRefused = true;
            return -1;
        }
        if (!s.mayHold((next - size) * ELEMENT_BYTES)) {
            return -1;
        }
        s.charge(more & 0xFFFF_FFFFL);
        int before = size;
        if (next > elements.length) {
            long capacity =
                    Math.min(s.limits.tableElements(), Math.max(next, elements.length * 2L));
            elements = Arrays.copyOf(elements, (int) capacity);
        }
        Arrays.fill(elements, before, (int) next, value);
        size = (int) next;
        s.tableElements += more;
        return before;
    }

    void fill(int at, int value, int length) {
        inBounds(at, length, size);
        Arrays.fill(elements, at, at + length, value);
    }

    void copyFrom(GuestTable source, int to, int from, int length) {
        inBounds(from, length, source.size);
        inBounds(to, length, size);
        System.arraycopy(source.elements, from, elements, to, length);
    }

    void init(int[] values, int to, int from, int length) {
        inBounds(from, length, values.length);
        inBounds(to, length, size);
        System.arraycopy(values, from, elements, to, length);
    }

    private static void inBounds(int at, int length, int size) {
        try {
            Objects.checkFromIndexSize(at, length, size);
        } catch (IndexOutOfBoundsException e) {
            throw new Trap(Trap.TABLE_BOUNDS);
        }
    }

    int[] image() {
        return Arrays.copyOf(elements, size);
    }

    void restore(int[] image) {
        if (elements.length > 2 * image.length) {
            elements = image.clone();
        } else {
            System.arraycopy(image, 0, elements, 0, image.length);
        }
        size = image.length;
    }
}
