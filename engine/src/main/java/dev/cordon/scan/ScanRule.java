package dev.cordon.scan;

import java.util.Arrays;
import java.util.Optional;

/**
 * The rules of the scan: their stable ids, what they mean and what to do about a finding.
 *
 * <p>The level is what most findings of the rule weigh; a finding's own level may differ and says
 * so in its message.
 */
public enum ScanRule {
    /** The bytes are no module that this engine reads. */
    MALFORMED(
            "WVS-F001",
            Level.CRITICAL,
            "not a module that can be read",
            "The bytes break the format or a rule of validation, or the manifest cannot be"
                    + " understood. What cannot be read has not been scanned.",
            "build it again with an up-to-date toolchain, and check the download"),
    /** Two readers would read two different modules. */
    DIFFERENTIAL(
            "WVS-F002",
            Level.CRITICAL,
            "readers may disagree about it",
            "A section claims more things than it has bytes (critical), or one that says what is in"
                    + " the plugin is there twice (high or medium): two tools can see two plugins.",
            "build it again; no toolchain writes this"),
    /** It is larger than the engine takes, or than plugins are. */
    SIZE(
            "WVS-F003",
            Level.CRITICAL,
            "larger than modules are",
            "The module is beyond a fixed bound of the engine (critical), or beyond what nearly all"
                    + " plugins need (low), which makes it slow to load.",
            "split the plugin, or leave out what it does not need"),
    /** Section sizes are written longer than they need to be. */
    PADDED_SECTION(
            "WVS-F004",
            Level.LOW,
            "padded section size",
            "Sizes of sections are written in more bytes than they need. Some linkers do so; tools"
                    + " that rewrite the module change its digest.",
            "nothing needs to be done, or rewrite it with `wasm-opt` before it is signed"),
    /** An import that the host does not have. */
    UNKNOWN_IMPORT(
            "WVS-C001",
            Level.HIGH,
            "import that the host does not offer",
            "The module needs something that this engine does not offer; it cannot be loaded.",
            "build it against the host functions of this engine, or for another host"),
    /** An import that needs more than the manifest asks for. */
    UNDECLARED_CAPABILITY(
            "WVS-C002",
            Level.HIGH,
            "uses a capability that it does not ask for",
            "The manifest does not request what an import is good for. Environment and random bytes"
                    + " weigh low, since language run-times import them unasked.",
            "add the request to the manifest, or build it without the import"),
    /** A request that nothing in the module could use. */
    UNUSED_REQUEST(
            "WVS-C003",
            Level.MEDIUM,
            "asks for a capability that it cannot use",
            "The manifest requests something, and no import or export of the module could use it."
                    + " Whoever grants it grants too much.",
            "remove the request from the manifest"),
    /** WASI functions that reach out, and no manifest that says why. */
    POWERFUL_IMPORT(
            "WVS-C004",
            Level.MEDIUM,
            "imports WASI functions that reach out",
            "Sockets (medium) or files (low) are imported, and no manifest asks for them. They do"
                    + " nothing without a grant. Exit and random bytes are imported by nearly all programs.",
            "grant them only if the plugin needs them"),
    /** State that is shared with whoever instantiates it. */
    IMPORTED_STATE(
            "WVS-C005",
            Level.MEDIUM,
            "imports a memory, a table or a variable",
            "The module wants to share state with its host or with another module.",
            "link it without `--import-memory` and `--import-table`"),
    /** Memory that starts or may grow beyond the quota. */
    MEMORY_SIZE(
            "WVS-R001",
            Level.HIGH,
            "memory beyond its quota",
            "The memory starts with more than its quota (high), or declares no maximum (low), so"
                    + " that only the quota bounds it.",
            "let it start with less, and link it with `--max-memory`"),
    /** Tables that start beyond the quota. */
    TABLE_SIZE(
            "WVS-R002",
            Level.HIGH,
            "table beyond its quota",
            "A table starts with more elements than its quota (high), or declares that it may grow"
                    + " beyond it (low).",
            "let it start with fewer elements"),
    /** Code that runs before the first call. */
    START_FUNCTION(
            "WVS-R003",
            Level.MEDIUM,
            "runs code when it is instantiated",
            "A start function runs before anybody calls the plugin.",
            "do the same in `_initialize`, or make sure that you know what it does"),
    /** Code that cannot end. */
    ENDLESS(
            "WVS-R004",
            Level.LOW,
            "a loop or a recursion without an end",
            "A loop has no way out, or a function calls itself before it decides anything. Fuel and"
                    + " deadline stop it.",
            "nothing needs to be done if the deadline is set"),
    /** Segments that do not fit. */
    SEGMENT_BOUNDS(
            "WVS-R005",
            Level.MEDIUM,
            "a segment beyond its memory or table",
            "A data or element segment goes beyond what its memory or table starts with, so that"
                    + " the module traps when it is instantiated.",
            "build it again; linkers do not write this"),
    /** State that others can change. */
    EXPORTED_STATE(
            "WVS-E001",
            Level.MEDIUM,
            "exports a table or a variable",
            "Whoever instantiates the module can change its table or its globals. This engine does"
                    + " not.",
            "link it without `--export-table` and exported variables"),
    /** A proposal outside the profile. */
    UNSUPPORTED_PROPOSAL(
            "WVS-X001",
            Level.CRITICAL,
            "uses a proposal that is not supported",
            "The module uses a WebAssembly proposal that the engine's profile leaves out. It is"
                    + " refused, and what follows has not been scanned.",
            "the message says what to tell the toolchain"),
    /** Code that looks like a hash function or a cipher. */
    HASH_KERNEL(
            "WVS-M001",
            Level.LOW,
            "computes hashes, as miners do",
            "A function mixes bits as hash functions and ciphers do, beside known constants (low),"
                    + " and beside the address of a mining pool or a wallet (high).",
            "ask what the plugin hashes; limit its fuel and its CPU share"),
    /** Data that looks packed. */
    PACKED_DATA(
            "WVS-O001",
            Level.MEDIUM,
            "packed data or another program inside",
            "Data looks compressed, encrypted or random (4 KiB: low, 64 KiB: medium), or holds a"
                    + " program or an archive (medium). Tables of ciphers look the same.",
            "ask what the data is"),
    /** Names that mislead a reader. */
    MISLEADING_NAME(
            "WVS-O002",
            Level.MEDIUM,
            "misleading name",
            "A function, import or export has a name with invisible characters, with letters of"
                    + " scripts that look alike, or a name of a host function that it is not.",
            "do not trust the names in this module"),
    /** A program in a program. */
    INTERPRETER(
            "WVS-O003",
            Level.LOW,
            "contains an interpreter",
            "One large function decides by a large branch table, as interpreters do. What the"
                    + " interpreted program does cannot be seen by this scan.",
            "scan the interpreted program too"),
    /** Something that should have stayed at home. */
    SECRET(
            "WVS-S001",
            Level.HIGH,
            "embedded secret",
            "Data or a custom section holds a private key or an access token (high), or a value"
                    + " that is called a secret and looks like one (medium).",
            "revoke the secret, and pass it as configuration"),
    /** Texts that say where it wants to go. */
    SUSPICIOUS_TEXT(
            "WVS-S002",
            Level.MEDIUM,
            "suspicious text",
            "Data holds addresses of mining pools, wallets, bare network addresses or fragments of"
                    + " shell scripts (medium), paths of shells and passwords or plain URLs (low).",
            "ask what the text is for; grant no network that it does not need"),
    /** A part with a known hole. */
    VULNERABLE_COMPONENT(
            "WVS-V001",
            Level.HIGH,
            "vulnerable component",
            "A list of parts names a version that an advisory speaks of. The level is that of the"
                    + " advisory; one without severity weighs high.",
            "build it with a fixed version"),
    /** No list of parts. */
    NO_SBOM(
            "WVS-V002",
            Level.MEDIUM,
            "no software bill of materials",
            "The policy requires a list of the plugin's parts, and there is none.",
            "build it with one, for example with `cargo auditable`"),
    /** A list of parts that cannot be read. */
    MALFORMED_SBOM(
            "WVS-V003",
            Level.HIGH,
            "software bill of materials that cannot be read",
            "A list of parts is there and is broken, too large, or contradicts itself, so that"
                    + " vulnerable parts may be hidden.",
            "build it again"),
    /** An old toolchain. */
    OLD_TOOLCHAIN(
            "WVS-P001",
            Level.LOW,
            "old toolchain",
            "The `producers` section names a toolchain that is older than the policy's floor.",
            "build it with a newer toolchain");

