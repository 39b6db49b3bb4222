package dev.cordon.runtime;

import java.util.ArrayList;
import java.util.List;

/** The interpreted functions that a trap has left so far, as many as a report shows. */
final class TrappedFunctions {
    /** Most frames of a guest's stack in a report. */
    static final int MAX_FRAMES = 20;

    private final List<Integer> functions = new ArrayList<>();

    void add(int function) {
        if (functions.size() < MAX_FRAMES) {
            functions.add(function);
        }
    }

    /** Gives them, the innermost first, and forgets them. */
    List<Integer> take() {
        List<Integer> taken = List.copyOf(functions);
        functions.clear();
        return taken;
    }

    void clear() {
        functions.clear();
    }
}
