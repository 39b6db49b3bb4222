package dev.cordon.scan.rule;

import java.util.Arrays;

/** Places in functions, remembered while a module is read; the first ones, the rest counted. */
final class Places {
    /** Places remembered. */
    private static final int MAX_PLACES = 1_000;

    private int[] functions = new int[16];
    private int[] offsets = new int[16];
    private int size;
    private int more;

    void add(int function, int offset) {
        if (size == MAX_PLACES) {
            more++;
            return;
        }
        if (size == functions.length) {
            functions = Arrays.copyOf(functions, 2 * size);
            offsets = Arrays.copyOf(offsets, 2 * size);
        }
        functions[size] = function;
        offsets[size++] = offset;
    }

    int size() {
        return size;
    }

    int function(int index) {
        return functions[index];
    }

    int offset(int index) {
        return offsets[index];
    }

    /** How many there are beyond those remembered. */
    int more() {
        return more;
    }
}
