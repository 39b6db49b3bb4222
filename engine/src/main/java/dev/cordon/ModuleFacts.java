package dev.cordon;

import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.PluginKind;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is in a plugin's file, found without running any of it. Immutable.
 *
 * @param name the file's name, printable
 * @param digest SHA-256 of the module's bytes, 64 hexadecimal digits
 * @param sizeBytes how large the module is
 * @param kind what kind of plugin it is
 * @param manifest what it says about itself, or what its exports say
 * @param imports what it needs, in the file's order
 * @param exports what it offers, in the file's order
 * @param memory pages of 64 KiB that it starts with and may have; both 0 without a memory
 * @param tables elements that its tables start with and may have
 * @param proposals WebAssembly proposals that it uses, sorted
 * @param capabilities grants that its requests and imports are good for, sorted
 * @param runsAtStart whether a function runs when it is instantiated
 * @param interpretedFunctions functions that are too large for the JVM, by name or number; they run
 *     in the interpreter
 * @param unknownImports imports that this engine does not offer; unless the application does, the
 *     module cannot be loaded
 * @param signers who is said to have signed it; no policy was asked
 */
public record ModuleFacts(
        String name,
        String digest,
        long sizeBytes,
        PluginKind kind,
        Manifest manifest,
        List<Import> imports,
        List<Export> exports,
        Size memory,
        List<Size> tables,
        List<String> proposals,
        List<String> capabilities,
        boolean runsAtStart,
        List<String> interpretedFunctions,
        List<String> unknownImports,
        List<String> signers) {
    /**
     * Something that the module needs.
     *
     * @param module first name, printable
     * @param name second name, printable
     * @param kind {@code function}, {@code memory}, {@code table}, {@code global} or {@code tag}
     * @param type as text, for example {@code (i32, i32) -> (i32)}
     */
    public record Import(String module, String name, String kind, String type) {}

    /**
     * Something that the module offers.
     *
     * @param name printable
     * @param kind {@code function}, {@code memory}, {@code table}, {@code global} or {@code tag}
     * @param type of a function, as text; empty for the others
     */
    public record Export(String name, String kind, String type) {}

    /**
     * How large a memory or a table is.
     *
     * @param minimum what it starts with
     * @param maximum what it may grow to; empty if the module sets no bound
     */
    public record Size(long minimum, OptionalLong maximum) {}
}
