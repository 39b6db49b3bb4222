package dev.cordon;

import dev.cordon.error.CordonException;
import dev.cordon.error.InternalException;

/** What the end of a call tells of its plugin. */
final class Crashes {
    /** What an end tells. */
    enum Kind {
        /** The plugin did its work, if only by answering with an error. */
        ANSWERED,
        /** It was stopped by its own fault. */
        CRASHED,
        /** Nothing: it did not run, or what stopped it need not be its fault. */
        UNDECIDED
    }

    private Crashes() {}

    /**
     * Judges a call that was not answered.
     *
     * @param failure what ended it
     * @param lowered whether the call had less than the plugin's own quota
     */
    static Kind kind(Throwable failure, boolean lowered) {
        if (failure instanceof VirtualMachineError) {
            return Kind.UNDECIDED; // the heap is everybody's, and the stack is the caller's
        }
        if (!(failure instanceof CordonException typed) || failure instanceof InternalException) {
            return Kind.CRASHED;
        }
        switch (typed.code()) {
            case PLUGIN_ERROR:
                return Kind.ANSWERED;
            case TRAP:
                return Kind.CRASHED;
            case OUT_OF_FUEL:
            case DEADLINE_EXCEEDED:
            case MEMORY_EXCEEDED:
            case TABLE_EXCEEDED:
            case CALL_DEPTH_EXCEEDED:
            case OUTPUT_EXCEEDED:
            case REFERENCES_EXCEEDED:
            case LOG_EXCEEDED:
            case DISK_EXCEEDED:
            case OPEN_FILES_EXCEEDED:
            case DATA_EXCEEDED:
                return lowered ? Kind.UNDECIDED : Kind.CRASHED;
            default:
                return Kind.UNDECIDED;
        }
    }
}
