package dev.cordon.scan;

/**
 * Where in a module something was found. Immutable.
 *
 * @param function function index with imported functions first, -1 if it is in no function
 * @param functionName its name in the {@code name} section, printable; may be empty
 * @param offset in bytes from the start of the module, -1 if it is about the module as a whole
 * @param length in bytes; 0 if it is a point
 */
public record Evidence(int function, String functionName, long offset, long length) {
    /** About the module as a whole. */
    public static final Evidence MODULE = new Evidence(-1, "", -1, 0);

    /**
     * Some bytes outside of functions.
     *
     * @param offset in bytes from the start of the module
     * @param length in bytes
     * @return the evidence
     */
    public static Evidence bytes(long offset, long length) {
        return new Evidence(-1, "", offset, length);
    }

    /**
     * The place in words.
     *
     * @return for example {@code func[12] `main` at byte 0x1f3}, empty for the module as a whole
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        if (function >= 0) {
            text.append("func[").append(function).append(']');
            if (!functionName.isEmpty()) {
                text.append(" `").append(functionName).append('`');
            }
        }
        if (offset >= 0) {
            text.append(text.isEmpty() ? "at byte 0x" : " at byte 0x");
            text.append(Long.toHexString(offset));
        }
        return text.toString();
    }
}
