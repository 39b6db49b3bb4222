package dev.cordon.wasi;

/** Holds the one input over {@link System#in}, made when it is first asked for. */
final class SystemInput {
    static final GuestInput INPUT = GuestInput.of(System.in);

    private SystemInput() {}
}
