package dev.cordon.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionBody;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.error.MalformedBundleException;
import dev.cordon.samples.SamplePlugins;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever the bytes: an outline, or one of two exceptions, and Chicory takes what was let in. */
class ModuleReaderFuzzTest {
    private static final int LARGEST_SEED = 32_000;
    private static final int[] TELLING = {
        0, 1, 2, 3, 4, 5, 0x0b, 0x0c, 0x0d, 0x0e, 0x10, 0x1a, 0x1f, 0x40, 0x6a, 0x6f, 0x70, 0x7e,
        0x7f, 0x80, 0xfc, 0xff
    };
    private static final List<byte[]> SEEDS =
            SamplePlugins.names().stream()
                    .map(SamplePlugins::bytes)
                    .filter(it -> it.length > Preamble.SIZE && it.length < LARGEST_SEED)
                    .toList();

    @Property(tries = 2_000)
    void anyBytes(@ForAll byte[] bytes) {
        check(ModuleBytes.module().append(bytes(bytes)).build());
    }

    @Property(tries = 3_000)
    void changedPlugins(@ForAll Random random) {
        byte[] module = SEEDS.get(random.nextInt(SEEDS.size())).clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = Preamble.SIZE + random.nextInt(module.length - Preamble.SIZE);
            switch (random.nextInt(4)) {
                case 0 -> module[at] = (byte) random.nextInt(256);
                case 1 -> module[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> module[at] += (byte) (random.nextBoolean() ? 1 : -1);
                default -> module[at] = (byte) TELLING[random.nextInt(TELLING.length)];
            }
        }
        check(module);
    }

    @Property(tries = 200)
    void cutPlugins(@ForAll Random random) {
        byte[] module = SEEDS.get(random.nextInt(SEEDS.size()));

        check(java.util.Arrays.copyOf(module, random.nextInt(module.length)));
    }

    /** Code after an unreachable point fits nearly any operands, so much of it is valid. */
    @Property(tries = 5_000)
    void anyInstructions(@ForAll("instructions") List<int[]> instructions) {
        ModuleBytes start =
                ModuleBytes.module()
                        .section(ModuleBytes.TYPE, 2, 0x60, 0, 0, 0x60, 1, 0x7f, 1, 0x7e);
        byte[] module =
                start.section(ModuleBytes.FUNCTION, 1, 0)
                        .section(ModuleBytes.TABLE, 1, 0x70, 0, 1)
                        .section(ModuleBytes.MEMORY, 1, 0, 1)
                        .section(ModuleBytes.GLOBAL, 1, 0x7f, 1, 0x41, 0, 0x0b)
                        .code(
                                body -> {
                                    body.bytes(0x00);
                                    instructions.forEach(body::bytes);
                                    body.bytes(0x00);
                                })
                        .build();

        check(module);
    }

    @Provide
    Arbitrary<List<int[]>> instructions() {
        Arbitrary<int[]> numeric =
                Arbitraries.integers().between(0x45, 0xc4).map(it -> new int[] {it});
        Arbitrary<int[]> access =
                Arbitraries.integers().between(0x28, 0x3e).map(it -> new int[] {it, 0, 0});
        Arbitrary<int[]> control =
                Arbitraries.of(
                        new int[] {0x02, 0x40},
                        new int[] {0x03, 0x7f},
                        new int[] {0x04, 0x40},
                        new int[] {0x02, 0x01},
                        new int[] {0x04, 0x01},
                        new int[] {0x05},
                        new int[] {0x0b},
                        new int[] {0x0c, 0},
                        new int[] {0x0d, 1},
                        new int[] {0x0e, 1, 0, 1},
                        new int[] {0x0f},
                        new int[] {0x10, 0},
                        new int[] {0x11, 1, 0},
                        new int[] {0x1a},
                        new int[] {0x1b},
                        new int[] {0x23, 0},
                        new int[] {0x24, 0},
                        new int[] {0x41, 0},
                        new int[] {0x42, 0},
                        new int[] {0xd0, 0x70},
                        new int[] {0xd1},
                        new int[] {0x00},
                        new int[] {0x3f, 0},
                        new int[] {0x40, 0});
        return Arbitraries.oneOf(numeric, access, control, control, control).list().ofMaxSize(60);
    }

    private static void check(byte[] module) {
        ModuleOutline outline = read(module);
        if (outline == null) {
            return;
        }
        WasmModule parsed = ModuleValidator.validate("p", module, outline).wasmModule();
        assertThat(parsed.importSection().importCount()).isEqualTo(outline.imports().size());
        assertThat(parsed.exportSection().exportCount()).isEqualTo(outline.exports().size());
        assertThat(parsed.startSection().isPresent()).isEqualTo(outline.hasStart());
        FunctionBody[] bodies = parsed.codeSection().functionBodies();
        assertThat(bodies).hasSize(outline.bodies().count());
        for (int i = 0; i < bodies.length; i++) {
            assertThat(bodies[i].instructions()).hasSize(outline.bodies().instructions(i));
        }
        byte[] skeleton = ModuleSkeleton.of(module, outline, it -> it % 2 == 0);
        WasmModule bare =
                Parser.builder()
                        .withValidation(false)
                        .build()
                        .parse(() -> new java.io.ByteArrayInputStream(skeleton));
        assertThat(bare.codeSection().functionBodyCount()).isEqualTo(bodies.length);
        FunctionNames.of(module, outline).name(0);
    }

    private static @Nullable ModuleOutline read(byte[] module) {
        try {
            return ModuleReader.read("p", module);
        } catch (MalformedBundleException | InvalidModuleException e) {
            assertThat(e.getMessage().chars()).allMatch(it -> it >= ' ' || it == '\n');
            return null;
        }
    }

    private static ModuleBytes bytes(byte[] bytes) {
        ModuleBytes all = new ModuleBytes();
        for (byte each : bytes) {
            all.bytes(each);
        }
        return all;
    }
}
