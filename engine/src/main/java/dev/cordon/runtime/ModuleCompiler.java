package dev.cordon.runtime;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.meter.FunctionPlan;
import dev.cordon.meter.MeteredModule;
import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles metered modules to JVM bytecode, within a budget, or prepares them for the interpreter. */
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
     * Compiles a module.
     *
     * @param metered the module and its plans of fuel
     * @return the module, ready to be instantiated
     * @throws InvalidModuleException if it uses what neither engine can run
     */
    public CompiledModule compile(MeteredModule metered) {
        long start = System.nanoTime();
        WasmModule wasm = metered.module().wasmModule();
        GuestShape shape = new GuestShape(metered.module().plugin(), wasm);
        requireNoStoredExceptions(shape);
        FunctionPlan[] plans = metered.plans().toArray(new FunctionPlan[0]);
        if (engine == EngineKind.COMPILED) {
            String key = metered.module().digest() + (metered.metered() ? "" : "-unmetered");
            GeneratedClasses known = cache == null ? null : cache.load(key);
            GeneratedClasses generated = known != null ? known : generate(shape, metered);
            if (generated != null) {
                if (known == null && cache != null) {
                    cache.store(key, generated);
                }
                GuestCode code = generated.load();
                BitSet interpreted = generated.interpreted();
                GuestCode interpreter =
                        interpreted.isEmpty()
                                ? null
                                : new Interpreter(wasm, plans, code, interpreted);
                long nanos = System.nanoTime() - start;
                return new CompiledModule(
                        shape, code, interpreter, engine, interpreted, nanos, known != null);
            }
        }
        BitSet all = new BitSet();
        all.set(shape.importedFunctions(), Math.max(shape.functions(), shape.importedFunctions()));
        GuestCode interpreter = new Interpreter(wasm, plans, null, all);
        long nanos = System.nanoTime() - start;
        return new CompiledModule(
                shape, interpreter, interpreter, EngineKind.INTERPRETER, all, nanos, false);
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

    /** Exception references live in locals and on the stack only; elsewhere they would be numbers. */
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
        Stream<ValType> globals =
                Stream.of(wasm.globalSection().globals()).map(g -> g.valueType());
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
