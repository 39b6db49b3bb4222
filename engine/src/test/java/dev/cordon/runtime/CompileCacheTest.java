package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.meter.FuelPlanner;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.wasm.ValidModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Code from the cache is run only if this installation wrote it for this very module. */
class CompileCacheTest {
    @TempDir Path folder;

    /** From the cache or, as a load does, compiled anew. */
    private static CompiledModule compile(int answer, CompileCache cache) {
        return compile(answering(answer), cache);
    }

    private static CompiledModule compile(ModuleBuilder module, CompileCache cache) {
        ModuleCompiler compiler = new ModuleCompiler(EngineKind.COMPILED, cache);
        ValidModule valid = module.valid();
        CompiledModule known =
                compiler.cached("test", valid.bytes(), valid.digest(), valid.outline());
        return known != null ? known : compiler.compile(FuelPlanner.meter(valid));
    }

    private static ModuleBuilder answering(int answer) {
        return ModuleBuilder.running("", "i", "i32.const " + answer);
    }

    private CompileCache cache() {
        return new CompileCache(folder, "test");
    }

    private static void answers(CompiledModule module, int answer, boolean cached) {
        GuestInstance guest = Guests.start(module, GuestLimits.GENEROUS);

        assertThat(Guests.call(guest, 100, "run")).isEqualTo("[" + answer + "] fuel 2");
        assertThat(module.cached()).isEqualTo(cached);
    }

    private Path onlyEntry() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> entries = files.filter(f -> f.toString().endsWith(".code")).toList();
            assertThat(entries).hasSize(1);
            return entries.get(0);
        }
    }

    @Test
    void secondCompilationTakesTheFirstOnesCode() {
        answers(compile(5, cache()), 5, false);
        answers(compile(5, cache()), 5, true);
        answers(compile(6, cache()), 6, false);
        answers(compile(6, cache()), 6, true);
    }

    @Test
    void unmeteredCodeNeverComesBackFromTheCache() {
        new ModuleCompiler(EngineKind.COMPILED, cache())
                .compile(FuelPlanner.unmetered(answering(5).valid()));

        answers(compile(5, cache()), 5, false);
        answers(compile(5, cache()), 5, true);
    }

    @Test
    void interpreterTakesNothingFromTheCache() {
        compile(5, cache());
        ValidModule valid = answering(5).valid();
        ModuleCompiler interpreter = new ModuleCompiler(EngineKind.INTERPRETER, cache());

        assertThat(interpreter.cached("test", valid.bytes(), valid.digest(), valid.outline()))
                .isNull();
        answers(interpreter.compile(FuelPlanner.meter(valid)), 5, false);
    }

    @Test
    void moduleWithInterpretedFunctionsIsRightTheSecondTime() {
        String padding = "local.get 0 i32.const 123456 i32.add local.set 0 ".repeat(20_000);
        ModuleBuilder large = ModuleBuilder.running("i", "i", padding + "i32.const 3");
        for (int i = 0; i < 2; i++) {
            CompiledModule module = compile(large, cache());

            assertThat(module.interpretedFunctions()).containsExactly(0);
            assertThat(Guests.call(Guests.start(module, GuestLimits.GENEROUS), 100_000, "run", 1))
                    .isEqualTo("[3] fuel 80002");
        }
    }

    @Test
    void anyChangedByteMakesAnEntryWorthless() throws IOException {
        compile(5, cache());
        Path entry = onlyEntry();
        byte[] good = Files.readAllBytes(entry);
        int step = Math.max(1, good.length / 150);
        for (int i = 0; i < good.length; i += step) {
            byte[] bad = good.clone();
            bad[i] ^= (byte) (1 << (i % 8));
            Files.write(entry, bad);
            answers(compile(5, cache()), 5, false);
        }
        answers(compile(5, cache()), 5, true);
    }

    @Test
    void shortenedAndLengthenedEntriesAreWorthless() throws IOException {
        compile(5, cache());
        Path entry = onlyEntry();
        byte[] good = Files.readAllBytes(entry);
        for (int length : new int[] {0, 1, 31, 32, 33, good.length - 1, good.length + 1}) {
            Files.write(entry, java.util.Arrays.copyOf(good, length));
            answers(compile(5, cache()), 5, false);
        }
    }

    @Test
    void entryOfAnotherModuleIsNotRun() throws IOException {
        compile(5, cache());
        Path five = onlyEntry();
        byte[] code = Files.readAllBytes(five);
        Files.delete(five);
        compile(6, cache());
        Files.write(onlyEntry(), code);

        answers(compile(6, cache()), 6, false);
    }

    @Test
    void entryOfAnotherInstallationIsNotRun(@TempDir Path other) throws IOException {
        compile(5, new CompileCache(other, "test"));
        compile(5, cache());
        Path mine = onlyEntry();
        try (Stream<Path> files = Files.list(other)) {
            Path theirs = files.filter(f -> f.toString().endsWith(".code")).findAny().orElseThrow();
            Files.copy(theirs, mine, StandardCopyOption.REPLACE_EXISTING);
        }

        answers(compile(5, cache()), 5, false);
    }

    @Test
    void entryOfAnotherVersionIsNotRun() {
        answers(compile(5, new CompileCache(folder, "one")), 5, false);
        answers(compile(5, new CompileCache(folder, "two")), 5, false);
        answers(compile(5, new CompileCache(folder, "one")), 5, true);
    }

    @Test
    void newSecretMakesOldEntriesWorthless() throws IOException {
        compile(5, cache());
        Files.delete(folder.resolve("secret.key"));

        answers(compile(5, cache()), 5, false);
        answers(compile(5, cache()), 5, true);
    }

    @Test
    void cacheWithADamagedSecretIsNotUsed() throws IOException {
        compile(5, cache());
        Files.write(folder.resolve("secret.key"), new byte[7]);

        answers(compile(5, cache()), 5, false);
        answers(compile(5, cache()), 5, false);
    }

    @Test
    void folderThatCannotBeMadeMeansNoCache() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        answers(compile(5, new CompileCache(file, "test")), 5, false);
        answers(compile(5, new CompileCache(file.resolve("below"), "test")), 5, false);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void secretAndEntriesAreTheOwnersAlone() throws IOException {
        Path made = folder.resolve("made").resolve("here");
        compile(5, new CompileCache(made, "test"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(made)) {
            List<Path> all = files.toList();
            assertThat(all).hasSize(2);
            for (Path file : all) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void hammerOfCompilersSharesOneFolder() throws Exception {
        int threads = 8;
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        CountDownLatch together = new CountDownLatch(1);
        List<Future<?>> compilers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            compilers.add(
                    executor.submit(
                            () -> {
                                together.await();
                                for (int round = 0; round < 20; round++) {
                                    CompiledModule module = compile(round % 5, cache());
                                    answers(module, round % 5, module.cached());
                                }
                                return null;
                            }));
        }
        together.countDown();
        for (Future<?> compiler : compilers) {
            compiler.get();
        }
        executor.shutdown();

        answers(compile(4, cache()), 4, true);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(f -> f.toString().endsWith(".new"))).isEmpty();
        }
    }
}
