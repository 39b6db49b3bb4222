package dev.cordon.wasm;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What is in a module, without its code and data. Immutable, and keeps no reference to the bytes.
 *
 * <p>Offsets and sizes are in bytes from the start of the module. Functions with a body are counted
 * from 0 in the order of the code section; "function index" counts imported functions first.
 */
public final class ModuleOutline {
    private final List<ImportedItem> imports;
    private final List<ExportedItem> exports;
    private final List<DeclaredTable> tables;
    private final Optional<DeclaredSize> memory;
    private final List<CustomSection> customSections;
    private final Set<Proposal> proposals;
    private final List<Signature> signatures;
    private final int[] typeOfFunction;
    private final int importedFunctions;
    private final int globals;
    private final boolean hasStart;
    private final int startFunction;
    private final BitSet mutableGlobals;
    private final boolean throwsExceptions;
    private final int codeOffset;
    private final int codeSize;
    private final FunctionBodies bodies;

    ModuleOutline(ModuleSpace space) {
        imports = List.copyOf(space.imports);
        exports = List.copyOf(space.exports);
        tables = List.copyOf(space.tables);
        memory = Optional.ofNullable(space.memory);
        customSections = List.copyOf(space.customSections);
        proposals = Set.copyOf(space.proposals);
        signatures = List.copyOf(space.types);
        typeOfFunction = space.typeOfFunction();
        importedFunctions = space.importedFunctions;
        globals = space.globals();
        hasStart = space.hasStart;
        startFunction = space.startFunction;
        mutableGlobals = (BitSet) space.mutableGlobals.clone();
        throwsExceptions = space.proposals.contains(Proposal.EXCEPTIONS);
        codeOffset = space.codeOffset;
        codeSize = space.codeSize;
        bodies = space.bodies;
    }

    /**
     * What the module needs.
     *
     * @return the imports in their order
     */
    public List<ImportedItem> imports() {
        return imports;
    }

    /**
     * What the module offers.
     *
     * @return the exports in their order; no two have the same name
     */
    public List<ExportedItem> exports() {
        return exports;
    }

    /**
     * The tables, imported ones first.
     *
     * @return at most {@link ModuleLimits#MAX_TABLES}
     */
    public List<DeclaredTable> tables() {
        return tables;
    }

    /**
     * The linear memory, imported or not, in pages of 64 KiB.
     *
     * @return empty if there is none
     */
    public Optional<DeclaredSize> memory() {
        return memory;
    }

    /**
     * The custom sections in their order.
     *
     * @return where they are; those that the engine reads are there once at most
     */
    public List<CustomSection> customSections() {
        return customSections;
    }

    /**
     * The first custom section of a name.
     *
     * @param name the whole name
     * @return empty if there is none
     */
    public Optional<CustomSection> customSection(String name) {
        return customSections.stream().filter(it -> it.name().equals(name)).findFirst();
    }

    /**
     * The proposals that the module uses, all of them accepted ones.
     *
     * @return in no order
     */
    public Set<Proposal> proposals() {
        return proposals;
    }

    /**
     * The type of a function.
     *
     * @param function its function index
     * @return for example {@code (i32, i32) -> (i64)}
     */
    public String functionType(int function) {
        return signatures.get(typeOfFunction[function]).toString();
    }

    /**
     * How many functions the module imports.
     *
     * @return 0 to {@link ModuleLimits#MAX_IMPORTS}
     */
    public int importedFunctions() {
        return importedFunctions;
    }

    /**
     * How many functions there are, imported ones included.
     *
     * @return one more than the highest function index
     */
    public int totalFunctions() {
        return typeOfFunction.length;
    }

    /**
     * How many globals there are, imported ones included.
     *
     * @return one more than the highest global index
     */
    public int globals() {
        return globals;
    }

    /**
     * Whether a function runs when the module is instantiated.
     *
     * @return true if there is a start section
     */
    public boolean hasStart() {
        return hasStart;
    }

    /**
     * The function that runs when the module is instantiated.
     *
     * @return its function index, empty if there is none
     */
    public OptionalInt startFunction() {
        return hasStart ? OptionalInt.of(startFunction) : OptionalInt.empty();
    }

    /**
     * Whether a global can be set.
     *
     * @param global its index, imported ones first
     * @return false for a constant
     */
    public boolean isMutable(int global) {
        return mutableGlobals.get(global);
    }

    /**
     * Whether the module throws, catches or declares exceptions.
     *
     * @return false if it does nothing of the kind
     */
    public boolean usesExceptions() {
        return throwsExceptions;
    }

    /**
     * Where the content of the code section starts.
     *
     * @return the offset after the section's header, 0 if there is no code section
     */
    public int codeOffset() {
        return codeOffset;
    }

    /**
     * How long the content of the code section is.
     *
     * @return bytes
     */
    public int codeSize() {
        return codeSize;
    }

    /**
     * Where the bodies of the functions are and how much is in them.
     *
     * @return one entry for each function with a body
     */
    public FunctionBodies bodies() {
        return bodies;
    }
}
