package dev.cordon.guest;

/** What the functions of guest ABI 1 answer when they do not answer with a length. */
final class Result {
    static final int OK = 0;
    static final int DENIED = -1;
    static final int NOT_FOUND = -2;
    static final int INVALID = -3;
    static final int TOO_LARGE = -4;
    static final int QUOTA = -5;
    static final int FAILED = -6;
    static final int CONFLICT = -7;
    static final int UNAVAILABLE = -8;

    private Result() {}

    /** What a negative result means. */
    static String text(int result) {
        switch (result) {
            case DENIED:
                return "denied";
            case NOT_FOUND:
                return "not found";
            case INVALID:
                return "invalid argument";
            case TOO_LARGE:
                return "too large";
            case QUOTA:
                return "quota";
            case FAILED:
                return "failed";
            case CONFLICT:
                return "conflict";
            default:
                return "unavailable";
        }
    }
}
