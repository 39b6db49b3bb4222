package dev.cordon.scan.advisory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Versions from where a hole came to where it went, as a list of events.
 *
 * @param semantic whether the versions are semantic ones, whatever the ecosystem says
 * @param events in any order
 */
record VersionRange(boolean semantic, List<Event> events) {

    /** What happened at a version. */
    enum Kind {
        INTRODUCED("introduced"),
        FIXED("fixed"),
        LAST_AFFECTED("last_affected"),
        LIMIT("limit");

        private final String field;

        Kind(String field) {
            this.field = field;
        }

        /** What advisories call it. */
        String field() {
            return field;
        }
    }

    /** Something that happened at a version; the version {@code 0} is before all others. */
    record Event(Kind kind, String version) {}

    /** Whether a version is in the range; empty if the versions cannot be compared. */
    Optional<Boolean> contains(String version, String ecosystem) {
        VersionOrder order = semantic ? VersionOrder.SEMANTIC : VersionOrder.of(ecosystem);
        if (!order.understands(version)) {
            return Optional.empty();
        }
        List<Event> sorted = new ArrayList<>();
        for (Event event : events) {
            if (!isStart(event) && !order.understands(event.version())) {
                return Optional.empty();
            }
            sorted.add(event);
        }
        sorted.sort((a, b) -> compare(order, a, b));
        return Optional.of(affected(order, version, sorted) && beforeLimit(order, version));
    }

    private static boolean affected(VersionOrder order, String version, List<Event> sorted) {
        boolean affected = false;
        for (Event event : sorted) {
            int place = isStart(event) ? 1 : order.compare(version, event.version());
            switch (event.kind()) {
                case INTRODUCED -> affected |= place >= 0;
                case FIXED -> affected &= place < 0;
                case LAST_AFFECTED -> affected &= place <= 0;
                case LIMIT -> {}
            }
        }
        return affected;
    }

    private boolean beforeLimit(VersionOrder order, String version) {
        List<Event> limits = events.stream().filter(it -> it.kind() == Kind.LIMIT).toList();
        return limits.isEmpty()
                || limits.stream()
                        .anyMatch(
                                it ->
                                        it.version().equals("*")
                                                || order.compare(version, it.version()) < 0);
    }

    private static int compare(VersionOrder order, Event a, Event b) {
        int starts = Boolean.compare(isStart(b), isStart(a));
        if (starts != 0 || isStart(a)) {
            return starts != 0 ? starts : a.kind().compareTo(b.kind());
        }
        int versions = order.compare(a.version(), b.version());
        // What is fixed at a version was so before it is introduced there again.
        return versions != 0 ? versions : rank(a.kind()) - rank(b.kind());
    }

    private static int rank(Kind kind) {
        return kind == Kind.INTRODUCED ? 1 : 0;
    }

    /** The version that every range may start with; and a limit of no limit compares with none. */
    private static boolean isStart(Event event) {
        return (event.kind() == Kind.INTRODUCED && event.version().equals("0"))
                || (event.kind() == Kind.LIMIT && event.version().equals("*"));
    }

    /** The versions at which the hole was closed. */
    List<String> fixes() {
        return events.stream()
                .filter(event -> event.kind() == Kind.FIXED)
                .map(Event::version)
                .toList();
    }
}
