package dev.cordon.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.cordon.error.InvalidModuleException;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NumericOpsTest {
    private static final int[] CONSTANTS = {0x41, 0x42, 0x43, 0x44};

    static IntStream opcodes() {
        return IntStream.rangeClosed(NumericOps.FIRST, NumericOps.LAST);
    }

    /** Tries all pairs of operand types and all result types: Chicory must agree on each. */
    @ParameterizedTest
    @MethodSource("opcodes")
    void chicoryAgreesOnTheTypes(int opcode) {
        int accepted = 0;
        for (int first : CONSTANTS) {
            for (int second : CONSTANTS) {
                for (int result = ValueTypes.F64; result <= ValueTypes.I32; result++) {
                    boolean ours = ours(opcode, first, second, result);
                    assertThat(ours).isEqualTo(chicorys(opcode, first, second, result));
                    accepted += ours ? 1 : 0;
                }
            }
        }
        int operandPairs = NumericOps.operands(opcode) == 2 ? 1 : 4;
        assertThat(accepted).isEqualTo(operandPairs);
    }

    private static byte[] module(int opcode, int first, int second, int result) {
        ModuleBytes start = ModuleBytes.module().section(ModuleBytes.TYPE, 1, 0x60, 0, 0);
        boolean two = NumericOps.operands(opcode) == 2;
        return start.section(ModuleBytes.FUNCTION, 1, 0)
                .code(
                        body -> {
                            constant(body.bytes(0x02, result), two ? first : second);
                            if (two) {
                                constant(body, second);
                            } else {
                                constant(body, first);
                                body.bytes(0x1a);
                            }
                            body.bytes(opcode, 0x0b, 0x1a);
                        })
                .build();
    }

    private static void constant(ModuleBytes body, int opcode) {
        body.bytes(opcode).repeat(opcode == 0x43 ? 4 : opcode == 0x44 ? 8 : 1, 0);
    }

    private static boolean ours(int opcode, int first, int second, int result) {
        try {
            ModuleReader.read("p", module(opcode, first, second, result));
            return true;
        } catch (InvalidModuleException e) {
            return false;
        }
    }

    private static boolean chicorys(int opcode, int first, int second, int result) {
        try {
            WasmModule parsed = Parser.parse(module(opcode, first, second, result));
            return parsed.codeSection().functionBodyCount() == 1;
        } catch (com.dylibso.chicory.wasm.ChicoryException e) {
            return false;
        }
    }

    @ParameterizedTest
    @MethodSource("accesses")
    void accessMayClaimItsNaturalAlignmentAtMost(int opcode) {
        ModuleReader.read("p", access(opcode, NumericOps.alignment(opcode)));
        Parser.parse(access(opcode, NumericOps.alignment(opcode)));
        assertThatThrownBy(
                        () ->
                                ModuleReader.read(
                                        "p", access(opcode, NumericOps.alignment(opcode) + 1)))
                .hasMessageContaining("is more than natural");
        assertThatThrownBy(() -> Parser.parse(access(opcode, NumericOps.alignment(opcode) + 1)))
                .hasMessageContaining("alignment must not be larger than natural");
    }

    static IntStream accesses() {
        return IntStream.rangeClosed(NumericOps.FIRST_LOAD, NumericOps.LAST_STORE);
    }

    private static byte[] access(int opcode, int alignment) {
        ModuleBytes body = new ModuleBytes().bytes(0, 0x41, 0);
        boolean store = opcode >= NumericOps.FIRST_STORE;
        if (store) {
            constant(body, 0x40 + ValueTypes.I32 + 1 - NumericOps.accessed(opcode));
        }
        body.bytes(opcode, alignment, 0);
        if (!store) {
            body.bytes(0x02, 0x40, 0x0b, 0x1a);
        }
        body.bytes(0x0b);
        return ModuleBytes.module()
                .section(ModuleBytes.TYPE, 1, 0x60, 0, 0)
                .section(ModuleBytes.FUNCTION, 1, 0)
                .section(ModuleBytes.MEMORY, 1, 0, 1)
                .section(ModuleBytes.CODE, it -> it.u32(1).u32(body.size()).append(body))
                .build();
    }
}
