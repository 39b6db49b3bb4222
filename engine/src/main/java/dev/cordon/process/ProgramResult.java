package dev.cordon.process;

/**
 * How a program ended.
 *
 * @param ending in which way
 * @param status what it exited with, or 128 and the signal that ended it; 0 if it was stopped
 * @param stdout what it wrote; empty if it was stopped
 * @param stderr what it wrote; empty if it was stopped
 */
public record ProgramResult(Ending ending, int status, byte[] stdout, byte[] stderr) {
    private static final byte[] NOTHING = {};

    /** The ways to end. */
    public enum Ending {
        /** By itself. */
        EXITED,
        /** It wrote too much. */
        TOO_LARGE,
        /** It ran for too long. */
        LATE,
        /** Its caller stopped it. */
        STOPPED,
        /** It was not started: too many are running. */
        BUSY,
        /** It could not be started. */
        NOT_STARTED
    }

    static ProgramResult of(Ending ending) {
        return new ProgramResult(ending, 0, NOTHING, NOTHING);
    }
}
