package dev.cordon.process;

/** Why a file is not started. */
final class RefusedProgramException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedProgramException(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
