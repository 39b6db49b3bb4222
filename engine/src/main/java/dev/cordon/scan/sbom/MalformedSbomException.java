package dev.cordon.scan.sbom;

/** A software bill of materials that cannot be read; the message says why, printable. */
public final class MalformedSbomException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedSbomException(String why) {
        super(why);
    }
}
