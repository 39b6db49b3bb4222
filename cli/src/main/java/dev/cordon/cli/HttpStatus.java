package dev.cordon.cli;

import dev.cordon.error.ErrorCode;

/** Which status of HTTP stands for which error. */
final class HttpStatus {
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int PLUGIN_ERROR = 422;
    private static final int BUSY = 429;
    private static final int DEFECT = 500;
    private static final int PLUGIN_FAILED = 502;
    private static final int UNAVAILABLE = 503;
    private static final int LATE = 504;
    private static final int LOOP = 508;

    private HttpStatus() {}

    /** The status; what is not named here means that the plugin cannot be called. */
    static int of(ErrorCode code) {
        switch (code) {
            case USAGE:
            case PAYLOAD:
                return BAD_REQUEST;
            case CAPABILITY_DENIED:
            case MISSING_GRANT:
                return FORBIDDEN;
            case NO_HANDLER:
            case UNKNOWN_COMMAND:
                return NOT_FOUND;
            case PAYLOAD_TOO_LARGE:
                return TOO_LARGE;
            case PLUGIN_ERROR:
                return PLUGIN_ERROR;
            case BUSY:
                return BUSY;
            case INTERNAL:
                return DEFECT;
            case DEADLINE_EXCEEDED:
                return LATE;
            case CHAIN_EXCEEDED:
                return LOOP;
            case TRAP:
            case HANDLER_FAILED:
            case OUT_OF_FUEL:
            case MEMORY_EXCEEDED:
            case TABLE_EXCEEDED:
            case CALL_DEPTH_EXCEEDED:
            case OUTPUT_EXCEEDED:
            case REFERENCES_EXCEEDED:
            case LOG_EXCEEDED:
            case DISK_EXCEEDED:
            case OPEN_FILES_EXCEEDED:
            case DATA_EXCEEDED:
                return PLUGIN_FAILED;
            default:
                return UNAVAILABLE;
        }
    }
}
