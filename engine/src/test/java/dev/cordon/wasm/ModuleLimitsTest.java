package dev.cordon.wasm;

import static dev.cordon.wasm.ModuleBytes.CODE;
import static dev.cordon.wasm.ModuleBytes.ELEMENT;
import static dev.cordon.wasm.ModuleBytes.EXPORT;
import static dev.cordon.wasm.ModuleBytes.FUNCTION;
import static dev.cordon.wasm.ModuleBytes.GLOBAL;
import static dev.cordon.wasm.ModuleBytes.IMPORT;
import static dev.cordon.wasm.ModuleBytes.MEMORY;
import static dev.cordon.wasm.ModuleBytes.TABLE;
import static dev.cordon.wasm.ModuleBytes.TAG;
import static dev.cordon.wasm.ModuleBytes.TYPE;
import static dev.cordon.wasm.ModuleBytes.module;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class ModuleLimitsTest {
    /** Far above what the reader takes, far below what Chicory would. */
    private static final Duration SOON = Duration.ofSeconds(5);

    private static void refuses(ModuleBytes module, String what) {
        refuses(module.build(), what);
    }

    private static void refuses(byte[] module, String what) {
        Assertions.assertTimeoutPreemptively(
                SOON,
                () ->
                        assertThatThrownBy(() -> ModuleReader.read("p", module))
                                .isInstanceOfSatisfying(
                                        CordonException.class,
                                        e -> {
                                            assertThat(e.what()).isEqualTo(what);
                                            assertThat(e.code()).isEqualTo(ErrorCode.MODULE_LIMIT);
                                        }));
    }

    private static byte[] body(Consumer<ModuleBytes> instructions) {
        return module().section(TYPE, 1, 0x60, 0, 0)
                .section(FUNCTION, 1, 0)
                .code(instructions)
                .build();
    }

    @Test
    void bytes() {
        byte[] module = new byte[ModuleLimits.MAX_MODULE_BYTES + 1];

        assertThatThrownBy(() -> ModuleReader.read("p", module))
                .hasMessage(
                        """
                        CRD-102 [p] the module has 67108865 bytes, and at most 67108864 are allowed
                          help: strip it of debug information, for example with `wasm-strip`""");
    }

    @Test
    void declarations() {
        refuses(
                module().section(IMPORT, it -> it.u32(10_000).repeat(10_000, 0, 0, 0, 0)),
                "import section: 10000 imports are more than the 1000 that are allowed");
        refuses(
                module().section(FUNCTION, it -> it.u32(200_000)),
                "function section: 200000 functions are more than the 100000 that are allowed");
        refuses(
                module().section(EXPORT, it -> it.u32(20_001)),
                "export section: 20001 exports are more than the 20000 that are allowed");
        refuses(
                module().section(GLOBAL, it -> it.u32(10_001)),
                "global section: 10001 globals are more than the 10000 that are allowed");
        refuses(
                module().section(TABLE, 17),
                "table section: 17 tables are more than the 16 that are allowed");
        refuses(
                module().section(TAG, it -> it.u32(1_001)),
                "tag section: 1001 tags are more than the 1000 that are allowed");
        refuses(
                module().section(TYPE, it -> it.bytes(1, 0x60).u32(1_001)),
                "type section: 1001 parameters of a type are more than the 1000 that are allowed");
        refuses(
                module().section(ELEMENT, it -> it.u32(50_001)),
                "element section: 50001 element segments are more than the 50000 that are allowed");
        refuses(
                module().section(ELEMENT, it -> it.bytes(1, 1, 0).u32(1_000_001)),
                "element section: 1000001 elements are more than the 1000000 that are allowed");
        refuses(
                module().section(ModuleBytes.DATA, it -> it.u32(100_001)),
                "data section: 100001 data segments are more than the 100000 that are allowed");
    }

    @Test
    void tablesAreCountedWithImportedOnes() {
        refuses(
                module().section(IMPORT, 1, 0, 0, 1, 0x70, 0, 1)
                        .section(TABLE, it -> it.u32(16).repeat(16, 0x70, 0, 1)),
                "table section: 17 tables are more than the 16 that are allowed");
    }

    @Test
    void memoriesAndTablesThatNoHostCanHold() {
        refuses(
                module().section(MEMORY, it -> it.bytes(1, 0).u32(65_536)),
                "memory section: a memory that starts with 65536 pages, and at most 32767 are"
                        + " allowed");
        refuses(
                module().section(TABLE, it -> it.bytes(1, 0x70, 0).u32(0xffffffffL)),
                "table section: 4294967295 elements of a table are more than the 10000000 that are"
                        + " allowed");
    }

    @Test
    void localsOfOneFunction() {
        refuses(
                module().section(TYPE, 1, 0x60, 0, 0)
                        .section(FUNCTION, it -> it.u32(400).repeat(400, 0))
                        .section(
                                CODE,
                                it -> it.u32(400).repeat(400, 6, 1, 0xd0, 0x86, 0x03, 0x7f, 0x0b)),
                "function 0: 50000 locals are more than the 10000 that are allowed");
    }

    @Test
    void localsOfAllFunctions() {
        refuses(
                module().section(TYPE, 1, 0x60, 0, 0)
                        .section(FUNCTION, it -> it.u32(501).repeat(501, 0))
                        .section(CODE, it -> it.u32(501).repeat(501, 5, 1, 0x90, 0x4e, 0x7f, 0x0b)),
                "function 500: the module has more than 5000000 locals up to here");
    }

    @Test
    void parametersCountAsLocals() {
        int functions = 6_000;
        refuses(
                module().section(
                                TYPE, it -> it.bytes(1, 0x60).u32(1_000).repeat(1_000, 0x7f).u32(0))
                        .section(FUNCTION, it -> it.u32(functions).repeat(functions, 0))
                        .section(CODE, it -> it.u32(functions).repeat(functions, 2, 0, 0x0b)),
                "function 5000: the module has more than 5000000 locals up to here");
    }

    @Test
    void nesting() {
        refuses(
                body(it -> it.repeat(20_000, 0x03, 0x40).repeat(20_000, 0x0b)),
                "function 0: 10001 nested blocks are more than the 10000 that are allowed");
    }

    @Test
    void loopsSideBySide() {
        refuses(
                body(it -> it.repeat(80_000, 0x03, 0x40, 0x0b)),
                "function 0: its branches leave more than 300000000 blocks in all");
    }

    @Test
    void branchesOutOfDeepNests() {
        refuses(
                body(
                        it ->
                                it.repeat(9_000, 0x02, 0x40)
                                        .repeat(40_000, 0x41, 0, 0x0d, 0xa7, 0x46)
                                        .repeat(9_000, 0x0b)),
                "function 0: its branches leave more than 300000000 blocks in all");
    }

    @Test
    void branchTables() {
        refuses(
                body(it -> it.bytes(0x41, 0, 0x0e).u32(65_537).repeat(65_538, 0)),
                "function 0: 65537 targets of a `br_table` are more than the 65536 that are"
                        + " allowed");
        refuses(
                body(
                        it -> {
                            for (int i = 0; i < 31; i++) {
                                it.bytes(0x41, 0, 0x0e).u32(65_536).repeat(65_537, 0);
                            }
                        }),
                "function 0: 2031616 targets of all `br_table` are more than the 2000000 that are"
                        + " allowed");
    }

    @Test
    void twentyLargeBranchTablesAreReadSoon() {
        byte[] module =
                body(
                        it -> {
                            for (int i = 0; i < 20; i++) {
                                it.bytes(0x41, 0, 0x0e).u32(20_000).repeat(20_001, 0);
                            }
                        });

        ModuleOutline outline =
                Assertions.assertTimeoutPreemptively(SOON, () -> ModuleReader.read("p", module));

        assertThat(outline.bodies().instructions(0)).isEqualTo(41);
    }

    @Test
    void callsWithManyParameters() {
        ModuleBytes types =
                module().section(
                                TYPE,
                                it ->
                                        it.bytes(2, 0x60, 0, 0, 0x60)
                                                .u32(1_000)
                                                .repeat(1_000, 0x7f)
                                                .u32(1_000)
                                                .repeat(1_000, 0x7f));
        ModuleBytes caller = new ModuleBytes().bytes(0, 0).repeat(9_000, 0x10, 1).bytes(0x0b);
        refuses(
                types.section(FUNCTION, 2, 0, 1)
                        .section(
                                CODE,
                                it ->
                                        it.u32(2)
                                                .u32(caller.size())
                                                .append(caller)
                                                .bytes(3, 0, 0, 0x0b)),
                "function 0: its calls, blocks and branches move more than 10080160 operands");
    }

    @Test
    void operandsThatWait() {
        refuses(
                body(it -> it.repeat(4_097, 0x41, 0)),
                "function 0: 4097 waiting operands are more than the 4096 that are allowed");
    }

    @Test
    void sizeOfOneBody() {
        refuses(
                body(it -> it.repeat(ModuleLimits.MAX_BODY_BYTES, 0x01)),
                "function 0: 7654323 bytes of a function are more than the 7654321 that are"
                        + " allowed");
    }

    @Test
    void instructionsOfAllBodies() {
        ModuleBytes one = new ModuleBytes().bytes(0).repeat(6_000_000, 0x01).bytes(0x0b);
        refuses(
                module().section(TYPE, 1, 0x60, 0, 0)
                        .section(FUNCTION, 2, 0, 0)
                        .section(
                                CODE,
                                it ->
                                        it.u32(2)
                                                .u32(one.size())
                                                .append(one)
                                                .u32(one.size())
                                                .append(one)),
                "function 1: the module has more than 12000000 instructions up to here");
    }

    @Test
    void customSections() {
        ModuleBytes many = module();
        for (int i = 0; i < 1_001; i++) {
            many.custom("a");
        }
        refuses(
                many,
                "custom section: 1001 custom sections are more than the 1000 that are allowed");
        refuses(
                module().section(
                                0,
                                it ->
                                        it.name("a")
                                                .append(
                                                        new ModuleBytes()
                                                                .repeat(
                                                                        ModuleLimits
                                                                                .MAX_CUSTOM_BYTES,
                                                                        0))),
                "custom section: more than 16777216 bytes of custom sections");
        refuses(
                module().section(0, it -> it.u32(4_097).repeat(4_097, 'a')),
                "custom section: 4097 bytes of a name are more than the 4096 that are allowed");
    }
}
