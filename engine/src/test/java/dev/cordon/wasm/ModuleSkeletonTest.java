package dev.cordon.wasm;

import static dev.cordon.wasm.ModuleBytes.CODE;
import static dev.cordon.wasm.ModuleBytes.EXPORT;
import static dev.cordon.wasm.ModuleBytes.FUNCTION;
import static dev.cordon.wasm.ModuleBytes.TYPE;
import static dev.cordon.wasm.ModuleBytes.module;
import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.OpCode;
import org.junit.jupiter.api.Test;

class ModuleSkeletonTest {
    private static final byte[] MODULE =
            module().custom("first", 1)
                    .section(TYPE, 1, 0x60, 0, 1, 0x7f)
                    .section(FUNCTION, 2, 0, 0)
                    .section(EXPORT, 1, 1, 'f', 0, 1)
                    .section(CODE, 2, 0x85, 0x00, 0, 0x41, 1, 0x01, 0x0b, 4, 0, 0x41, 2, 0x0b)
                    .custom("name", 0)
                    .build();

    @Test
    void bodiesBecomeTrapsUnlessKept() {
        byte[] skeleton = ModuleSkeleton.of(MODULE, ModuleReader.read("p", MODULE), it -> it == 1);

        byte[] expected =
                module().section(TYPE, 1, 0x60, 0, 1, 0x7f)
                        .section(FUNCTION, 2, 0, 0)
                        .section(EXPORT, 1, 1, 'f', 0, 1)
                        .section(CODE, 2, 3, 0, 0x00, 0x0b, 4, 0, 0x41, 2, 0x0b)
                        .build();
        assertThat(skeleton).isEqualTo(expected);
    }

    @Test
    void skeletonIsAModule() {
        byte[] skeleton = ModuleSkeleton.of(MODULE, ModuleReader.read("p", MODULE), it -> false);

        WasmModule parsed = Parser.parse(skeleton);

        assertThat(parsed.codeSection().getFunctionBody(0).instructions().get(0).opcode())
                .isEqualTo(OpCode.UNREACHABLE);
        assertThat(ModuleReader.read("p", skeleton).exports())
                .isEqualTo(ModuleReader.read("p", MODULE).exports());
    }
}
