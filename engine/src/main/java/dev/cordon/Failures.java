package dev.cordon;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InternalException;
import dev.cordon.error.QuotaExceededException;

/** Whatever can end a call, as one typed error. */
final class Failures {
    private Failures() {}

    static CordonException typed(String plugin, Throwable failure) {
        if (failure instanceof CordonException typed) {
            return typed;
        }
        if (failure instanceof OutOfMemoryError) {
            return new QuotaExceededException(
                    ErrorCode.MEMORY_EXCEEDED,
                    plugin,
                    "needed more Java heap than there is",
                    "lower the memory quota or the number of instances, or give the JVM more heap",
                    failure);
        }
        if (failure instanceof StackOverflowError) {
            return new QuotaExceededException(
                    ErrorCode.CALL_DEPTH_EXCEEDED,
                    plugin,
                    "was called with too little Java stack left",
                    "call it from a thread with a larger stack",
                    failure);
        }
        return new InternalException(
                ErrorCode.INTERNAL,
                plugin,
                "the engine failed with " + failure.getClass().getName(),
                "report it to Cordon with the cause below; the plugin is not to blame",
                failure);
    }
}
