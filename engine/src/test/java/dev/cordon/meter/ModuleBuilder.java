package dev.cordon.meter;

import dev.cordon.wasm.ModuleReader;
import dev.cordon.wasm.ModuleValidator;
import dev.cordon.wasm.ValidModule;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes modules in the binary format, so that tests need no other tool.
 *
 * <p>Types are strings of one letter for each value: {@code i} i32, {@code I} i64, {@code f} f32,
 * {@code F} f64, {@code r} funcref, {@code e} externref, {@code x} exnref. Bodies are texts for
 * {@link InstructionText}. Whatever is added gets the next number of its kind.
 */
public final class ModuleBuilder {
    private final List<WasmBytes> types = new ArrayList<>();
    private final List<String> typeTexts = new ArrayList<>();
    private final List<WasmBytes> imports = new ArrayList<>();
    private final List<WasmBytes> functions = new ArrayList<>();
    private final List<WasmBytes> tables = new ArrayList<>();
    private final List<WasmBytes> memories = new ArrayList<>();
    private final List<WasmBytes> tags = new ArrayList<>();
    private final List<WasmBytes> globals = new ArrayList<>();
    private final List<WasmBytes> exports = new ArrayList<>();
    private final List<WasmBytes> elements = new ArrayList<>();
    private final List<WasmBytes> codes = new ArrayList<>();
    private final List<WasmBytes> data = new ArrayList<>();
    private int start = -1;

    /** A module whose export {@code run} has this type and body. */
    public static ModuleBuilder running(String parameters, String results, String body) {
        ModuleBuilder module = new ModuleBuilder();
        return module.export("run", module.function(parameters, results, "", body));
    }

    public int type(String parameters, String results) {
        String text = parameters + "->" + results;
        if (!typeTexts.contains(text)) {
            typeTexts.add(text);
            types.add(new WasmBytes().bytes(0x60).append(kinds(parameters)).append(kinds(results)));
        }
        return typeTexts.indexOf(text);
    }

    static int kind(char letter) {
        return switch (letter) {
            case 'i' -> 0x7f;
            case 'I' -> 0x7e;
            case 'f' -> 0x7d;
            case 'F' -> 0x7c;
            case 'r' -> 0x70;
            case 'e' -> 0x6f;
            case 'x' -> 0x69;
            default -> throw new IllegalArgumentException("no type `" + letter + "`");
        };
    }

    private static WasmBytes kinds(String letters) {
        WasmBytes bytes = new WasmBytes().unsigned(letters.length());
        letters.chars().forEach(c -> bytes.bytes(kind((char) c)));
        return bytes;
    }

    /** Imports a function; all imports come before the first function. */
    public int imported(String module, String name, String parameters, String results) {
        int type = type(parameters, results);
        imports.add(new WasmBytes().name(module).name(name).bytes(0).unsigned(type));
        return imports.size() - 1;
    }

    /** Adds a function. */
    public int function(String parameters, String results, String locals, String body) {
        functions.add(new WasmBytes().unsigned(type(parameters, results)));
        WasmBytes code = new WasmBytes().unsigned(locals.isEmpty() ? 0 : runs(locals).size());
        for (String run : locals.isEmpty() ? List.<String>of() : runs(locals)) {
            code.unsigned(run.length()).bytes(kind(run.charAt(0)));
        }
        code.append(InstructionText.assemble(body)).bytes(0x0b);
        codes.add(new WasmBytes().unsigned(code.size()).append(code));
        return imports.size() + functions.size() - 1;
    }

    private static List<String> runs(String letters) {
        return List.of(letters.split("(?<=(.))(?!\\1)"));
    }

    public ModuleBuilder memory(int pages) {
        memories.add(new WasmBytes().bytes(0).unsigned(pages));
        return this;
    }

    public ModuleBuilder memory(int pages, int maximum) {
        memories.add(new WasmBytes().bytes(1).unsigned(pages).unsigned(maximum));
        return this;
    }

    /** Adds a table of {@code r} or {@code e}. */
    public int table(char type, int elementCount) {
        tables.add(new WasmBytes().bytes(kind(type), 0).unsigned(elementCount));
        return tables.size() - 1;
    }

    public int table(char type, int elementCount, int maximum) {
        tables.add(new WasmBytes().bytes(kind(type), 1).unsigned(elementCount).unsigned(maximum));
        return tables.size() - 1;
    }

    public int tag(String parameters) {
        tags.add(new WasmBytes().bytes(0).unsigned(type(parameters, "")));
        return tags.size() - 1;
    }

    /** Adds a mutable global. */
    public int global(char type, String initial) {
        globals.add(
                new WasmBytes()
                        .bytes(kind(type), 1)
                        .append(InstructionText.assemble(initial))
                        .bytes(0x0b));
        return globals.size() - 1;
    }

    public ModuleBuilder export(String name, int function) {
        exports.add(new WasmBytes().name(name).bytes(0).unsigned(function));
        return this;
    }

    public ModuleBuilder exportMemory(String name) {
        exports.add(new WasmBytes().name(name).bytes(2).unsigned(0));
        return this;
    }

    public ModuleBuilder start(int function) {
        start = function;
        return this;
    }

    /** Adds an active element segment for table 0. */
    public ModuleBuilder elements(int offset, int... functionIndices) {
        WasmBytes segment = new WasmBytes().bytes(0, 0x41).signed(offset).bytes(0x0b);
        elements.add(indices(segment, functionIndices));
        return this;
    }

    public ModuleBuilder passiveElements(int... functionIndices) {
        elements.add(indices(new WasmBytes().bytes(1, 0), functionIndices));
        return this;
    }

    private static WasmBytes indices(WasmBytes segment, int... functionIndices) {
        segment.unsigned(functionIndices.length);
        for (int index : functionIndices) {
            segment.unsigned(index);
        }
        return segment;
    }

    public ModuleBuilder data(int offset, byte... bytes) {
        data.add(
                new WasmBytes()
                        .bytes(0, 0x41)
                        .signed(offset)
                        .bytes(0x0b)
                        .unsigned(bytes.length)
                        .raw(bytes));
        return this;
    }

    public ModuleBuilder passiveData(byte... bytes) {
        data.add(new WasmBytes().bytes(1).unsigned(bytes.length).raw(bytes));
        return this;
    }

    public byte[] build() {
        WasmBytes module = new WasmBytes().bytes(0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
        section(module, 1, types);
        section(module, 2, imports);
        section(module, 3, functions);
        section(module, 4, tables);
        section(module, 5, memories);
        section(module, 13, tags);
        section(module, 6, globals);
        section(module, 7, exports);
        if (start >= 0) {
            WasmBytes content = new WasmBytes().unsigned(start);
            module.bytes(8).unsigned(content.size()).append(content);
        }
        section(module, 9, elements);
        if (!data.isEmpty()) {
            WasmBytes count = new WasmBytes().unsigned(data.size());
            module.bytes(12).unsigned(count.size()).append(count);
        }
        section(module, 10, codes);
        section(module, 11, data);
        return module.toArray();
    }

    private static void section(WasmBytes module, int id, List<WasmBytes> items) {
        if (!items.isEmpty()) {
            WasmBytes content = new WasmBytes().unsigned(items.size());
            items.forEach(content::append);
            module.bytes(id).unsigned(content.size()).append(content);
        }
    }

    /** The module as the engine takes it in. */
    public ValidModule valid() {
        return valid(build());
    }

    public static ValidModule valid(byte[] bytes) {
        return ModuleValidator.validate("test", bytes, ModuleReader.read("test", bytes));
    }
}
