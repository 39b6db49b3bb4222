package dev.cordon.runtime;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.meter.FunctionPlan;
import dev.cordon.meter.MeteredModule;
import dev.cordon.wasm.FunctionNames;
import dev.cordon.wasm.ModuleOutline;
import dev.cordon.wasm.ModuleSkeleton;
import dev.cordon.wasm.ValidModule;
import java.io.ByteArrayInputStream;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compiles metered modules to JVM bytecode, within a budget, or prepares them for the interpreter.
 */
public final class ModuleCompiler {
    /** Compilation is linear; a module that takes longer is made to hurt. */
    private static final long MAX_NANOS = 60_000_000_000L;

    /** Most bytes of class files for one module. */
    private static final long MAX_BYTES = 512L << 20;

    private final EngineKind engine;
    private final @Nullable CompileCache cache;

    /**
     * A compiler with or without a cache.
     *
     * @param engine how modules are to be executed
     * @param cache where compiled code is kept, or null
     */
    public ModuleCompiler(EngineKind engine, @Nullable CompileCache cache) {
        this.engine = engine;
        this.cache = cache;
    }

    /**
     * Takes a module from the cache, if it is there.
     *
     * <p>An entry is there only because the same bytes were read, validated and metered by this
     * version before; so none of that is done again.
     *
     * @param plugin the plugin's id, for messages
     * @param bytes the module
     * @param digest SHA-256 of the module, in hexadecimal
     * @param outline what is in it
     * @return the module, ready to be instantiated, or null
     */
    public @Nullable CompiledModule cached(
            String plugin, byte[] bytes, String digest, ModuleOutline outline) {
        if (cache == null || engine != EngineKind.COMPILED) {
            return null;
        }
        long start = System.nanoTime();
        GeneratedClasses known = cache.load(digest);
        if (known == null || !known.interpreted().isEmpty()) {
            return null; // functions to be interpreted need their plans of fuel
        }
        return compiled(plugin, bytes, outline, known, start, true);
    }

    /**
     * Compiles a module.
     *
     * @param metered the module and its plans of fuel
     * @return the module, ready to be instantiated
     * @throws InvalidModuleException if it uses what neither engine can run
     */
    public CompiledModule compile(MeteredModule metered) {
        long start = System.nanoTime();
        ValidModule module = metered.module();
        FunctionNames names = FunctionNames.of(module.bytes(), module.outline());
        GuestShape shape = new GuestShape(module.plugin(), module.wasmModule(), names);
        requireNoStoredExceptions(shape);
        GeneratedClasses generated =
                engine == EngineKind.COMPILED ? generate(shape, metered) : null;
        if (generated == null) {
            return interpreted(shape, metered, start);
        }
        if (cache != null && metered.metered()) {
            cache.store(module.digest(), generated);
        }
        if (generated.interpreted().isEmpty()) {
            return compiled(
                    module.plugin(), module.bytes(), module.outline(), generated, start, false);
        }
        GuestCode code = generated.load();
        BitSet some = generated.interpreted();
        FunctionPlan[] plans = metered.plans().toArray(new FunctionPlan[0]);
        GuestCode interpreter = new Interpreter(module.wasmModule(), plans, code, some);
        long nanos = System.nanoTime() - start;
        return new CompiledModule(shape, code, interpreter, engine, some, nanos, false);
    }

    /** Instances of compiled code need the module without its code. */
    private CompiledModule compiled(
            String plugin,
            byte[] bytes,
            ModuleOutline outline,
            GeneratedClasses generated,
            long start,
            boolean cached) {
        byte[] skeleton = ModuleSkeleton.of(bytes, outline, body -> false);
        WasmModule module =
                Parser.builder()
                        .withValidation(false)
                        .build()
                        .parse(() -> new ByteArrayInputStream(skeleton));
        GuestShape shape = new GuestShape(plugin, module, FunctionNames.of(bytes, outline));
        GuestCode code = generated.load();
        long nanos = System.nanoTime() - start;
        return new CompiledModule(shape, code, null, engine, new BitSet(), nanos, cached);
    }

    private static CompiledModule interpreted(GuestShape shape, MeteredModule metered, long start) {
        BitSet all = new BitSet();
        all.set(shape.importedFunctions(), Math.max(shape.functions(), shape.importedFunctions()));
        FunctionPlan[] plans = metered.plans().toArray(new FunctionPlan[0]);
        GuestCode interpreter = new Interpreter(shape.module(), plans, null, all);
        long nanos = System.nanoTime() - start;
        return new CompiledModule(
                shape, interpreter, interpreter, EngineKind.INTERPRETER, all, nanos, false);
    }

    /**
     * Whether a function is long enough that it might not fit a Java method.
     *
     * @param outline what is in a module
     * @return false if {@link #tooLarge} would find nothing
     */
    public static boolean mayHoldTooLarge(ModuleOutline outline) {
        for (int i = 0; i < outline.bodies().count(); i++) {
            if (outline.bodies().size(i) > ModuleLayout.LARGE) {
                return true;
            }
        }
        return false;
    }

    /**
     * Finds the functions that do not fit a Java method and would be interpreted.
     *
     * @param metered the module and its plans of fuel
     * @return function indices, in order
     */
    public static List<Integer> tooLarge(MeteredModule metered) {
        ValidModule module = metered.module();
        FunctionNames names = FunctionNames.of(module.bytes(), module.outline());
        GeneratedClasses generated =
                generate(new GuestShape(module.plugin(), module.wasmModule(), names), metered);
        return generated == null ? List.of() : generated.interpreted().stream().boxed().toList();
    }

    private static @Nullable GeneratedClasses generate(GuestShape shape, MeteredModule metered) {
        ModuleLayout layout = new ModuleLayout(shape, metered.metered());
        CompileBudget budget = new CompileBudget(MAX_NANOS, MAX_BYTES);
        CodeGenerator generator = new CodeGenerator(layout, metered.plans(), budget);
        try {
            return new GeneratedClasses(generator.generate(), generator.interpreted());
        } catch (CompileBudget.Exceeded | org.objectweb.asm.ClassTooLargeException e) {
            return null; // the interpreter needs no compilation, whatever the module looks like
        }
    }

    /**
     * Exception references live in locals and on the stack only; elsewhere they would be numbers.
     */
    private static void requireNoStoredExceptions(GuestShape shape) {
        WasmModule wasm = shape.module();
        Stream<ValType> signatures =
                IntStream.range(0, shape.functions())
                        .mapToObj(shape::functionType)
                        .flatMap(t -> Stream.concat(t.params().stream(), t.returns().stream()));
        Stream<ValType> tags =
                wasm.tagSection().stream()
                        .flatMap(s -> Stream.of(s.types()))
                        .flatMap(t -> shape.type(t.typeIdx()).params().stream());
        Stream<ValType> globals = Stream.of(wasm.globalSection().globals()).map(g -> g.valueType());
        Stream<ValType> tables =
                IntStream.range(0, wasm.tableSection().tableCount())
                        .mapToObj(i -> wasm.tableSection().getTable(i).elementType());
        boolean stored =
                Stream.of(signatures, tags, globals, tables)
                        .flatMap(s -> s)
                        .anyMatch(t -> t.isReference() && Signatures.kind(t) == 'E');
        if (stored) {
            throw new InvalidModuleException(
                    ErrorCode.UNSUPPORTED_PROPOSAL,
                    shape.plugin(),
                    "keeps exception references in a global, a table or a function's type",
                    "catch and rethrow within one function, as compilers do");
        }
    }
}
