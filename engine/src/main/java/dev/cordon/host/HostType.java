package dev.cordon.host;

import java.lang.reflect.Type;
import java.util.Map;

/**
 * How a Java type crosses to a guest. Immutable.
 *
 * @param form which way
 * @param java the type
 */
public record HostType(Form form, Type java) {
    private static final Map<Type, Form> FORMS =
            Map.ofEntries(
                    Map.entry(int.class, Form.I32),
                    Map.entry(Integer.class, Form.I32),
                    Map.entry(long.class, Form.I64),
                    Map.entry(Long.class, Form.I64),
                    Map.entry(float.class, Form.F32),
                    Map.entry(Float.class, Form.F32),
                    Map.entry(double.class, Form.F64),
                    Map.entry(Double.class, Form.F64),
                    Map.entry(boolean.class, Form.BOOLEAN),
                    Map.entry(Boolean.class, Form.BOOLEAN),
                    Map.entry(String.class, Form.TEXT),
                    Map.entry(byte[].class, Form.BYTES),
                    Map.entry(void.class, Form.NOTHING),
                    Map.entry(Void.class, Form.NOTHING),
                    Map.entry(HostContext.class, Form.CONTEXT));

    /** The ways across. */
    public enum Form {
        /** An {@code int}. */
        I32,
        /** A {@code long}. */
        I64,
        /** A {@code float}. */
        F32,
        /** A {@code double}. */
        F64,
        /** A {@code boolean}: an i32 that is 0 or not. */
        BOOLEAN,
        /** A {@code String}: UTF-8. */
        TEXT,
        /** A {@code byte[]}. */
        BYTES,
        /** Any other class: JSON in UTF-8, by Jackson. */
        JSON,
        /** A result that is none. */
        NOTHING,
        /** A {@link HostContext}, which the guest does not pass. */
        CONTEXT;

        /**
         * Whether a parameter is a range of memory.
         *
         * @return true for text, bytes and JSON, which are a pointer and a length
         */
        public boolean isRange() {
            return this == TEXT || this == BYTES || this == JSON;
        }
    }

    /**
     * The way of a type.
     *
     * @param java any type
     * @return how it crosses; whatever has no way of its own is JSON
     */
    public static HostType of(Type java) {
        return new HostType(FORMS.getOrDefault(java, Form.JSON), java);
    }
}
