package dev.cordon.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HostFunctionsTest {
    private final Wasi wasi = WasiPreview1.start(WasiConfig.empty());

    /** A module that imports one function with so many parameters of 32 bits. */
    private static WasmModule importing(String module, String name, int parameters) {
        ByteArrayOutputStream type = new ByteArrayOutputStream();
        type.writeBytes(new byte[] {1, 0x60, (byte) parameters});
        for (int i = 0; i < parameters; i++) {
            type.write(0x7f);
        }
        type.writeBytes(new byte[] {1, 0x7f});
        ByteArrayOutputStream imports = new ByteArrayOutputStream();
        imports.write(1);
        for (String text : List.of(module, name)) {
            imports.write(text.length());
            imports.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }
        imports.writeBytes(new byte[] {0, 0});
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        bytes.write(1);
        bytes.write(type.size());
        bytes.writeBytes(type.toByteArray());
        bytes.write(2);
        bytes.write(imports.size());
        bytes.writeBytes(imports.toByteArray());
        return Parser.parse(bytes.toByteArray());
    }

    private List<HostFunction> chosen(String name, int parameters) {
        return wasi.hostFunctions(importing(WasiPreview1.MODULE, name, parameters)).stream()
                .filter(function -> function.name().equals(name))
                .toList();
    }

    @Test
    void theTypeOfTheImportChooses() {
        for (int parameters : new int[] {2, 3}) {
            assertThat(chosen("sock_accept", parameters)).hasSize(1);
            assertThat(chosen("sock_accept", parameters).get(0).paramTypes()).hasSize(parameters);
        }
        for (int parameters : new int[] {6, 7, 8}) {
            assertThat(chosen("sock_recv_from", parameters).get(0).paramTypes())
                    .hasSize(parameters);
        }
        assertThat(chosen("sock_open", 3)).hasSize(1);
        assertThat(chosen("sock_open", 4)).hasSize(1);
    }

    @Test
    void whatIsNotImportedOrUnknownChangesNothing() {
        assertThat(wasi.hostFunctions(importing(WasiPreview1.MODULE, "sock_accept", 9)))
                .isEqualTo(wasi.hostFunctions());
        assertThat(wasi.hostFunctions(importing("env", "sock_open", 3)))
                .isEqualTo(wasi.hostFunctions());
        assertThat(wasi.hostFunctions()).hasSize(46);
    }

    @Test
    void noTwoShareNameAndType() {
        Set<String> seen = new HashSet<>();
        for (HostFunction each : wasi.allHostFunctions()) {
            assertThat(seen.add(each.name() + each.functionType())).as(each.name()).isTrue();
            assertThat(each.module()).isEqualTo(WasiPreview1.MODULE);
        }
        assertThat(wasi.allHostFunctions())
                .startsWith(wasi.hostFunctions().toArray(HostFunction[]::new));
        assertThat(seen).hasSizeGreaterThan(100);
    }
}
