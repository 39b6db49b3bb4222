package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.trust.crypto.Rejection;
import java.util.concurrent.Callable;

/** Runs code that reads what strangers wrote with parsers that throw whatever they like. */
final class Strangers {
    private static final int MAX_SHOWN = 150;

    private Strangers() {}

    /**
     * Turns everything that a parser throws into a refusal.
     *
     * @param what is read, for the message
     * @param code of the refusal
     * @param reading is done here
     * @return what the reading gives
     * @throws Rejection if it fails in any way
     */
    static <T> T read(String what, ErrorCode code, Callable<T> reading) {
        try {
            return reading.call();
        } catch (Rejection rejected) {
            throw rejected;
        } catch (Exception broken) {
            String why = GuestText.printable(String.valueOf(broken.getMessage()), MAX_SHOWN);
            throw new Rejection(code, what + " cannot be read: " + why);
        } catch (StackOverflowError deep) { // values inside of values that the parser unpacks
            throw new Rejection(code, what + " is nested too deep");
        }
    }
}
