package dev.cordon.host;

/**
 * One parameter of a function of the application. Immutable.
 *
 * @param type how it crosses
 * @param maxBytes the most bytes that it may have, where it is a range of memory
 */
public record HostParameter(HostType type, int maxBytes) {
    /**
     * Checks the parameter.
     *
     * @throws dev.cordon.error.UsageException if it is nothing, or the limit is out of bounds
     */
    public HostParameter {
        HostTerms.requireBytes(maxBytes);
        if (type.form() == HostType.Form.NOTHING) {
            throw HostTerms.bad("a parameter cannot be `void`", "leave it out");
        }
    }
}
