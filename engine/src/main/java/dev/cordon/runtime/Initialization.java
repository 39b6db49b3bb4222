package dev.cordon.runtime;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.ActiveElement;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.DeclarativeElement;
import com.dylibso.chicory.wasm.types.Element;
import java.util.List;

/**
 * Gives globals, tables and memory the values that the module says, in the order of the
 * specification (core, 4.5.4 "Instantiation").
 */
final class Initialization {
    private final GuestState s;

    Initialization(GuestState state) {
        this.s = state;
    }

    void run() {
        globals();
        tables();
        elements();
        data();
    }

    private void globals() {
        WasmModule module = s.shape.module();
        for (int i = 0; i < s.globals.length; i++) {
            s.globals[i] =
                    ConstantExpression.value(
                            module.globalSection().getGlobal(i).initInstructions(), s.globals);
        }
    }

    private void tables() {
        for (int i = 0; i < s.tables.length; i++) {
            var initial = s.shape.module().tableSection().getTable(i).initialize();
            if (initial != null && !initial.isEmpty()) {
                int value = (int) ConstantExpression.value(initial, s.globals);
                s.tables[i].fill(0, value, s.tables[i].size());
            }
        }
    }

    private void elements() {
        Element[] elements = s.shape.elements();
        for (int i = 0; i < elements.length; i++) {
            if (elements[i] instanceof ActiveElement) {
                ActiveElement active = (ActiveElement) elements[i];
                int at = (int) ConstantExpression.value(active.offset(), s.globals);
                int[] values = s.shape.elementValues(i, s);
                s.charge(values.length);
                s.tables[active.tableIndex()].init(values, at, 0, values.length);
            }
            if (elements[i] instanceof ActiveElement || elements[i] instanceof DeclarativeElement) {
                s.dropActiveElement(i);
            }
        }
    }

    private void data() {
        List<DataSegment> segments = List.of(s.shape.dataSegments());
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i) instanceof ActiveDataSegment) {
                ActiveDataSegment active = (ActiveDataSegment) segments.get(i);
                int at = (int) ConstantExpression.value(active.offsetInstructions(), s.globals);
                GuestState.memoryInit(at, 0, active.data().length, i, s);
                GuestState.dataDrop(i, s);
            }
        }
    }
}
