package dev.cordon.guest;

/** Fuel that a guest is charged when the host function that it called is done. Not thread-safe. */
final class FuelDebt {
    private long owed;

    void add(long fuel) {
        owed += fuel;
    }

    /** What is owed, which is then forgotten. */
    long take() {
        long fuel = owed;
        owed = 0;
        return fuel;
    }
}
