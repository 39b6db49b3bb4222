package dev.cordon.wasm;

import static dev.cordon.wasm.ModuleBytes.CODE;
import static dev.cordon.wasm.ModuleBytes.DATA;
import static dev.cordon.wasm.ModuleBytes.DATA_COUNT;
import static dev.cordon.wasm.ModuleBytes.EXPORT;
import static dev.cordon.wasm.ModuleBytes.FUNCTION;
import static dev.cordon.wasm.ModuleBytes.GLOBAL;
import static dev.cordon.wasm.ModuleBytes.MEMORY;
import static dev.cordon.wasm.ModuleBytes.START;
import static dev.cordon.wasm.ModuleBytes.TABLE;
import static dev.cordon.wasm.ModuleBytes.TAG;
import static dev.cordon.wasm.ModuleBytes.TYPE;
import static dev.cordon.wasm.ModuleBytes.module;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.MalformedBundleException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleReaderTest {
    private static ModuleOutline read(ModuleBytes bytes) {
        return ModuleReader.read("p", bytes.build());
    }

    private static void refuses(ModuleBytes bytes, ErrorCode code, String what) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOfSatisfying(
                        CordonException.class,
                        e -> {
                            assertThat(e.what()).isEqualTo(what);
                            assertThat(e.code()).isEqualTo(code);
                        });
    }

    private static void malformed(ModuleBytes bytes, String what) {
        refuses(bytes, ErrorCode.MALFORMED_MODULE, what);
    }

    @Test
    void emptyModuleHasNothing() {
        ModuleOutline outline = read(module());

        assertThat(outline.imports()).isEmpty();
        assertThat(outline.exports()).isEmpty();
        assertThat(outline.memory()).isEmpty();
        assertThat(outline.tables()).isEmpty();
        assertThat(outline.totalFunctions()).isZero();
        assertThat(outline.bodies().count()).isZero();
        assertThat(outline.proposals()).isEmpty();
        assertThat(outline.hasStart()).isFalse();
        assertThat(outline.codeSize()).isZero();
    }

    @Test
    void outlineTellsWhatIsInTheModule() {
        ModuleBytes bytes =
                module().section(TYPE, 2, 0x60, 0, 0, 0x60, 2, 0x7f, 0x7e, 1, 0x7d)
                        .section(2, it -> it.u32(1).name("env").name("log").bytes(0, 1))
                        .section(FUNCTION, 1, 0)
                        .section(TABLE, 1, 0x70, 1, 2, 5)
                        .section(MEMORY, 1, 0, 3)
                        .section(GLOBAL, 1, 0x7f, 1, 0x41, 7, 0x0b)
                        .section(EXPORT, it -> it.u32(1).name("run").bytes(0, 1))
                        .section(START, 1)
                        .section(CODE, 1, 5, 1, 2, 0x7f, 0x01, 0x0b)
                        .custom("about", 9, 9, 9);

        ModuleOutline outline = read(bytes);

        assertThat(outline.imports())
                .containsExactly(
                        new ImportedItem("env", "log", ExternKind.FUNCTION, "(i32, i64) -> (f32)"));
        assertThat(outline.exports())
                .containsExactly(new ExportedItem("run", ExternKind.FUNCTION, 1));
        assertThat(outline.tables())
                .containsExactly(
                        new DeclaredTable("funcref", new DeclaredSize(2, OptionalLong.of(5))));
        assertThat(outline.memory()).contains(new DeclaredSize(3, OptionalLong.empty()));
        assertThat(outline.globals()).isEqualTo(1);
        assertThat(outline.hasStart()).isTrue();
        assertThat(outline.importedFunctions()).isEqualTo(1);
        assertThat(outline.totalFunctions()).isEqualTo(2);
        assertThat(outline.functionType(0)).isEqualTo("(i32, i64) -> (f32)");
        assertThat(outline.functionType(1)).isEqualTo("() -> ()");
        int size = bytes.size();
        assertThat(outline.customSections())
                .containsExactly(new CustomSection("about", size - 3, 3));
        int code = size - 11 - 7;
        assertThat(outline.codeOffset()).isEqualTo(code);
        assertThat(outline.codeSize()).isEqualTo(7);
        assertThat(outline.bodies().count()).isEqualTo(1);
        assertThat(outline.bodies().offset(0)).isEqualTo(code + 2);
        assertThat(outline.bodies().size(0)).isEqualTo(5);
        assertThat(outline.bodies().instructions(0)).isEqualTo(2);
        assertThat(outline.bodies().totalInstructions()).isEqualTo(2);
    }

    @Test
    void componentIsToldToBecomeACoreModule() {
        byte[] component = {0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0, 1, 2, 3};

        assertThatThrownBy(() -> ModuleReader.read("word-count", component))
                .isInstanceOf(MalformedBundleException.class)
                .hasMessage(
                        """
                        CRD-105 [word-count] the file is a WebAssembly component
                          help: build it as a core module (for example with the wasm32-wasip1 target)""");
    }

    @Test
    void fileOfAnotherKindIsNamed() {
        assertThat(looks(new byte[0])).isEqualTo("it is empty");
        assertThat(looks(new byte[] {0, 0x61, 0x73, 0x6d, 1})).isEqualTo("it ends after 5 bytes");
        assertThat(looks(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0}))
                .isEqualTo("it looks like a native program (ELF)");
        assertThat(looks("MZ......".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("it looks like a Windows program");
        assertThat(looks(new byte[] {0x1f, (byte) 0x8b, 8, 0}))
                .isEqualTo("it looks compressed (gzip)");
        assertThat(looks(new byte[] {'P', 'K', 3, 4}))
                .isEqualTo("it looks like a zip or jar archive");
        assertThat(looks(new byte[] {(byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe}))
                .isEqualTo("it looks like a Java class");
        assertThat(looks(" (module)".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("it looks like WebAssembly text, which `wat2wasm` turns into a module");
        assertThat(looks("\u001b[2Jhi".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("it starts with `\\u{1b}[2Jhi`");
    }

    private static String looks(byte[] bytes) {
        try {
            ModuleReader.read("p", bytes);
            return "accepted";
        } catch (MalformedBundleException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.MALFORMED_MODULE);
            return e.what().substring("the file is no WebAssembly module: ".length());
        }
    }

    @Test
    void unknownVersionIsRefused() {
        malformed(
                new ModuleBytes().bytes(0, 0x61, 0x73, 0x6d, 2, 0, 0, 0),
                "the file is WebAssembly of the unknown version 0x00000002");
    }

    @Test
    void sectionsComeOnceAndInOrder() {
        malformed(
                module().section(TYPE, 0).section(TYPE, 0),
                "type section: it comes twice, or after one that must follow it, at byte 0xb");
        malformed(
                module().section(FUNCTION, 0).section(TYPE, 0),
                "type section: it comes twice, or after one that must follow it, at byte 0xb");
        malformed(
                module().section(GLOBAL, 0).section(TAG, 0),
                "tag section: it comes twice, or after one that must follow it, at byte 0xb");
        malformed(
                module().section(CODE, 0).section(DATA_COUNT, 0),
                "data count section: it comes twice, or after one that must follow it, at byte 0xb");
        malformed(module().section(14), "there is no section of the kind 14, at byte 0x8");
        assertThat(read(module().section(MEMORY, 0).section(TAG, 0).section(GLOBAL, 0)))
                .isNotNull();
        assertThat(read(module().section(DATA_COUNT, 0).section(CODE, 0).section(DATA, 0)))
                .isNotNull();
    }

    @Test
    void sizesAreExact() {
        malformed(
                module().bytes(TYPE, 5, 0),
                "type section: it has 5 bytes, but the file ends before, at byte 0x8");
        malformed(
                module().section(TYPE, 0, 0), "type section: it has 1 bytes too many, at byte 0xb");
        malformed(module().bytes(TYPE), "type section: it ends too early, at byte 0x9");
        malformed(
                module().section(TYPE, 1, 0x60, 0, 1),
                "type section: 1 results of a type do not fit in what is left, at byte 0xd");
    }

    @Test
    void countsCannotPromiseMoreThanThereIs() {
        malformed(
                module().section(TYPE, it -> it.u32(20_000)),
                "type section: 20000 types do not fit in what is left, at byte 0xa");
        refuses(
                module().section(TYPE, it -> it.u32(0xffffffffL)),
                ErrorCode.MODULE_LIMIT,
                "type section: 4294967295 types are more than the 20000 that are allowed");
    }

    @Test
    void paddedNumbersAreReadAndOverlongOnesRefused() {
        assertThat(read(module().section(TYPE, 0x80, 0x80, 0x80, 0x80, 0)).totalFunctions())
                .isZero();
        assertThat(read(module().bytes(TYPE, 0x81, 0x80, 0x80, 0x80, 0, 0)).totalFunctions())
                .isZero();
        malformed(
                module().section(TYPE, 0x80, 0x80, 0x80, 0x80, 0x80, 0),
                "type section: a number takes more than 5 bytes, at byte 0xa");
        malformed(
                module().section(TYPE, 0x80, 0x80, 0x80, 0x80, 0x10),
                "type section: a number does not fit 32 bits, at byte 0xa");
    }

    @ParameterizedTest
    @CsvSource({"name", "signature", "cordon.manifest", "cordon.anything", ".dep-v0"})
    void sectionThatTheEngineReadsIsThereOnce(String name) {
        malformed(
                module().custom(name, 1).custom("other").custom(name, 2),
                "custom section: there are two of the name `"
                        + name
                        + "`, at byte 0x"
                        + Integer.toHexString(8 + 3 + name.length() + 1 + 8 + 2));
    }

    @Test
    void otherCustomSectionsMayRepeat() {
        ModuleOutline outline = read(module().custom("a", 1).custom("a", 2, 3));

        assertThat(outline.customSections())
                .containsExactly(new CustomSection("a", 12, 1), new CustomSection("a", 17, 2));
        assertThat(outline.customSection("a")).contains(new CustomSection("a", 12, 1));
        assertThat(outline.customSection("b")).isEmpty();
    }

    @Test
    void namesAreUtf8() {
        malformed(
                module().section(0, 1, 0xff),
                "custom section: the name of the section is not UTF-8, at byte 0xa");
        malformed(
                module().section(0, 3, 0xed, 0xa0, 0x80),
                "custom section: the name of the section is not UTF-8, at byte 0xa");
        malformed(
                module().section(0, 4, 'a'),
                "custom section: the name of the section ends too early, at byte 0xa");
        malformed(
                module().section(EXPORT, 1, 1, 0xff, 0, 0),
                "export section: the name of an export is not UTF-8, at byte 0xb");
    }

    @Test
    void functionsAndBodiesMustMatch() {
        malformed(
                module().section(TYPE, 1, 0x60, 0, 0).section(FUNCTION, 1, 0),
                "it declares 1 functions and has 0 bodies, at byte 0x12");
        malformed(
                module().section(CODE, 1, 2, 0, 0x0b),
                "code section: there are 1 bodies for 0 functions, at byte 0xa");
        malformed(
                module().section(MEMORY, 1, 0, 1).section(DATA_COUNT, 1),
                "it declares 1 data segments and has 0, at byte 0x10");
    }
}
