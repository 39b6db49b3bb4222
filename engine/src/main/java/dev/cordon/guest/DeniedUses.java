package dev.cordon.guest;

import java.util.ArrayList;
import java.util.List;

/** What one call asked for without being granted it. Not thread-safe. */
final class DeniedUses {
    /** Most refusals kept for the report, so that a guest cannot fill the heap with them. */
    private static final int MAX_NOTED = 100;

    private List<String> noted = List.of();

    /** Notes a grant that was missing; beyond some it is enough to know these. */
    void note(String capability) {
        if (noted.size() < MAX_NOTED && !noted.contains(capability)) {
            List<String> more = new ArrayList<>(noted);
            more.add(capability);
            noted = List.copyOf(more);
        }
    }

    List<String> noted() {
        return noted;
    }
}
