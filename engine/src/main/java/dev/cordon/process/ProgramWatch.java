package dev.cordon.process;

/** Whoever waits for a program, asked again and again while it runs. */
public interface ProgramWatch {
    /**
     * Whether it is to end at once.
     *
     * @return true if the caller gave up, or the program is no longer allowed
     */
    boolean stopped();

    /**
     * How long the caller has left.
     *
     * @return nanoseconds; {@link Long#MAX_VALUE} for no limit
     */
    long nanosLeft();

    /**
     * Something of the host failed, which the caller of the program learns nothing of.
     *
     * @param failure why a program was not started, or its directory not removed
     */
    void failed(Exception failure);
}
