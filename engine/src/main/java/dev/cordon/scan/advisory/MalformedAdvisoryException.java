package dev.cordon.scan.advisory;

/** A file that is no advisory; the message says why, printable. */
final class MalformedAdvisoryException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedAdvisoryException(String why) {
        super(why);
    }
}
