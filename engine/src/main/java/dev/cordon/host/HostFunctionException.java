package dev.cordon.host;

/**
 * A function of the application says no, and the guest is to know why.
 *
 * <p>The guest's call answers -6 with the message as the response. Any other exception is a failure
 * of the application: the guest is stopped, and learns nothing of it.
 */
public final class HostFunctionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String text;

    /**
     * Carries a text to the guest.
     *
     * @param text what it reads as the response
     */
    public HostFunctionException(String text) {
        super(text);
        this.text = text;
    }

    /**
     * What the guest reads.
     *
     * @return the text
     */
    public String text() {
        return text;
    }
}
