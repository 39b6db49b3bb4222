package dev.cordon.wasm;

import static dev.cordon.wasm.ModuleBytes.ELEMENT;
import static dev.cordon.wasm.ModuleBytes.EXPORT;
import static dev.cordon.wasm.ModuleBytes.FUNCTION;
import static dev.cordon.wasm.ModuleBytes.GLOBAL;
import static dev.cordon.wasm.ModuleBytes.IMPORT;
import static dev.cordon.wasm.ModuleBytes.MEMORY;
import static dev.cordon.wasm.ModuleBytes.START;
import static dev.cordon.wasm.ModuleBytes.TABLE;
import static dev.cordon.wasm.ModuleBytes.TAG;
import static dev.cordon.wasm.ModuleBytes.TYPE;
import static dev.cordon.wasm.ModuleBytes.module;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.CordonException;
import org.junit.jupiter.api.Test;

class DeclarationReaderTest {
    private static final int DATA = ModuleBytes.DATA;

    private static void refuses(ModuleBytes bytes, String what) {
        assertThatThrownBy(() -> ModuleReader.read("p", bytes.build()))
                .isInstanceOfSatisfying(
                        CordonException.class, e -> assertThat(e.what()).isEqualTo(what));
    }

    private static ModuleBytes oneFunction() {
        return module().section(TYPE, 1, 0x60, 0, 0).section(FUNCTION, 1, 0);
    }

    @Test
    void indexesPointAtWhatThereIs() {
        refuses(module().section(FUNCTION, 1, 0), "function section: there is no type 0");
        refuses(module().section(IMPORT, 1, 0, 0, 0, 3), "import section: there is no type 3");
        refuses(module().section(TAG, 1, 0, 0), "tag section: there is no type 0");
        refuses(oneFunction().section(START, 1), "start section: there is no function 1");
        refuses(
                oneFunction().section(EXPORT, 1, 1, 'f', 0, 1),
                "export section: the export `f` is function 1, which there is not");
        refuses(
                module().section(EXPORT, 1, 1, 'm', 2, 0),
                "export section: the export `m` is memory 0, which there is not");
        refuses(
                module().section(ELEMENT, 1, 0, 0x41, 0, 0x0b, 0),
                "element section: there is no table 0");
        refuses(
                module().section(TABLE, 1, 0x70, 0, 1).section(ELEMENT, 1, 1, 0, 1, 7),
                "element section: there is no function 7");
        refuses(
                module().section(DATA, 1, 0, 0x41, 0, 0x0b, 0),
                "data section: a segment is for a memory, which there is not");
    }

    @Test
    void typesFitTheirUse() {
        ModuleBytes argument = module().section(TYPE, 1, 0x60, 1, 0x7f, 0).section(FUNCTION, 1, 0);
        refuses(
                argument.section(START, 0),
                "start section: function 0 has the type (i32) -> (), but must take and give"
                        + " nothing");
        refuses(
                module().section(TYPE, 1, 0x60, 0, 1, 0x7f).section(TAG, 1, 0, 0),
                "tag section: a tag has the type () -> (i32), which has results");
        refuses(
                module().section(TABLE, 1, 0x6f, 0, 1).section(ELEMENT, 1, 0, 0x41, 0, 0x0b, 0),
                "element section: a segment of funcref is for table 0 of externref");
    }

    @Test
    void exportNamesAreUnique() {
        refuses(
                oneFunction().section(EXPORT, 2, 2, 'a', 0x07, 0, 0, 2, 'a', 0x07, 0, 0),
                "export section: there are two exports of the name `a\\u{7}`");
    }

    @Test
    void limitsAreInOrder() {
        refuses(
                module().section(MEMORY, 1, 1, 2, 1),
                "memory section: a minimum of 2 pages is above the maximum of 1");
        refuses(
                module().section(TABLE, 1, 0x70, 1, 2, 1),
                "table section: a minimum of 2 elements is above the maximum of 1");
        refuses(
                module().section(MEMORY, it -> it.bytes(1, 1, 1).u32(65_537)),
                "memory section: 65537 pages are more than the 65536 that a memory can have");
    }

    @Test
    void kindsAndFlagsAreKnown() {
        refuses(
                module().section(IMPORT, 1, 0, 0, 5, 0),
                "import section: 5 is no kind of import or export, at byte 0xd");
        refuses(
                module().section(MEMORY, 1, 0x10, 1),
                "memory section: 0x10 are no limits, at byte 0xb");
        refuses(
                module().section(GLOBAL, 1, 0x7f, 2, 0x41, 0, 0x0b),
                "global section: a global that is neither constant nor variable, at byte 0xc");
        refuses(
                module().section(ELEMENT, 1, 8, 0, 0),
                "element section: 8 is no kind of element segment, at byte 0xb");
        refuses(
                module().section(ELEMENT, 1, 1, 1, 0),
                "element section: elements that are no functions, at byte 0xc");
        refuses(
                module().section(DATA, 1, 3, 0),
                "data section: 3 is no kind of data segment, at byte 0xb");
        refuses(
                module().section(TYPE, 1, 0x61, 0, 0),
                "type section: 0x61 is no type, at byte 0xb");
        refuses(
                module().section(TABLE, 1, 0x7f, 0, 0),
                "table section: i32 is no reference type, at byte 0xb");
    }

    @Test
    void constantExpressionsAreChecked() {
        refuses(
                module().section(GLOBAL, 1, 0x7f, 0, 0x42, 0, 0x0b),
                "global section: a constant expression must give i32 and gives i64");
        refuses(
                module().section(GLOBAL, 1, 0x7f, 0, 0x0b, 0),
                "global section: a constant expression must give i32 and gives 0 values");
        refuses(
                module().section(GLOBAL, 1, 0x7f, 0, 0x42, 0, 0x41, 0, 0x6a, 0x0b),
                "global section: arithmetic in a constant expression needs two i32");
        refuses(
                module().section(GLOBAL, 1, 0x7f, 0, 0x23, 0, 0x0b),
                "global section: a constant expression reads global 0, which is not a constant"
                        + " before it");
        refuses(
                module().section(GLOBAL, 1, 0x7f, 0, 0x01, 0x0b),
                "global section: a constant expression holds the instruction 0x1, at byte 0xd");
        refuses(
                module().section(ELEMENT, 1, 5, 0x70, 1, 0x41, 0, 0x0b),
                "element section: a constant expression must give funcref and gives i32");
        refuses(
                module().section(
                                GLOBAL,
                                it -> it.bytes(1, 0x7f, 0).repeat(1_001, 0x41, 0).bytes(0x0b)),
                "global section: 1001 instructions of a constant expression are more than the 1000"
                        + " that are allowed");
    }

    @Test
    void constantsMayBuildOnConstantsBeforeThem() {
        ModuleBytes globals =
                module().section(
                                GLOBAL, 2, 0x7f, 0, 0x41, 5, 0x0b, 0x7f, 1, 0x23, 0, 0x41, 1, 0x6a,
                                0x0b);

        ModuleOutline outline = ModuleReader.read("p", globals.build());

        assertThat(outline.globals()).isEqualTo(2);
        assertThat(outline.proposals()).containsExactly(Proposal.EXTENDED_CONST);
    }
}
