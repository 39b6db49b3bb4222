package dev.cordon.wasm;

/** A proposal that extended WebAssembly 1.0, by whether this engine runs it. */
public enum Proposal {
    /** {@code i32.extend8_s} and its kin. */
    SIGN_EXTENSION("sign extension"),
    /** {@code i32.trunc_sat_f32_s} and its kin. */
    SATURATING_CONVERSIONS("saturating conversions"),
    /** {@code memory.copy}, {@code memory.fill}, passive segments. */
    BULK_MEMORY("bulk memory"),
    /** Several results, blocks with parameters. */
    MULTI_VALUE("multi-value"),
    /** {@code externref}, several tables, table instructions. */
    REFERENCE_TYPES("reference types"),
    /** Arithmetic in constant expressions. */
    EXTENDED_CONST("extended constants"),
    /** Mutable globals across the module's border. */
    MUTABLE_GLOBALS("mutable globals"),
    /** {@code return_call}. */
    TAIL_CALLS("tail calls"),
    /** {@code try_table}, {@code throw_ref}, tags. */
    EXCEPTIONS("exceptions"),

    /** {@code try}, {@code catch}, {@code delegate}, {@code rethrow}. */
    LEGACY_EXCEPTIONS(
            "legacy exceptions",
            "translate it with `wasm-opt --translate-to-exnref`, or build with"
                    + " `-mllvm -wasm-use-legacy-eh=false`"),
    /** Vectors of 128 bits. */
    SIMD("SIMD", "build without `-msimd128`, or for Rust with `-C target-feature=-simd128`"),
    /** Vector instructions whose result depends on the machine. */
    RELAXED_SIMD(
            "relaxed SIMD",
            "build without `-mrelaxed-simd`, or for Rust with `-C target-feature=-relaxed-simd`"),
    /** Atomic instructions and shared memory. */
    THREADS("threads", "build without `-pthread` and `-matomics`, for a target without threads"),
    /** More than one memory. */
    MULTI_MEMORY("multi-memory", "build it with one memory, for instance without `-mmultimemory`"),
    /** Memories and tables with 64-bit addresses. */
    MEMORY64("memory64", "build it for wasm32 instead of wasm64"),
    /** Memories whose pages are not 64 KiB. */
    CUSTOM_PAGE_SIZES("custom page sizes", "build it with pages of 64 KiB"),
    /** References to functions of one type. */
    FUNCTION_REFERENCES(
            "typed function references",
            "build it without typed references: `call_indirect` does the same through a table"),
    /** Structs, arrays and their references. */
    GC("garbage collection", "build it for a target without WebAssembly GC"),
    /** Stacks as values. */
    STACK_SWITCHING("stack switching", "build it without stack switching"),
    /** {@code i64.add128} and its kin. */
    WIDE_ARITHMETIC(
            "wide arithmetic",
            "build without `-mwide-arithmetic`, or for Rust with"
                    + " `-C target-feature=-wide-arithmetic`");

    private final String displayName;
    private final String advice;

    Proposal(String displayName) {
        this(displayName, "");
    }

    Proposal(String displayName, String advice) {
        this.displayName = displayName;
        this.advice = advice;
    }

    /**
     * The proposal's name for readers.
     *
     * @return for example {@code sign extension}
     */
    public String displayName() {
        return displayName;
    }

    /**
     * Whether this engine runs modules that use it.
     *
     * @return false if a module that uses it is refused
     */
    public boolean accepted() {
        return advice.isEmpty();
    }

    /**
     * What to tell a toolchain so that it leaves the proposal out.
     *
     * @return one line, empty for an accepted proposal
     */
    public String advice() {
        return advice;
    }
}
