package dev.cordon.scan.rule;

import dev.cordon.wasm.ModuleVisitor;
import java.util.List;

/** Tells several listeners the same. */
final class CodeListeners implements ModuleVisitor {
    private final ModuleVisitor[] listeners;

    CodeListeners(List<? extends ModuleVisitor> listeners) {
        this.listeners = listeners.toArray(ModuleVisitor[]::new);
    }

    @Override
    public void function(int function, int offset, int size) {
        for (ModuleVisitor listener : listeners) {
            listener.function(function, offset, size);
        }
    }

    @Override
    public void instruction(int opcode, int offset, int end) {
        for (ModuleVisitor listener : listeners) {
            listener.instruction(opcode, offset, end);
        }
    }

    @Override
    public void elements(int table, int expression, int count) {
        for (ModuleVisitor listener : listeners) {
            listener.elements(table, expression, count);
        }
    }

    @Override
    public void data(int expression, int offset, int size) {
        for (ModuleVisitor listener : listeners) {
            listener.data(expression, offset, size);
        }
    }
}
