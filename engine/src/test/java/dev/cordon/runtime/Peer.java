package dev.cordon.runtime;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.WasmException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.Table;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The stock runtime, as a second opinion on results, traps, memory and instruction counts. */
final class Peer {
    private static final List<String> TRAPS =
            List.of(
                    "unreachable",
                    "out of bounds memory access",
                    "out of bounds table access",
                    "undefined element",
                    "uninitialized element",
                    "indirect call type mismatch",
                    "integer divide by zero",
                    "integer overflow",
                    "invalid conversion to integer",
                    "uncaught exception");

    private final Instance instance;
    private final int entryUnits;
    private long units;

    private Peer(byte[] module, int declaredLocals, boolean compiled) {
        WasmModule parsed = Parser.parse(module); // anew: growing a table changes the parsed module
        Instance.Builder builder = Instance.builder(parsed);
        entryUnits = 1 + (declaredLocals + 7) / 8;
        if (compiled) {
            builder.withMachineFactory(MachineFactoryCompiler::compile);
        } else {
            builder.withUnsafeExecutionListener(this::count);
        }
        instance = builder.build();
    }

    /** Empty for a module that the stock compiler stumbles over, as it does now and then. */
    static Optional<Peer> compiled(byte[] module) {
        try {
            return Optional.of(new Peer(module, 0, true));
        } catch (RuntimeException | LinkageError e) {
            return Optional.empty();
        }
    }

    /** Counts what the cost table says for functions with so many locals each. */
    static Peer interpreted(byte[] module, int declaredLocals) {
        return new Peer(module, declaredLocals, false);
    }

    private void count(Instruction instruction, MStack stack) {
        units +=
                switch (instruction.opcode()) {
                    case END, ELSE -> 0;
                    case CALL -> 3 + entryUnits;
                    case CALL_INDIRECT -> 5 + entryUnits;
                    case THROW, THROW_REF -> 500;
                    case MEMORY_FILL, MEMORY_COPY, MEMORY_INIT -> 1 + size(stack) / 8;
                    case TABLE_FILL, TABLE_COPY, TABLE_INIT -> 1 + size(stack);
                    case MEMORY_GROW -> 1 + grownMemory(size(stack));
                    case TABLE_GROW -> 1 + grownTable((int) instruction.operand(0), size(stack));
                    default -> 1;
                };
    }

    private static long size(MStack stack) {
        return stack.peek() & 0xFFFF_FFFFL;
    }

    private long grownMemory(long pages) {
        boolean fits = instance.memory().pages() + pages <= instance.memory().maximumPages();
        return fits ? pages * 8_192 : 0;
    }

    private long grownTable(int table, long elements) {
        Table declared = instance.module().tableSection().getTable(table);
        boolean fits = instance.table(table).size() + elements <= declared.limits().max();
        return fits ? elements : 0;
    }

    String call(String export, String kinds, long... args) {
        units = entryUnits;
        return normal(outcome(() -> instance.export(export).apply(args)), kinds);
    }

    long units() {
        return units;
    }

    byte[] memory() {
        return instance.memory().readBytes(0, instance.memory().pages() << 16);
    }

    private static String outcome(Supplier<long[]> call) {
        try {
            long[] results = call.get();
            return results == null ? "[]" : Arrays.toString(results);
        } catch (WasmException e) {
            return "uncaught exception";
        } catch (ChicoryException e) {
            return trap(String.valueOf(e.getMessage()));
        } catch (ArithmeticException e) {
            return "integer divide by zero";
        }
    }

    /** Results with one bit pattern for each value, or the trap that a text speaks of. */
    static String normal(String outcome, String kinds) {
        if (!outcome.startsWith("[")) {
            return trap(outcome);
        }
        if (kinds.isEmpty()) {
            return "[]";
        }
        String[] values = outcome.substring(1, outcome.indexOf(']')).split(", ");
        for (int i = 0; i < values.length; i++) {
            long bits = Long.parseLong(values[i]);
            values[i] =
                    switch (kinds.charAt(i)) {
                        case 'i' -> "" + (int) bits;
                        case 'I' -> "" + bits;
                        case 'f' -> "" + Float.intBitsToFloat((int) bits);
                        default -> "" + Double.longBitsToDouble(bits);
                    };
        }
        return Arrays.toString(values);
    }

    private static String trap(String text) {
        return TRAPS.stream().filter(text::contains).findFirst().orElse(text);
    }
}
