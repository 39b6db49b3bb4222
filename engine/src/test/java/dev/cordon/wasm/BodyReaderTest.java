package dev.cordon.wasm;

import static dev.cordon.wasm.ModuleBytes.CODE;
import static dev.cordon.wasm.ModuleBytes.DATA;
import static dev.cordon.wasm.ModuleBytes.DATA_COUNT;
import static dev.cordon.wasm.ModuleBytes.ELEMENT;
import static dev.cordon.wasm.ModuleBytes.FUNCTION;
import static dev.cordon.wasm.ModuleBytes.GLOBAL;
import static dev.cordon.wasm.ModuleBytes.MEMORY;
import static dev.cordon.wasm.ModuleBytes.TABLE;
import static dev.cordon.wasm.ModuleBytes.TAG;
import static dev.cordon.wasm.ModuleBytes.TYPE;
import static dev.cordon.wasm.ModuleBytes.module;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.Parser;
import dev.cordon.error.CordonException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyReaderTest {
    /**
     * A module with one of each: types 0 () -> (), 1 (i32) -> (i64), 2 () -> (i32), 3 (i32) -> (),
     * 4 (i32) -> (i32); function 0 of type 0 with two locals i32 and i64; table 0 of functions and
     * 1 of externref; a memory; tags 0 () and 1 (i32); global 0 constant i32 and 1 variable i64.
     */
    private static byte[] withBody(String hex) {
        byte[] body = HexFormat.ofDelimiter(" ").parseHex(hex);
        ModuleBytes code = new ModuleBytes().bytes(2, 1, 0x7f, 1, 0x7e);
        for (byte each : body) {
            code.bytes(each);
        }
        code.bytes(0x0b);
        return module().section(
                        TYPE, 5, 0x60, 0, 0, 0x60, 1, 0x7f, 1, 0x7e, 0x60, 0, 1, 0x7f, 0x60, 1,
                        0x7f, 0, 0x60, 1, 0x7f, 1, 0x7f)
                .section(FUNCTION, 1, 0)
                .section(TABLE, 2, 0x70, 0, 1, 0x6f, 0, 1)
                .section(MEMORY, 1, 0, 1)
                .section(TAG, 2, 0, 0, 0, 3)
                .section(GLOBAL, 2, 0x7f, 0, 0x41, 0, 0x0b, 0x7e, 1, 0x42, 0, 0x0b)
                .section(ELEMENT, 1, 3, 0, 1, 0)
                .section(DATA_COUNT, 1)
                .section(CODE, it -> it.u32(1).u32(code.size()).append(code))
                .section(DATA, 1, 1, 0)
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "02 40 0b, block",
        "02 7f 41 00 0b 1a, block with a result",
        "41 00 02 03 1a 0b, block with a parameter",
        "41 00 04 40 05 0b, if",
        "41 00 41 01 04 04 0b 1a, if without else that keeps its operand",
        "00 6a 1a, unreachable code takes any operands",
        "00 1b 1a, unreachable select",
        "00 02 7f 00 0b 1a, unreachable block",
        "20 00 1a 20 01 1a, locals",
        "41 00 28 02 00 1a, load",
        "41 00 42 00 37 03 ff ff ff ff 0f, store with the largest offset",
        "3f 00 40 00 1a, memory.grow",
        "42 01 24 01 23 00 1a, globals",
        "41 00 25 01 1a, table.get",
        "41 00 d2 00 26 00, table.set",
        "d0 70 41 00 fc 0f 00 1a, table.grow",
        "41 00 41 00 41 00 fc 0a 00 00, memory.copy",
        "41 00 41 00 41 00 fc 08 00 00 fc 09 00, memory.init",
        "41 00 41 00 41 00 fc 0c 00 00 fc 0d 00, table.init",
        "41 00 41 00 41 00 fc 0e 00 00, table.copy",
        "41 00 11 02 00 1a, call_indirect",
        "41 00 13 00 00, return_call_indirect",
        "02 40 41 00 0e 01 00 01 0b, br_table",
        "00 0e 01 00 00, unreachable br_table",
        "02 40 1f 40 01 00 00 00 0b 0b, try_table",
        "02 7f 1f 40 01 00 01 00 0b 41 00 0b 1a, try_table that catches a value",
        "02 69 1f 40 01 03 00 0b d0 69 0b 0a, catch_all_ref",
        "41 00 08 01, throw",
        "d0 6f d1 1a, ref.is_null",
        "41 00 41 00 41 00 1c 01 7f 1a, typed select",
        "41 ff ff ff ff 07 1a, largest i32",
        "42 80 80 80 80 80 80 80 80 80 7f 1a, smallest i64"
    })
    void validBodyIsReadAndChicoryAgrees(String hex, String what) {
        byte[] module = withBody(hex);

        ModuleOutline outline = ModuleReader.read("p", module);

        int instructions =
                Parser.parse(module).codeSection().getFunctionBody(0).instructions().size();
        assertThat(outline.bodies().instructions(0)).as(what).isEqualTo(instructions);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "6a; it needs i32 and finds nothing",
                "41 00 42 00 6a; it needs i32 and finds i64",
                "41 00; a block leaves 1 operands too many",
                "02 7f 0b 1a; it needs i32 and finds nothing",
                "41 00 04 7f 41 00 0b 1a; an `if` of the type () -> (i32) has no `else`",
                "41 00 41 00 04 01 0b 1a; it needs i64 and finds i32",
                "05; `else` is in no `if`",
                "02 40 05 0b; `else` is in no `if`",
                "20 02 1a; there is no local 2",
                "23 02 1a; there is no global 2",
                "41 00 24 00; it sets global 0, which is a constant",
                "10 01; there is no function 1",
                "41 00 11 05 00; there is no type 5",
                "41 00 11 00 02; there is no table 2",
                "41 00 11 00 01; table 1 holds no functions",
                "12 01; there is no function 1",
                "41 00 13 02 00; a tail call has other results than the function it ends",
                "0c 01; there is no label 1",
                "41 00 0d ff ff ff ff 0f; there is no label 2147483647",
                "02 7f 41 00 41 00 0e 01 00 01 0b 1a; targets of a `br_table` take different numbers"
                        + " of values",
                "08 02; there is no tag 2",
                "08 01; it needs i32 and finds nothing",
                "1f 40 01 00 01 00 0b; a handler gives other values than its label takes",
                "1f 40 01 02 01 0b; there is no label 1",
                "0a; it needs exnref and finds nothing",
                "41 00 28 03 00 1a; its alignment 2^3 is more than natural",
                "d2 01 1a; there is no function 1",
                "fc 09 01; there is no data segment 1",
                "fc 0d 01; there is no element segment 1",
                "41 00 41 00 41 00 fc 0e 00 01; it copies externref to a table of funcref",
                "41 00 41 00 41 00 fc 0c 00 01; it copies funcref to a table of externref",
                "41 00 d1 1a; it needs a reference and finds i32",
                "d0 70 d0 70 41 00 1b 1a; `select` of references must name their type",
                "41 00 42 00 41 00 1b 1a; `select` has i32 and i64",
                "41 00 41 00 41 00 1c 02 7f 7f 1a; `select` names 2 types instead of one",
                "02 05 0b; there is no type 5"
            })
    void fault(String hex, String fault) {
        assertThatThrownBy(() -> ModuleReader.read("p", withBody(hex)))
                .isInstanceOfSatisfying(
                        CordonException.class,
                        e -> assertThat(e.what()).startsWith("function 0: " + fault + ", in `"));
    }

    @ParameterizedTest
    @CsvSource({
        "6a, i32.add",
        "20 09, local.get",
        "fc 0d 09, elem.drop",
        "0c 09, br",
        "13 09 00, return_call_indirect",
        "d2 09, ref.func",
        "fc 0e 00 09, table.copy",
        "b9, f64.convert_i64_s"
    })
    void faultNamesItsInstruction(String hex, String name) {
        assertThatThrownBy(() -> ModuleReader.read("p", withBody(hex)))
                .hasMessageContaining(", in `" + name + "`, at byte 0x59");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ff; there is no instruction 0xff",
                "c5; there is no instruction 0xc5",
                "fc 12; there is no instruction 0xfc 18",
                "02 78 0b; 0x78 is no value type",
                "02 ff 7f 0b; a block has the type -1",
                "d0 40 1a; 0x40 is no heap type",
                "41 ff ff ff ff 0f 1a; a number does not fit 32 bits",
                "42 ff ff ff ff ff ff ff ff ff 01 1a; a number does not fit 64 bits",
                "1f 40 01 04 00 0b; 4 is no kind of handler",
                "0e ff ff 03 00; 65535 targets of a `br_table` do not fit in what is left",
                "0b; it has 1 bytes too many",
                "02 40; it ends too early",
                "43 00 00; it ends too early"
            })
    void damage(String hex, String damage) {
        assertThatThrownBy(
                        () ->
                                ModuleReader.read(
                                        "p",
                                        withBody((hex.startsWith("0e") ? "41 00 " : "") + hex)))
                .isInstanceOfSatisfying(
                        CordonException.class,
                        e ->
                                assertThat(e.what())
                                        .startsWith("function 0: " + damage + ", at byte 0x"));
    }

    @Test
    void bodyWithoutItsFinalEndIsRefusedThoughChicoryTakesIt() {
        byte[] module =
                module().section(TYPE, 1, 0x60, 0, 1, 0x7f)
                        .section(FUNCTION, 1, 0)
                        .section(CODE, 1, 4, 0, 0x02, 0x40, 0x0b)
                        .build();

        assertThat(Parser.parse(module).codeSection().functionBodyCount()).isEqualTo(1);
        assertThatThrownBy(() -> ModuleReader.read("p", module))
                .hasMessageContaining("function 0: it ends too early, at byte 0x1b");
    }

    @Test
    void ifThatChangesATypeNeedsAnElseThoughChicoryTakesItWithout() {
        byte[] module = withBody("00 04 01 1a 42 00 0b 1a");

        assertThat(Parser.parse(module).codeSection().functionBodyCount()).isEqualTo(1);
        assertThatThrownBy(() -> ModuleReader.read("p", module))
                .hasMessageContaining("an `if` of the type (i32) -> (i64) has no `else`");
    }

    @Test
    void blockTypeThatChicoryMisreadsIsRefused() {
        ModuleBytes types = module().section(TYPE, it -> it.u32(128).repeat(128, 0x60, 0, 1, 0x7f));

        byte[] module = ModuleBytes.withFunction(types, 0x02, 0xff, 0x00, 0x41, 0, 0x0b);

        assertThatThrownBy(() -> ModuleReader.read("p", module))
                .hasMessageContaining(
                        "function 0: a block has type 127, which the runtime cannot tell from a"
                                + " value type");
    }
}
