package dev.cordon.trust;

/** The forms in which a plugin can be signed. */
public enum SignatureKind {
    /** Inside the module, as wasmsign2 writes it. */
    WASMSIG("wasmsig"),
    /** In {@code NAME.wasm.p7s} beside it. */
    CMS("cms"),
    /** In {@code NAME.wasm.minisig} beside it. */
    MINISIGN("minisign");

    private final String text;

    SignatureKind(String text) {
        this.text = text;
    }

    /**
     * The kind as manifests name it.
     *
     * @return for example {@code wasmsig}
     */
    public String text() {
        return text;
    }
}
