package dev.cordon.guest;

/** The version of what {@code data_get} last returned, for {@code data_version}. */
final class DataRead {
    private long version;

    /** Notes a version; 0 if there was nothing to read. */
    void noted(long next) {
        version = next;
    }

    long version() {
        return version;
    }
}
