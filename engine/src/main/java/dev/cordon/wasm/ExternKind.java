package dev.cordon.wasm;

/** What an import or an export is, in the order of the binary format's numbers. */
public enum ExternKind {
    /** A function. */
    FUNCTION,
    /** A table. */
    TABLE,
    /** A linear memory. */
    MEMORY,
    /** A global. */
    GLOBAL,
    /** An exception tag. */
    TAG;

    private final String displayName = name().toLowerCase(java.util.Locale.ROOT);

    /**
     * The kind in words.
     *
     * @return for example {@code function}
     */
    public String displayName() {
        return displayName;
    }
}
