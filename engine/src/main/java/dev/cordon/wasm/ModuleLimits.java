package dev.cordon.wasm;

/**
 * The fixed bounds on the size and shape of a module, with what each protects.
 *
 * <p>They are far above what compilers produce. What a plugin may use while it runs is a quota and
 * is tighter.
 */
public final class ModuleLimits {
    /** Bytes of a module: the parser's tree takes tens of times as much heap. */
    public static final int MAX_MODULE_BYTES = 64 * 1024 * 1024;

    /** Function types: each is an object and is compared by content at links. */
    public static final int MAX_TYPES = 20_000;

    /** Parameters of a function type, as in browsers. */
    public static final int MAX_PARAMETERS = 1_000;

    /** Results of a function type, as in browsers. */
    public static final int MAX_RESULTS = 1_000;

    /** Imports: the runtime compares each with each host function. */
    public static final int MAX_IMPORTS = 1_000;

    /** Functions with a body: each costs objects in the parser and slots in every instance. */
    public static final int MAX_FUNCTIONS = 100_000;

    /** Exports: each costs an entry in every instance. */
    public static final int MAX_EXPORTS = 20_000;

    /** Globals: each is an object in every instance. */
    public static final int MAX_GLOBALS = 10_000;

    /** Tables, imported ones included. */
    public static final int MAX_TABLES = 16;

    /** Elements a table may start with; the runtime's own bound. */
    public static final int MAX_TABLE_ELEMENTS = 10_000_000;

    /** Pages a memory may start with: a Java array ends just below 2 GiB. */
    public static final int MAX_INITIAL_PAGES = 32_767;

    /** Pages WebAssembly can address. */
    public static final int MAX_PAGES = 65_536;

    /** Exception tags. */
    public static final int MAX_TAGS = 1_000;

    /** Data segments: each costs objects in the parser and in every instance. */
    public static final int MAX_DATA_SEGMENTS = 100_000;

    /** Element segments. */
    public static final int MAX_ELEMENT_SEGMENTS = 50_000;

    /** Initialisers of all element segments together: some 150 bytes of heap each. */
    public static final int MAX_ELEMENTS = 1_000_000;

    /** Bytes of one function body, as in browsers. */
    public static final int MAX_BODY_BYTES = 7_654_321;

    /** Parameters and locals of one function: a JVM frame has 65,535 slots for everything. */
    public static final int MAX_LOCALS = 10_000;

    /** Parameters and locals of all functions together: the parser makes a list entry of each. */
    public static final int MAX_TOTAL_LOCALS = 5_000_000;

    /** Instructions of all functions together: the parser takes some 180 bytes of heap for each. */
    public static final int MAX_INSTRUCTIONS = 12_000_000;

    /**
     * Blocks inside blocks: compilers keep a copy of the operands for each open one. Programs in Go
     * reach some thousands, for they open one for each place where a goroutine may wait.
     */
    public static final int MAX_NESTING = 10_000;

    /** Operands waiting at one time; a JVM frame has 65,535 slots for everything. */
    public static final int MAX_OPERANDS = 4_096;

    /** Targets of one {@code br_table}: each costs a callback in the parser. */
    public static final int MAX_BRANCH_TARGETS = 65_536;

    /** Targets of all {@code br_table} instructions together. */
    public static final int MAX_TOTAL_BRANCH_TARGETS = 2_000_000;

    /** Handlers of one {@code try_table}. */
    public static final int MAX_HANDLERS = 10_000;

    /** Instructions of one constant expression. */
    public static final int MAX_CONSTANT_INSTRUCTIONS = 1_000;

    /** Custom sections. */
    public static final int MAX_CUSTOM_SECTIONS = 1_000;

    /** Bytes of all custom sections together. */
    public static final int MAX_CUSTOM_BYTES = 16 * 1024 * 1024;

    /** Bytes of the name of an import, an export or a custom section. */
    public static final int MAX_NAME_BYTES = 4_096;

    /**
     * Steps that the parser takes from branches to the blocks they leave and from the end of a loop
     * over its siblings; both grow with the square of a function's size.
     */
    public static final long MAX_LABEL_STEPS = 300_000_000L;

    /**
     * Operands moved for calls, blocks and branches in a module of no bytes; {@link
     * #OPERAND_STEPS_PER_BYTE} more are allowed for each byte. An honest module needs about one a
     * byte, while calls of a function with 1,000 parameters need 500.
     */
    public static final long MIN_OPERAND_STEPS = 10_000_000L;

    /** Operands moved for calls, blocks and branches, for each byte of the module. */
    public static final long OPERAND_STEPS_PER_BYTE = 4;

    private ModuleLimits() {}
}
