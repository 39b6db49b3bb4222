package dev.cordon.wasm;

/**
 * Hears what is in a module's code and segments while it is read, in the order of the file.
 *
 * <p>Everything that it hears was found valid up to there; the module as a whole may still be
 * refused later, and then what was heard says nothing. Offsets are in bytes from the start of the
 * module.
 */
public interface ModuleVisitor {
    /** Does not listen. */
    ModuleVisitor NONE = new ModuleVisitor() {};

    /**
     * A body follows, instruction by instruction.
     *
     * @param function its function index, imported functions first
     * @param offset where the body starts, with its locals
     * @param size its bytes, locals included
     */
    default void function(int function, int offset, int size) {}

    /**
     * An instruction, {@code else} and {@code end} included.
     *
     * @param opcode its first byte
     * @param offset where it starts
     * @param end the offset after its operands
     */
    default void instruction(int opcode, int offset, int end) {}

    /**
     * An active element segment.
     *
     * @param table which table it is for
     * @param expression where the constant expression starts that says where the elements go
     * @param count how many elements
     */
    default void elements(int table, int expression, int count) {}

    /**
     * A data segment.
     *
     * @param expression where the constant expression starts that says where the bytes go, -1 for a
     *     passive segment
     * @param offset where its bytes are
     * @param size how many bytes
     */
    default void data(int expression, int offset, int size) {}
}
