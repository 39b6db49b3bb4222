package dev.cordon.scan.sbom;

import dev.cordon.scan.Component;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds out whether a custom section is a software bill of materials, and reads it. */
public final class SbomReader {
    /** Most bytes of one document, inflated: what a reader must be ready to hold. */
    public static final int MAX_BYTES = 8 * 1024 * 1024;

    /** Most components of one document. */
    public static final int MAX_COMPONENTS = 50_000;

    private static final String AUDITABLE = ".dep-v0";
    private static final Set<String> NAMES =
            Set.of(
                    "sbom",
                    "cordon.sbom",
                    "bom.json",
                    "sbom.json",
                    "cyclonedx",
                    "cyclonedx.json",
                    "sbom.cdx.json",
                    "spdx",
                    "spdx.json",
                    "sbom.spdx.json");

    /** How far into a document of unknown name its kind must be told. */
    private static final int HEAD = 4_096;

    private SbomReader() {}

    /**
     * Whether a custom section lists components.
     *
     * @param name the section's name
     * @param module the bytes that it is in
     * @param offset where its content starts
     * @param size how long its content is
     * @return true if {@link #read} should read it
     */
    public static boolean recognises(String name, byte[] module, int offset, int size) {
        if (name.equals(AUDITABLE) || NAMES.contains(name.toLowerCase(Locale.ROOT))) {
            return true;
        }
        int length = Math.min(size, HEAD);
        String head = new String(module, offset, length, StandardCharsets.ISO_8859_1);
        return head.stripLeading().startsWith("{")
                && (head.contains("\"bomFormat\"") || head.contains("\"spdxVersion\""));
    }

    /**
     * Reads the components that a section names.
     *
     * @param name the section's name
     * @param module the bytes that it is in
     * @param offset where its content starts
     * @param size how long its content is
     * @return in the document's order, at most {@link #MAX_COMPONENTS}
     * @throws MalformedSbomException if it is broken, too large or contradicts itself
     */
    public static List<Component> read(String name, byte[] module, int offset, int size)
            throws MalformedSbomException {
        if (name.equals(AUDITABLE)) {
            return AuditableReader.read(Inflation.of(module, offset, size, MAX_BYTES));
        }
        if (size > MAX_BYTES) {
            throw new MalformedSbomException("it has more than " + MAX_BYTES + " bytes");
        }
        return SbomDocument.read(Arrays.copyOfRange(module, offset, offset + size));
    }
}
