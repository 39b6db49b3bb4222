package dev.cordon.cli;

import dev.cordon.error.ErrorCode;

/** The statuses that {@code cordon} exits with and that no error code stands for. */
final class ExitStatus {
    /** It worked. */
    static final int SUCCESS = 0;

    /** {@code serve} was told to end and could not in time. */
    static final int LATE = 124;

    private static final int GREATEST_OF_A_GUEST = 119;

    private ExitStatus() {}

    /** What a guest's own status becomes: those above 119 would be taken for statuses of ours. */
    static int ofGuest(int status) {
        return Integer.compareUnsigned(status, GREATEST_OF_A_GUEST) > 0
                ? GREATEST_OF_A_GUEST
                : status;
    }

    /** The status of a call that ended with an error. */
    static int of(ErrorCode code) {
        return code.exitStatus();
    }
}
