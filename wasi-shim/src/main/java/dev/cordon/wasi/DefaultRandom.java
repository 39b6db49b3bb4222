package dev.cordon.wasi;

/** Holds the secure source that configurations start with, so that they share one. */
final class DefaultRandom {
    static final RandomSource SOURCE = RandomSource.secure();

    private DefaultRandom() {}
}
