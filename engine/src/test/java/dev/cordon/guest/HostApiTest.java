package dev.cordon.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.InvalidModuleException;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.wasm.ModuleOutline;
import dev.cordon.wasm.ModuleReader;
import org.junit.jupiter.api.Test;

class HostApiTest {
    private static ModuleOutline importing(String module, String name, String in, String out) {
        ModuleBuilder builder = new ModuleBuilder();
        builder.imported(module, name, in, out);
        return ModuleReader.read("p", builder.build());
    }

    private static void assertRefused(ModuleOutline outline, String what, String help) {
        assertThatThrownBy(
                        () ->
                                HostApi.resolve(
                                        outline,
                                        "p",
                                        ApplicationFunctions.none(),
                                        ExtismTerms.defaults()))
                .isInstanceOf(InvalidModuleException.class)
                .hasMessage("CRD-303 [p] " + what + "\n  help: " + help);
    }

    @Test
    void bothFamiliesAreOffered() {
        ModuleBuilder module = new ModuleBuilder();
        module.imported("cordon", "log", "iii", "i");
        module.imported("wasi_snapshot_preview1", "fd_write", "iiii", "i");
        module.imported("cordon", "data_version", "", "I");
        assertThat(
                        HostApi.resolve(
                                        ModuleReader.read("p", module.build()),
                                        "p",
                                        ApplicationFunctions.none(),
                                        ExtismTerms.defaults())
                                .names())
                .containsExactly(
                        "cordon.log", "wasi_snapshot_preview1.fd_write", "cordon.data_version");
    }

    @Test
    void anUnknownNameGetsTheNearestKnownOne() {
        assertRefused(
                importing("cordon", "input_red", "iii", "i"),
                "imports `cordon.input_red`, which the host does not offer",
                "the nearest that the host offers is `cordon.input_read`");
        assertRefused(
                importing("wasi_unstable", "fd_write", "iiii", "i"),
                "imports `wasi_unstable.fd_write`, which the host does not offer",
                "the host offers the modules `cordon`, `extism:host/env` and"
                        + " `wasi_snapshot_preview1`");
    }

    @Test
    void aWrongTypeSaysWhatIsRight() {
        assertRefused(
                importing("cordon", "log", "iI", ""),
                "imports `cordon.log` as `(i32, i64) -> ()`, but it is `(i32, i32, i32) -> (i32)`",
                "build it against the host functions of guest ABI 1");
    }

    @Test
    void namesOfStrangersArePrintable() {
        assertRefused(
                importing("e\u001b[2J", "\u202ex", "", ""),
                "imports `e\\u{1b}[2J.\\u{202e}x`, which the host does not offer",
                "the host offers the modules `cordon`, `extism:host/env` and"
                        + " `wasi_snapshot_preview1`");
    }

    @Test
    void importsTellWhatTheyAreGoodFor() {
        ModuleBuilder module = new ModuleBuilder();
        module.imported("cordon", "exec", "ii", "i");
        module.imported("cordon", "log", "iii", "i");
        module.imported("wasi_snapshot_preview1", "random_get", "ii", "i");
        module.imported("wasi_snapshot_preview1", "path_unlink_file", "iii", "i");
        module.imported("env", "x", "", "");
        ModuleOutline outline = ModuleReader.read("p", module.build());
        assertThat(HostApi.capabilities(outline, ApplicationFunctions.none()))
                .containsExactly("fs:write", "random", "sys:exec");
        assertThat(HostApi.unknownImports(outline, ApplicationFunctions.none()))
                .containsExactly("env.x");
    }
}
