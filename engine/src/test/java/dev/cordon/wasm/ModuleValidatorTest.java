package dev.cordon.wasm;

import static dev.cordon.wasm.ModuleBytes.IMPORT;
import static dev.cordon.wasm.ModuleBytes.TYPE;
import static dev.cordon.wasm.ModuleBytes.module;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.InvalidModuleException;
import org.junit.jupiter.api.Test;

class ModuleValidatorTest {
    @Test
    void validModuleKeepsWhatItWasMadeFrom() {
        byte[] bytes = ModuleBytes.function(0x01);
        ModuleOutline outline = ModuleReader.read("p", bytes);

        ValidModule module = ModuleValidator.validate("p", bytes, outline);

        assertThat(module.plugin()).isEqualTo("p");
        assertThat(module.bytes()).isSameAs(bytes);
        assertThat(module.outline()).isSameAs(outline);
        assertThat(module.wasmModule().codeSection().functionBodyCount()).isEqualTo(1);
        assertThat(module.wasmModule().customSections()).isEmpty();
    }

    @Test
    void digestIsTheSha256OfTheBytes() {
        byte[] bytes = module().build();

        ValidModule module = ModuleValidator.validate("p", bytes, ModuleReader.read("p", bytes));

        assertThat(module.digest())
                .isEqualTo("93a44bbb96c751218e4c00d479e4c14358122a389acca16205b1e4d0dc5f9476");
    }

    @Test
    void whatChicoryRefusesIsToldInOneLine() {
        byte[] bytes =
                module().section(TYPE, 1, 0x60, 0, 0)
                        .section(IMPORT, it -> it.u32(1).name("env").name("☃").bytes(0, 0))
                        .build();
        ModuleOutline outline = ModuleReader.read("p", bytes);

        assertThatThrownBy(() -> ModuleValidator.validate("p", bytes, outline))
                .isInstanceOf(InvalidModuleException.class)
                .hasMessage(
                        """
                        CRD-301 [p] the runtime refuses the module: section size mismatch, \
                        unexpected end of section or function, malformed UTF-8 encoding
                          help: rebuild it with an up-to-date toolchain; `wasm-validate` may show \
                        the same fault""");
    }

    @Test
    void importOfAMemoryIsRefusedWhereFunctionsAreOffered() {
        byte[] bytes =
                module().section(IMPORT, it -> it.u32(1).name("env").name("mem\n").bytes(2, 0, 1))
                        .build();
        ModuleOutline outline = ModuleReader.read("p", bytes);

        assertThatThrownBy(() -> ModuleValidator.requireOnlyFunctionImports("p", outline))
                .isInstanceOf(InvalidModuleException.class)
                .hasMessage(
                        """
                        CRD-303 [p] imports the memory `env.mem\\u{a}`, but the host offers \
                        functions only
                          help: let the plugin define its own memory, tables, globals and tags, \
                        for example by linking without `--import-memory`""");
    }

    @Test
    void importOfAFunctionIsLeftToTheHost() {
        byte[] bytes =
                module().section(TYPE, 1, 0x60, 0, 0)
                        .section(IMPORT, it -> it.u32(1).name("a").name("b").bytes(0, 0))
                        .build();

        ModuleValidator.requireOnlyFunctionImports("p", ModuleReader.read("p", bytes));
    }
}
