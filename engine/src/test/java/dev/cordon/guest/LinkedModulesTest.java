package dev.cordon.guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.extism.ExtismFunction;
import dev.cordon.extism.ExtismManifest;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.trust.TrustPolicy;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of Extism manifests with several modules. */
class LinkedModulesTest {
    private static final String ENV = "extism:host/env";
    private static final String WASI = "wasi_snapshot_preview1";

    private final List<String> modules = new ArrayList<>();
    private LoadOptions options = LoadOptions.defaults();

    private LinkedModulesTest with(String name, ModuleBuilder module) {
        String data = Base64.getEncoder().encodeToString(module.build());
        modules.add("{\"name\":\"" + name + "\",\"data\":\"" + data + "\"}");
        return this;
    }

    private String call(TrustPolicy trust) {
        String json = "{\"wasm\":[" + String.join(",", modules) + "]}";
        try (PluginEngine engine = PluginEngine.builder().trust(trust).build();
                Plugin plugin = engine.load(ExtismManifest.parse(json), options)) {
            return plugin.call("run", "payload".getBytes(UTF_8)).text();
        }
    }

    private void isRefused(ErrorCode code, String what) {
        CordonException refused =
                catchThrowableOfType(CordonException.class, () -> call(TrustPolicy.off()));
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.what()).contains(what);
    }

    /** {@code run} returns what {@code give} of another module gives. */
    private static ModuleBuilder asking(String module, String export) {
        ModuleBuilder main = new ModuleBuilder();
        int give = main.imported(module, "give", "", "i");
        return main.export(export, main.function("", "i", "", "call " + give));
    }

    private static ModuleBuilder giving(int value) {
        ModuleBuilder module = new ModuleBuilder();
        return module.export("give", module.function("", "i", "", "i32.const " + value));
    }

    /** {@code give} makes the input the output. */
    private static ModuleBuilder echoing() {
        ModuleBuilder module = new ModuleBuilder();
        int input = module.imported(ENV, "input_offset", "", "I");
        int length = module.imported(ENV, "input_length", "", "I");
        int output = module.imported(ENV, "output_set", "II", "");
        String body = "call " + input + " call " + length + " call " + output + " i32.const 0";
        return module.export("give", module.function("", "i", "", body));
    }

    @Test
    void modulesOfOnePluginShareItsBlocks() {
        String result = with("lib", echoing()).with("main", asking("lib", "run")).call(off());
        assertThat(result).isEqualTo("payload");
    }

    private static TrustPolicy off() {
        return TrustPolicy.off();
    }

    @Test
    void aModuleMayPassOnWhatItImports() {
        ModuleBuilder middle = asking("low", "give");
        assertThat(with("mid", middle).with("low", echoing()).with("x", asking("mid", "run")))
                .extracting(it -> it.call(off()))
                .isEqualTo("payload");
    }

    @Test
    void anImportMayBeExportedAsItIs() {
        ModuleBuilder middle = new ModuleBuilder();
        middle.imported("low", "give", "", "i");
        middle.export("give", 0);
        with("mid", middle).with("low", echoing()).with("main", asking("mid", "run"));
        assertThat(call(off())).isEqualTo("payload");
    }

    @Test
    void aModuleIsAskedBeforeTheApplication() {
        options =
                options.withExtismFunctions(
                        new ExtismFunction(
                                "lib",
                                "give",
                                List.of(),
                                List.of(ExtismFunction.Type.I32),
                                (memory, arguments) -> new long[] {5}),
                        new ExtismFunction(
                                "lib",
                                "other",
                                List.of(),
                                List.of(ExtismFunction.Type.I32),
                                (memory, arguments) -> new long[] {0}));
        ModuleBuilder main = new ModuleBuilder();
        main.imported("lib", "give", "", "i");
        main.imported("lib", "other", "", "i");
        main.export("run", main.function("", "i", "", "call 0 call 1 i32.add"));
        assertThat(with("lib", giving(0)).with("main", main).call(off())).isEmpty();
    }

    /** Writes 65 to address 8 of its own memory and has the host read it there. */
    @Test
    void theHostReachesTheMemoryOfTheModuleThatCalls() {
        ModuleBuilder library = new ModuleBuilder().memory(1);
        int write = library.imported("cordon", "output_write", "ii", "i");
        library.data(8, (byte) 'A');
        String body = "i32.const 8 i32.const 1 call " + write;
        library.export("give", library.function("", "i", "", body));
        ModuleBuilder main = asking("lib", "run").memory(1);
        main.data(8, (byte) 'B');
        assertThat(with("lib", library).with("main", main).call(off())).isEqualTo("A");
    }

    @Test
    void linkedModulesAreStartedFirst() {
        ModuleBuilder library = new ModuleBuilder();
        library.global('i', "i32.const 1");
        library.export("give", library.function("", "i", "", "global.get 0"));
        library.export("_initialize", library.function("", "", "", "i32.const 0 global.set 0"));
        ModuleBuilder main = asking("lib", "run");
        main.export("_initialize", main.function("", "", "", "call 0 if - unreachable end"));
        assertThat(with("lib", library).with("main", main).call(off())).isEmpty();
    }

    @Test
    void circlesAreRefused() {
        with("a", asking("b", "give")).with("b", asking("a", "give"));
        with("main", asking("a", "run")).isRefused(ErrorCode.LINK_FAILED, "a circle: `a`, `b`");
        modules.clear();
        with("self", asking("self", "give")).with("main", asking("self", "run"));
        isRefused(ErrorCode.LINK_FAILED, "a circle: `self`");
        modules.clear();
        with("lib", asking("main", "give")).with("main", asking("lib", "run"));
        isRefused(ErrorCode.LINK_FAILED, "imports from the main module");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        ModuleBuilder other = new ModuleBuilder();
        other.export("give", other.function("i", "i", "", "local.get 0"));
        with("lib", other).with("main", asking("lib", "run"));
        isRefused(ErrorCode.LINK_FAILED, "`lib.give` as `() -> (i32)`, but the linked module");
        modules.clear();
        with("lib", ModuleBuilder.running("", "", "")).with("main", asking("lib", "run"));
        isRefused(ErrorCode.UNKNOWN_IMPORT, "`lib.give`, which the linked module does not export");
        modules.clear();
        with("lib", new ModuleBuilder().memory(1).exportMemory("give"));
        with("main", asking("lib", "run")).isRefused(ErrorCode.LINK_FAILED, "functions only");
        modules.clear();
        ModuleBuilder references = new ModuleBuilder();
        references.export("give", references.function("r", "", "", ""));
        ModuleBuilder main = new ModuleBuilder();
        main.imported("lib", "give", "r", "");
        with("lib", references).with("main", main.export("run", main.function("", "", "", "")));
        isRefused(ErrorCode.LINK_FAILED, "takes or gives a reference");
    }

    @Test
    void aModuleThatNobodyTrustsIsRefused() {
        CordonException refused =
                catchThrowableOfType(
                        CordonException.class,
                        () ->
                                with("lib", giving(0))
                                        .with("main", asking("lib", "run"))
                                        .call(TrustPolicy.enforce()));
        assertThat(refused.code()).isEqualTo(ErrorCode.UNSIGNED);
    }

    @Test
    void eachModuleIsScanned() {
        options = options.withScan(ScanPolicy.defaults());
        with("lib", echoing()).with("main", asking("lib", "run"));
        assertThat(call(off())).isEqualTo("payload");
        modules.clear();
        String key =
                "-----BEGIN PRIVATE KEY-----\n"
                        + "VGhpcyBpcyBub3QgYSBrZXksIGJ1dCBhIHNlbnRlbmNlIGluIGJhc2UgNjQu\n"
                        + "-----END PRIVATE KEY-----\n";
        with("lib", echoing().memory(1).data(0, key.getBytes(UTF_8)));
        with("main", asking("lib", "run")).isRefused(ErrorCode.SCAN_FAILED, "the scan has 1");
    }

    @Test
    void anExitOfALinkedModuleEndsTheCall() {
        ModuleBuilder library = new ModuleBuilder();
        int exit = library.imported(WASI, "proc_exit", "i", "");
        library.export(
                "give", library.function("", "i", "", "i32.const 3 call " + exit + " i32.const 0"));
        CordonException failed =
                catchThrowableOfType(
                        CordonException.class,
                        () -> with("lib", library).with("main", asking("lib", "run")).call(off()));
        assertThat(failed.code()).isEqualTo(ErrorCode.PLUGIN_ERROR);
    }
}
