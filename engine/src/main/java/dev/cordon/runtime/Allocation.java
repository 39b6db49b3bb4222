package dev.cordon.runtime;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.Value;
import dev.cordon.error.ErrorCode;

/** Gives a new instance the memory and the tables that its module declares, within the limits. */
final class Allocation {
    private final GuestState s;

    Allocation(GuestState state) {
        this.s = state;
    }

    void run() {
        memory();
        tables();
        s.globals = new long[s.shape.module().globalSection().globalCount()];
    }

    private void memory() {
        GuestShape shape = s.shape;
        int bytes = shape.initialPages() << 16;
        long together = s.store.memoryBytes() + ((long) shape.initialPages() << 16);
        if (together > s.limits.memoryBytes()) {
            throw s.quota(
                    ErrorCode.MEMORY_EXCEEDED,
                    "starts with "
                            + together
                            + " bytes of memory, more than its quota of "
                            + s.limits.memoryBytes(),
                    "raise the memory quota, or build it with a smaller initial memory");
        }
        s.maxPages = Math.min(shape.maximumPages(), 32_767);
        s.memory = new byte[bytes];
        s.limit = bytes;
        s.store.noteMemory();
    }

    private void tables() {
        WasmModule module = s.shape.module();
        GuestTable[] tables = new GuestTable[module.tableSection().tableCount()];
        long elements = 0;
        for (int i = 0; i < tables.length; i++) {
            elements += module.tableSection().getTable(i).limits().min();
        }
        if (s.store.tableElements() + elements > s.limits.tableElements()) {
            throw s.quota(
                    ErrorCode.TABLE_EXCEEDED,
                    "starts with "
                            + (s.store.tableElements() + elements)
                            + " table elements, more than its quota of "
                            + s.limits.tableElements(),
                    "raise the table-elements quota");
        }
        for (int i = 0; i < tables.length; i++) {
            Table table = module.tableSection().getTable(i);
            long maximum = Math.min(table.limits().max(), Integer.MAX_VALUE - 8L);
            tables[i] = new GuestTable((int) table.limits().min(), maximum, Value.REF_NULL_VALUE);
        }
        s.tables = tables;
        s.tableElements = (int) elements;
    }
}
