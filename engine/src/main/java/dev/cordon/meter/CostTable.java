package dev.cordon.meter;

import com.dylibso.chicory.wasm.types.OpCode;

/**
 * What an instruction costs: one unit each, more where it makes the host work more.
 *
 * <p>Work whose size shows only when it runs (bulk operations, growth, bytes copied by host
 * functions) is charged by the runtime when it happens.
 */
public final class CostTable {
    /** Changes whenever a cost does, so that no cached code of another table is used. */
    public static final String SCHEMA = "fuel-2";

    /** A throw walks handlers and allocates; a guest may do millions. */
    private static final int THROW = 500;

    private CostTable() {}

    /** Units for one execution of {@code op}. */
    static int of(OpCode op) {
        switch (op) {
            case END:
            case ELSE:
                return 0;
            case CALL:
            case RETURN_CALL:
                return 3;
            case CALL_INDIRECT:
            case RETURN_CALL_INDIRECT:
                return 5;
            case THROW:
            case THROW_REF:
                return THROW;
            default:
                return 1;
        }
    }

    /** Units for entering a function: locals are zeroed, eight at a time. */
    static int entry(int declaredLocals) {
        return 1 + (declaredLocals + 7) / 8;
    }
}
