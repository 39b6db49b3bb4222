package dev.cordon.wasm;

import static dev.cordon.wasm.ModuleBytes.CODE;
import static dev.cordon.wasm.ModuleBytes.FUNCTION;
import static dev.cordon.wasm.ModuleBytes.TYPE;
import static dev.cordon.wasm.ModuleBytes.module;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class FunctionNamesTest {
    private static FunctionNames names(int functions, ModuleBytes section) {
        byte[] module =
                module().section(TYPE, 1, 0x60, 0, 0)
                        .section(FUNCTION, it -> it.u32(functions).repeat(functions, 0))
                        .section(CODE, it -> it.u32(functions).repeat(functions, 2, 0, 0x0b))
                        .section(0, it -> it.name("name").append(section))
                        .build();
        return FunctionNames.of(module, ModuleReader.read("p", module));
    }

    private static ModuleBytes functionNames(int... content) {
        return new ModuleBytes().section(0, 1, 'm').section(1, content);
    }

    @Test
    void namesAreFoundByIndex() {
        FunctionNames names = names(3, functionNames(2, 2, 1, 'c', 0, 2, 'a', 'b'));

        assertThat(names.name(0)).isEqualTo("ab");
        assertThat(names.name(1)).isEmpty();
        assertThat(names.name(2)).isEqualTo("c");
        assertThat(names.name(3)).isEmpty();
        assertThat(names.name(-1)).isEmpty();
    }

    @Test
    void moduleWithoutNamesHasNone() {
        byte[] module = ModuleBytes.function();

        assertThat(FunctionNames.of(module, ModuleReader.read("p", module)).name(0)).isEmpty();
    }

    @Test
    void damagedSectionHasFewerNames() {
        assertThat(names(2, functionNames(2, 0, 1, 'a', 1, 9, 'b')).name(0)).isEqualTo("a");
        assertThat(names(2, functionNames(2, 0, 1, 'a', 1, 9, 'b')).name(1)).isEmpty();
        assertThat(names(1, new ModuleBytes().bytes(1, 0xff)).name(0)).isEmpty();
        assertThat(names(1, functionNames(0xff, 0xff, 0xff, 0xff, 0xff, 0)).name(0)).isEmpty();
        assertThat(names(1, functionNames(1, 0xff, 0xff, 0xff, 0xff, 0x0f, 1, 'a')).name(0))
                .isEmpty();
    }

    @Test
    void firstNameOfAFunctionCounts() {
        assertThat(names(1, functionNames(2, 0, 1, 'a', 0, 1, 'b')).name(0)).isEqualTo("a");
    }

    @Test
    void longNameIsCut() {
        ModuleBytes section =
                new ModuleBytes()
                        .section(1, it -> it.bytes(1, 0).u32(100_000).repeat(100_000, 'x'));

        assertThat(names(1, section).name(0)).hasSize(512);
    }

    @Test
    void manyNamesInFallingOrderAreReadAndValidatedSoon() {
        int count = 500_000;
        ModuleBytes section =
                new ModuleBytes()
                        .section(
                                1,
                                it -> {
                                    it.u32(count);
                                    for (int i = count; i > 0; i--) {
                                        it.u32(i).bytes(0);
                                    }
                                });

        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> {
                    byte[] module =
                            module().section(0, it -> it.name("name").append(section)).build();
                    ModuleOutline outline = ModuleReader.read("p", module);
                    assertThat(FunctionNames.of(module, outline).name(0)).isEmpty();
                    assertThat(ModuleValidator.validate("p", module, outline).outline())
                            .isSameAs(outline);
                });
    }
}
