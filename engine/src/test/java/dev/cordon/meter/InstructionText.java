package dev.cordon.meter;

import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.WasmEncoding;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Instructions as words, in the order of the binary format: {@code "local.get 0 i32.const 1
 * i32.add"}.
 *
 * <p>Block types are {@code -}, one letter of {@link ModuleBuilder} or the number of a type; memory
 * accesses take their offset alone; memory numbers are left out; lists stand in brackets: {@code
 * "br_table [ 0 1 ] 2"}, {@code "try_table - [ catch 0 1 catch_all 0 ]"}.
 */
final class InstructionText {
    private static final Map<String, OpCode> OPS = new HashMap<>();

    static {
        for (OpCode op : OpCode.values()) {
            OPS.put(op.name(), op);
        }
    }

    private final Iterator<String> words;
    private final WasmBytes out = new WasmBytes();

    private InstructionText(String text) {
        this.words = Arrays.stream(text.trim().split("\\s+")).filter(w -> !w.isEmpty()).iterator();
    }

    static WasmBytes assemble(String text) {
        InstructionText assembler = new InstructionText(text);
        while (assembler.words.hasNext()) {
            assembler.instruction(assembler.words.next());
        }
        return assembler.out;
    }

    private void instruction(String word) {
        String name = word.toUpperCase(java.util.Locale.ROOT).replace('.', '_');
        OpCode op = OPS.get(name.replaceFirst("EXTEND(\\d+_S)$", "EXTEND_$1"));
        if (op == null) {
            throw new IllegalArgumentException("no instruction `" + word + "`");
        }
        if (op.opcode() > 0xff) {
            out.bytes(op.opcode() >>> 8).unsigned(op.opcode() & 0xff);
        } else {
            out.bytes(op.opcode());
        }
        if (name.equals("MEMORY_INIT")) {
            out.unsigned(Long.parseLong(words.next())).bytes(0);
        } else if (name.equals("MEMORY_COPY")) {
            out.bytes(0, 0);
        } else if (name.startsWith("MEMORY_")) {
            out.bytes(0);
        } else if (op == OpCode.REF_NULL) {
            out.bytes(ModuleBuilder.kind(words.next().charAt(0)));
        } else {
            OpCode.signature(op).forEach(this::immediate);
        }
    }

    private void immediate(WasmEncoding encoding) {
        switch (encoding) {
            case VARUINT -> out.unsigned(Long.parseLong(words.next()));
            case VARSINT32, VARSINT64 -> out.signed(Long.decode(words.next()));
            case FLOAT32 -> out.littleEndian(floatBits(words.next()), 4);
            case FLOAT64 -> out.littleEndian(doubleBits(words.next()), 8);
            case MEMARG -> out.bytes(0).unsigned(Long.parseLong(words.next()));
            case BLOCK_TYPE -> blockType(words.next());
            case VEC_VARUINT -> list(false);
            case VEC_CATCH -> list(true);
            case VEC_VALUE_TYPE -> out.bytes(1, ModuleBuilder.kind(words.next().charAt(0)));
            default -> throw new IllegalArgumentException("no encoding " + encoding);
        }
    }

    private static int floatBits(String word) {
        return word.startsWith("0x")
                ? Integer.parseUnsignedInt(word.substring(2), 16)
                : Float.floatToRawIntBits(Float.parseFloat(word));
    }

    private static long doubleBits(String word) {
        return word.startsWith("0x")
                ? Long.parseUnsignedLong(word.substring(2), 16)
                : Double.doubleToRawLongBits(Double.parseDouble(word));
    }

    private void blockType(String word) {
        if (word.equals("-")) {
            out.bytes(0x40);
        } else if (Character.isDigit(word.charAt(0))) {
            out.signed(Long.parseLong(word));
        } else {
            out.bytes(ModuleBuilder.kind(word.charAt(0)));
        }
    }

    private void list(boolean handlers) {
        WasmBytes items = new WasmBytes();
        int found = 0;
        if (!words.next().equals("[")) {
            throw new IllegalArgumentException("a list starts with `[`");
        }
        for (String word = words.next(); !word.equals("]"); word = words.next()) {
            found++;
            if (handlers) {
                handler(items, word);
            } else {
                items.unsigned(Long.parseLong(word));
            }
        }
        out.unsigned(found).append(items);
    }

    private void handler(WasmBytes items, String word) {
        int kind = Arrays.asList("catch", "catch_ref", "catch_all", "catch_all_ref").indexOf(word);
        items.bytes(kind);
        if (kind < 2) {
            items.unsigned(Long.parseLong(words.next()));
        }
        items.unsigned(Long.parseLong(words.next()));
    }
}
