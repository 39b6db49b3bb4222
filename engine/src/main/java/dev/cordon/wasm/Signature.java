package dev.cordon.wasm;

/** The parameters and results of a function, a block or a tag, as value type bytes. */
final class Signature {
    static final byte[] NONE = {};

    private final byte[] parameters;
    private final byte[] results;

    Signature(byte[] parameters, byte[] results) {
        this.parameters = parameters;
        this.results = results;
    }

    byte[] parameters() {
        return parameters;
    }

    byte[] results() {
        return results;
    }

    int size() {
        return parameters.length + results.length;
    }

    /**
     * Whether a block can be left the way it was entered, as an {@code if} without {@code else}.
     */
    boolean keepsOperands() {
        return java.util.Arrays.equals(parameters, results);
    }

    @Override
    public String toString() {
        return list(parameters) + " -> " + list(results);
    }

    private static String list(byte[] types) {
        StringBuilder text = new StringBuilder("(");
        for (byte type : types) {
            text.append(text.length() > 1 ? ", " : "").append(ValueTypes.name(type));
        }
        return text.append(')').toString();
    }
}
