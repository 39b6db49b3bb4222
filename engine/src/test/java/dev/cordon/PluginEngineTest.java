package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.capability.Grants;
import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.error.MalformedBundleException;
import dev.cordon.error.UsageException;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.ManifestCommand;
import dev.cordon.manifest.PluginKind;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginEngineTest {
    @TempDir Path folder;

    private final PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build();

    @AfterEach
    void close() {
        engine.close();
    }

    private static byte[] command(String export) {
        ModuleBuilder module = new ModuleBuilder();
        return module.export(export, module.function("", "", "", "")).build();
    }

    /** The module with a custom section at its end. */
    private static byte[] withSection(byte[] module, String name, String content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(module);
        byte[] title = name.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        int size = 1 + title.length + bytes.length;
        out.write(0);
        out.write(size & 0x7f | 0x80);
        out.write(size >> 7);
        out.write(title.length);
        out.writeBytes(title);
        out.writeBytes(bytes);
        return out.toByteArray();
    }

    private static String manifest(String more) {
        return "{\"id\":\"dev.test\",\"version\":\"2.0.0\",\"abi\":1,"
                + "\"commands\":[{\"name\":\"go\",\"export\":\"run\"}]"
                + more
                + "}";
    }

    @Test
    void aModuleWithoutAManifestIsNamedAfterItsFile() {
        Plugin plugin = engine.load("My Plugin.wasm", command("run"));
        assertThat(plugin.id()).isEqualTo("my-plugin");
        assertThat(plugin.version()).isEqualTo("0.0.0");
        assertThat(plugin.commands()).containsExactly("run");
        assertThat(plugin.kind()).isEqualTo(PluginKind.REACTOR);
        assertThat(plugin.missingGrants()).isEmpty();
        assertThat(plugin.interpretedFunctions()).isEmpty();
    }

    @Test
    void theManifestInTheModuleComesBeforeTheOneBesideIt() throws Exception {
        Path file = folder.resolve("x.wasm");
        Files.write(file, withSection(command("run"), "cordon.manifest", manifest("")));
        Files.writeString(folder.resolve("x.cordon.json"), "not read");
        Plugin plugin = engine.load(file);
        assertThat(plugin.id()).isEqualTo("dev.test");
        assertThat(plugin.commands()).containsExactly("go");
        assertThat(plugin.call("go", new byte[0]).report().plugin()).isEqualTo("dev.test");
    }

    @Test
    void theHostsManifestComesBeforeAnyOther() {
        Manifest own = Manifest.ofModule("mine", List.of(new ManifestCommand("a", "run", "")));
        Plugin plugin =
                engine.load(
                        "x",
                        withSection(command("run"), "cordon.manifest", manifest("")),
                        LoadOptions.defaults().withManifest(own));
        assertThat(plugin.manifest()).isEqualTo(own);
    }

    @Test
    void aManifestMustAgreeWithTheModule() {
        byte[] missing = withSection(command("other"), "cordon.manifest", manifest(""));
        assertThatThrownBy(() -> engine.load("x", missing))
                .isInstanceOf(MalformedBundleException.class)
                .hasMessage(
                        "CRD-104 [dev.test] manifest: `$.commands[0].export` needs the function"
                                + " `run`, which the module does not export\n"
                                + "  help: make the manifest and the module agree");
        byte[] wrong = ModuleBuilder.running("i", "", "").build();
        assertThatThrownBy(
                        () -> engine.load("x", withSection(wrong, "cordon.manifest", manifest(""))))
                .hasMessageContaining(
                        "needs the function `run` to be `() -> (i32)` or `() -> ()`, but it is"
                                + " `(i32) -> ()`");
        String events = manifest(",\"subscriptions\":[\"a.b\"]");
        assertThatThrownBy(
                        () ->
                                engine.load(
                                        "x",
                                        withSection(command("run"), "cordon.manifest", events)))
                .hasMessageContaining("`$.subscriptions` needs the function `on_event`");
    }

    @Test
    void aModuleWithNothingToCallIsNoPlugin() {
        assertThatThrownBy(() -> engine.load("x", ModuleBuilder.running("i", "", "").build()))
                .isInstanceOf(InvalidModuleException.class)
                .hasMessage(
                        "CRD-307 [x] exports no function of the type `() -> (i32)` or `() -> ()`\n"
                                + "  help: export one for each command, or `_start`");
    }

    @Test
    void requestsThatAreNotGrantedAreReportedOrRefused() {
        byte[] asking =
                withSection(
                        command("run"),
                        "cordon.manifest",
                        manifest(",\"requests\":[\"random\",\"env\",\"data:read=a\"]"));
        LoadOptions some = LoadOptions.defaults().withGrants(Grants.of("random"));
        assertThat(engine.load("x", asking, some).missingGrants())
                .containsExactly("env", "data:read=a");
        assertThatThrownBy(
                        () ->
                                engine.load(
                                        "x", asking, some.withMissingGrants(MissingGrants.REFUSE)))
                .isInstanceOf(CapabilityDeniedException.class)
                .hasMessage(
                        "CRD-402 [dev.test] asks for `env`, `data:read=a`, which it was not"
                                + " granted\n  help: grant it what it asks for, or let missing"
                                + " grants be reported only");
    }

    @Test
    void memoryGrowsOnlyWithItsGrant() {
        String grow = "i32.const 1 memory.grow i32.const 1 i32.ne";
        byte[] growing = ModuleBuilder.running("", "i", grow).memory(1).build();
        LoadOptions granted = LoadOptions.defaults().withGrants(Grants.of("sys:memory"));
        assertThat(engine.load("x", growing, granted).call("run", new byte[0]).bytes()).isEmpty();
        Plugin fixed = engine.load("x", growing);
        assertThatThrownBy(() -> fixed.call("run", new byte[0]))
                .hasMessageStartingWith("CRD-602 [x] command `run` answered with an error");
    }

    @Test
    void quotasOnlyLowerEachOther() {
        String json = manifest(",\"quota\":{\"fuelPerCall\":1000,\"deadline\":\"1h\"}");
        byte[] module = withSection(command("run"), "cordon.manifest", json);
        CallReport report = engine.load("x", module).call("go", new byte[0]).report();
        assertThat(report.fuelLimit()).isEqualTo(1_000);
        String greedy = manifest(",\"quota\":{\"fuelPerCall\":9000000000000}");
        byte[] more = withSection(command("run"), "cordon.manifest", greedy);
        assertThat(engine.load("x", more).call("go", new byte[0]).report().fuelLimit())
                .isEqualTo(1_000_000_000);
    }

    @Test
    void bothEnginesAnswerAlike() {
        try (PluginEngine interpreter =
                PluginEngine.builder()
                        .trust(TrustPolicy.off())
                        .engine(EngineKind.INTERPRETER)
                        .build()) {
            byte[] payload = "to be or not to be".getBytes(StandardCharsets.UTF_8);
            Path file = SamplePlugins.copyTo("word-count-reactor", folder);
            LoadOptions growing = LoadOptions.defaults().withGrants(Grants.of("sys:memory"));
            CallResult slow = interpreter.load(file, growing).call("count", payload);
            CallResult fast = engine.load(file, growing).call("count", payload);
            assertThat(slow.bytes()).isEqualTo(fast.bytes());
            assertThat(slow.report().fuelUsed()).isEqualTo(fast.report().fuelUsed());
            assertThat(slow.report().engine()).isEqualTo("interpreter");
            assertThat(fast.report().engine()).isEqualTo("compiled");
        }
    }

    @Test
    void compiledCodeComesFromTheCacheTheSecondTime() {
        for (boolean second : new boolean[] {false, true}) {
            try (PluginEngine cached =
                    PluginEngine.builder()
                            .trust(TrustPolicy.off())
                            .cache(folder.resolve("c"))
                            .build()) {
                CallReport report =
                        cached.load("echo", SamplePlugins.bytes("echo"))
                                .call("echo", new byte[9])
                                .report();
                assertThat(report.compileCached()).isEqualTo(second);
            }
        }
    }

    @Test
    void inspectionTellsWhatIsInAFile() {
        ModuleFacts facts = engine.inspect(SamplePlugins.copyTo("word-count-reactor", folder));
        assertThat(facts.kind()).isEqualTo(PluginKind.REACTOR);
        assertThat(facts.manifest().id()).isEqualTo("dev.cordon.samples.word-count");
        assertThat(facts.digest()).matches("[0-9a-f]{64}");
        assertThat(facts.imports())
                .contains(
                        new ModuleFacts.Import(
                                "cordon", "output_write", "function", "(i32, i32) -> (i32)"));
        assertThat(facts.exports())
                .contains(new ModuleFacts.Export("count", "function", "() -> (i32)"));
        assertThat(facts.capabilities()).containsExactly("sys:memory");
        assertThat(facts.unknownImports()).isEmpty();
        assertThat(facts.memory().minimum()).isPositive();
    }

    @Test
    void theListenerHearsOfPluginsComingAndGoing() {
        List<String> heard = new ArrayList<>();
        EngineListener listener =
                new EngineListener() {
                    @Override
                    public void pluginLoaded(String plugin, String digest) {
                        heard.add("loaded " + plugin + " " + digest.length());
                    }

                    @Override
                    public void pluginClosed(String plugin) {
                        heard.add("closed " + plugin);
                    }
                };
        try (PluginEngine listened =
                PluginEngine.builder().trust(TrustPolicy.off()).listener(listener).build()) {
            listened.load("a", command("run")).close();
            listened.load("b", command("run"));
        }
        assertThat(heard).containsExactly("loaded a 64", "closed a", "loaded b 64", "closed b");
    }

    @Test
    void aClosedEngineLoadsNothing() {
        Plugin plugin = engine.load("x", command("run"));
        engine.close();
        engine.close();
        assertThatThrownBy(() -> engine.load("x", command("run")))
                .hasMessage("CRD-701 [engine] the engine was closed\n  help: make another engine");
        assertThatThrownBy(() -> plugin.call("run", new byte[0]))
                .hasMessage("CRD-701 [x] was closed\n  help: load the plugin again to call it");
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatThrownBy(
                        () -> PluginEngine.builder().trust(TrustPolicy.off()).maxCallsInParallel(0))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(
                        () ->
                                engine.load(
                                        "x",
                                        command("run"),
                                        LoadOptions.defaults().withEnvironment(Map.of("A=B", "c"))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("`A=B` cannot name an environment variable");
    }
}