    private final String id;
    private final Level level;
    private final String title;
    private final String explanation;
    private final String help;

    ScanRule(String id, Level level, String title, String explanation, String help) {
        this.id = id;
        this.level = level;
        this.title = title;
        this.explanation = explanation;
        this.help = help;
    }

    /**
     * The rule with an id.
     *
     * @param id for example {@code WVS-S001}
     * @return empty if there is none
     */
    public static Optional<ScanRule> of(String id) {
        return Arrays.stream(values()).filter(rule -> rule.id.equals(id)).findFirst();
    }

    /**
     * The rule's name for ever.
     *
     * @return for example {@code WVS-S001}
     */
    public String id() {
        return id;
    }

    /**
     * What most of its findings weigh.
     *
     * @return the default level
     */
    public Level level() {
        return level;
    }

    /**
     * The rule in a few words.
     *
     * @return text without a full stop
     */
    public String title() {
        return title;
    }

    /**
     * What a finding means, and when it weighs more or less.
     *
     * @return some sentences
     */
    public String explanation() {
        return explanation;
    }

    /**
     * What to do about a finding.
     *
     * @return one line
     */
    public String help() {
        return help;
    }

    /**
     * Whether a host may say that findings of this rule do not count.
     *
     * @return false for those that mean that the plugin was not scanned to its end
     */
    public boolean suppressible() {
        return level != Level.CRITICAL;
    }
}
