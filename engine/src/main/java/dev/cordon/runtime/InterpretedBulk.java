package dev.cordon.runtime;

/** Instructions on tables and segments and on stretches of memory. */
final class InterpretedBulk {
    private InterpretedBulk() {}

    /** Whether an instruction is one of these; each has two ints behind it. */
    static boolean handles(int op) {
        return op == InterpretedOps.TABLE_GET
                || op == InterpretedOps.TABLE_SET
                || (op >= InterpretedOps.MEMORY_INIT && op <= InterpretedOps.TABLE_FILL);
    }

    /** By how much it changes the number of operands. */
    static int change(int op) {
        return switch (op) {
            case InterpretedOps.TABLE_GET, InterpretedOps.DATA_DROP, InterpretedOps.ELEM_DROP -> 0;
            case InterpretedOps.TABLE_SIZE -> 1;
            case InterpretedOps.TABLE_GROW -> -1;
            case InterpretedOps.TABLE_SET -> -2;
            default -> -3;
        };
    }

    /** Executes one on the operands below {@code sp}; {@code x} and {@code y} follow it. */
    static void apply(int op, int x, int y, long[] st, int sp, GuestState s) {
        switch (op) {
            case InterpretedOps.TABLE_GET ->
                    st[sp - 1] = GuestState.tableGet((int) st[sp - 1], x, s);
            case InterpretedOps.TABLE_SET ->
                    GuestState.tableSet((int) st[sp - 2], (int) st[sp - 1], x, s);
            case InterpretedOps.TABLE_SIZE -> st[sp] = GuestState.tableSize(x, s);
            case InterpretedOps.TABLE_GROW ->
                    st[sp - 2] = GuestState.tableGrow((int) st[sp - 2], (int) st[sp - 1], x, s);
            case InterpretedOps.DATA_DROP -> GuestState.dataDrop(x, s);
            case InterpretedOps.ELEM_DROP -> GuestState.elementDrop(x, s);
            default -> {
                int a = (int) st[sp - 3];
                int b = (int) st[sp - 2];
                stretch(op, x, y, a, b, (int) st[sp - 1], s);
            }
        }
    }

    private static void stretch(int op, int x, int y, int a, int b, int length, GuestState s) {
        switch (op) {
            case InterpretedOps.MEMORY_INIT -> GuestState.memoryInit(a, b, length, x, s);
            case InterpretedOps.MEMORY_COPY -> GuestState.memoryCopy(a, b, length, s);
            case InterpretedOps.MEMORY_FILL -> GuestState.memoryFill(a, b, length, s);
            case InterpretedOps.TABLE_INIT -> GuestState.tableInit(a, b, length, x, y, s);
            case InterpretedOps.TABLE_COPY -> GuestState.tableCopy(a, b, length, x, y, s);
            case InterpretedOps.TABLE_FILL -> GuestState.tableFill(a, b, length, x, s);
            default -> throw new IllegalStateException("not a bulk instruction: " + op);
        }
    }
}
