package dev.cordon.scan;

/**
 * A part of a plugin, as its software bill of materials names it; nothing proves that it is there.
 *
 * @param ecosystem where names mean something, as advisories call it, for example {@code
 *     crates.io}; empty if it is not known
 * @param name for example {@code serde}
 * @param version for example {@code 1.0.2}; may be empty
 */
public record Component(String ecosystem, String name, String version) {
    /**
     * The part in words.
     *
     * @return {@code name version}, not yet printable
     */
    public String label() {
        return version.isEmpty() ? name : name + " " + version;
    }
}
