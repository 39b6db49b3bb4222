package dev.cordon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.CallResult;
import dev.cordon.EngineKind;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.PluginErrorException;
import dev.cordon.extism.ExtismFunction;
import dev.cordon.extism.ExtismManifest;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plug-ins for Extism, from their files, on both engines. */
class ExtismSamplesTest {
    private final List<String> events = new ArrayList<>();

    private final EngineListener listener =
            new EngineListener() {
                @Override
                public void guestLog(String plugin, GuestLogLevel level, String text) {
                    events.add(level + " " + text);
                }

                @Override
                public void hostFunctionFailed(String plugin, String function, Throwable failure) {
                    events.add(function + " " + failure.getMessage());
                }
            };

    @TempDir private Path folder;

    private PluginEngine engine(EngineKind kind) {
        return PluginEngine.builder()
                .trust(TrustPolicy.off())
                .engine(kind)
                .listener(listener)
                .build();
    }

    private Path sample(String name) {
        return SamplePlugins.copyTo(name, folder);
    }

    private static CallResult call(Plugin plugin, String command, String payload) {
        return plugin.call(command, payload.getBytes(UTF_8));
    }

    private static CordonException failure(Plugin plugin, String command) {
        return catchThrowableOfType(CordonException.class, () -> call(plugin, command, "aeiou"));
    }

    @ParameterizedTest
    @EnumSource
    void extism_upper(EngineKind kind) {
        String upper = sample("extism-upper").toString().replace("\\", "/");
        String reflect = sample("extism-reflect").toString().replace("\\", "/");
        ExtismManifest manifest =
                ExtismManifest.parse(
                        "{\"wasm\":[{\"path\":\"%s\",\"name\":\"extism:host/user\"},{\"path\":\"%s\"}]}"
                                .formatted(upper, reflect));
        try (PluginEngine engine = engine(kind);
                Plugin plugin = engine.load(manifest)) {
            assertThat(call(plugin, "reflect", "Hello, World!").text()).isEqualTo("HELLO, WORLD!");
            assertThat(call(plugin, "reflect", "äß").text()).isEqualTo("äß");
            assertThat(plugin.call("reflect", new byte[0]).bytes()).isEmpty();
            assertThat(call(plugin, "reflect", "abc").report().hostCalls())
                    .containsEntry("extism:host/env.load_u8", 3L);
        }
        try (PluginEngine engine = engine(kind)) {
            assertThat(
                            catchThrowableOfType(
                                            CordonException.class,
                                            () -> engine.load(sample("extism-upper")))
                                    .code())
                    .isEqualTo(ErrorCode.NOT_A_PLUGIN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void extism_enrichSaysWhatItLacks(EngineKind kind) {
        LoadOptions grants = LoadOptions.defaults().withGrants(Grants.of("sys:memory"));
        LoadOptions configured =
                grants.withConfiguration(Map.of("enrich_url", "http://shop.example/region"));
        try (PluginEngine engine = engine(kind);
                Plugin bare = engine.load(sample("extism-enrich"), grants);
                Plugin plugin = engine.load(sample("extism-enrich"), configured)) {
            assertThat(answer(bare, "[1]")).isEqualTo("the order is not a JSON object");
            assertThat(answer(bare, "{}")).isEqualTo("`enrich_url` is not configured");
            CordonException denied =
                    catchThrowableOfType(CordonException.class, () -> call(plugin, "enrich", "{}"));
            assertThat(denied.code()).isEqualTo(ErrorCode.CAPABILITY_DENIED);
        }
    }

    private static String answer(Plugin plugin, String order) {
        return catchThrowableOfType(PluginErrorException.class, () -> call(plugin, "enrich", order))
                .text();
    }

    @ParameterizedTest
    @EnumSource
    void extism_vowels(EngineKind kind) {
        try (PluginEngine engine = engine(kind);
                Plugin plugin = engine.load(sample("extism-vowels"))) {
            assertThat(plugin.commands()).contains("count", "echo", "fail");
            assertThat(call(plugin, "count", "to be or not to be").text())
                    .isEqualTo("{\"count\":6,\"total\":6}");
            assertThat(call(plugin, "count", "queue").text())
                    .as("variables outlive calls")
                    .isEqualTo("{\"count\":4,\"total\":10}");
            call(plugin, "forget", "");
            assertThat(call(plugin, "count", "").text()).isEqualTo("{\"count\":0,\"total\":0}");
            assertThat(call(plugin, "echo", "grüß dich").text()).isEqualTo("grüß dich");
            assertThat(call(plugin, "echo", "").bytes()).isEmpty();
            assertThat(events).containsOnly("INFO counted");
        }
    }

    @ParameterizedTest
    @EnumSource
    void errorsCountWhateverTheStatusSays(EngineKind kind) {
        try (PluginEngine engine = engine(kind);
                Plugin plugin = engine.load(sample("extism-vowels"))) {
            assertThat(failure(plugin, "fail"))
                    .isInstanceOfSatisfying(
                            PluginErrorException.class,
                            error -> {
                                assertThat(error.text()).isEqualTo("no vowel pleases");
                                assertThat(error.report().orElseThrow())
                                        .isInstanceOfSatisfying(
                                                CallReport.class,
                                                report ->
                                                        assertThat(report.exitStatus())
                                                                .isEqualTo(3));
                            });
            assertThat(failure(plugin, "claim").code()).isEqualTo(ErrorCode.PLUGIN_ERROR);
            assertThat(((PluginErrorException) failure(plugin, "silent")).text()).isEmpty();
            assertThat(call(plugin, "echo", "still here").text()).isEqualTo("still here");
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsGrantedAndEverythingIsLimited(EngineKind kind) {
        LoadOptions little =
                LoadOptions.defaults()
                        .withQuota(
                                Quota.widest()
                                        .withFuelPerCall(30_000_000)
                                        .withMemoryBytes(1 << 20));
        try (PluginEngine engine = engine(kind);
                Plugin plugin = engine.load(sample("extism-vowels"), little)) {
            CordonException denied = failure(plugin, "fetch");
            assertThat(denied.code()).isEqualTo(ErrorCode.CAPABILITY_DENIED);
            assertThat(((CallReport) denied.report().orElseThrow()).denied())
                    .containsExactly("net:outbound=https://example.org:443");
            assertThat(failure(plugin, "spin").code()).isEqualTo(ErrorCode.OUT_OF_FUEL);
            assertThat(call(plugin, "hoard", "").text())
                    .as("the quota less linear memory and 64 bytes for each block")
                    .isEqualTo("{\"count\":" + ((1 << 20) - 65536) / (1024 + 64) + ",\"total\":0}");
        }
    }

    @Test
    void bothEnginesChargeTheSame() {
        List<CallReport> reports = new ArrayList<>();
        for (EngineKind kind : EngineKind.values()) {
            try (PluginEngine engine = engine(kind);
                    Plugin plugin = engine.load(sample("extism-vowels"))) {
                reports.add(call(plugin, "count", "a man a plan").report());
            }
        }
        assertThat(reports.get(0).fuelUsed()).isEqualTo(reports.get(1).fuelUsed());
        assertThat(reports.get(0).hostCalls()).isEqualTo(reports.get(1).hostCalls());
    }

    @Test
    void noCountIsLostWhereCallsComeAtOnce() {
        try (PluginEngine engine = engine(EngineKind.COMPILED);
                Plugin plugin = engine.load(sample("extism-vowels"))) {
            byte[] payload = "a".getBytes(UTF_8);
            CompletableFuture<?>[] calls =
                    IntStream.range(0, 100)
                            .mapToObj(i -> plugin.callAsync("count", payload))
                            .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(calls).join();
            assertThat(call(plugin, "count", "").text()).isEqualTo("{\"count\":0,\"total\":100}");
        }
    }

    @Test
    void aManifestSaysWhatToLoadAndHow() {
        String module = Base64.getEncoder().encodeToString(SamplePlugins.bytes("extism-vowels"));
        ExtismManifest manifest =
                ExtismManifest.parse(
                        "{\"wasm\":[{\"data\":\""
                                + module
                                + "\",\"name\":\"vowels\"}],\"config\":{\"vowels\":\"xy\"},"
                                + "\"timeout_ms\":50,\"memory\":{\"max_var_bytes\":0}}");
        Quota slow = Quota.defaults().withFuelPerCall(Quota.UNLIMITED);
        try (PluginEngine engine =
                        PluginEngine.builder().trust(TrustPolicy.off()).quota(slow).build();
                Plugin plugin = engine.load(manifest)) {
            assertThat(plugin.id()).isEqualTo("vowels");
            assertThat(failure(plugin, "count").what()).contains("variables are disabled");
            assertThat(failure(plugin, "spin").code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        }
        LoadOptions own = LoadOptions.defaults().withConfiguration(Map.of("vowels", "u"));
        Path file = sample("extism-vowels");
        String path = file.toString().replace("\\", "\\\\");
        ExtismManifest named =
                ExtismManifest.parse(
                        "{\"wasm\":[{\"path\":\"" + path + "\"}],\"config\":{\"vowels\":\"xy\"}}");
        try (PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build();
                Plugin plain = engine.load(named);
                Plugin overridden = engine.load(named, own)) {
            assertThat(call(plain, "count", "xylo").text()).startsWith("{\"count\":2");
            assertThat(call(overridden, "count", "xuxu").text()).startsWith("{\"count\":2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void extism_reflect(EngineKind kind) {
        ExtismFunction shout =
                ExtismFunction.ofBytes(
                        "reflect",
                        bytes -> new String(bytes, UTF_8).toUpperCase(Locale.ROOT).getBytes(UTF_8));
        Path file = sample("extism-reflect");
        try (PluginEngine engine = engine(kind)) {
            CordonException refused =
                    catchThrowableOfType(CordonException.class, () -> engine.load(file));
            assertThat(refused.code()).isEqualTo(ErrorCode.UNKNOWN_IMPORT);
            LoadOptions options = LoadOptions.defaults().withExtismFunctions(shout);
            try (Plugin plugin = engine.load(file, options)) {
                assertThat(call(plugin, "reflect", "louder").text()).isEqualTo("LOUDER");
                CordonException noInput =
                        catchThrowableOfType(
                                CordonException.class, () -> call(plugin, "reflect", ""));
                assertThat(noInput.code()).as("0 is no block").isEqualTo(ErrorCode.TRAP);
            }
        }
    }

    @Test
    void aFunctionThatFailsStopsTheGuestAndTellsTheHost() {
        LoadOptions options =
                LoadOptions.defaults()
                        .withExtismFunctions(
                                ExtismFunction.ofBytes(
                                        "reflect",
                                        bytes -> {
                                            throw new IllegalStateException("no mirror");
                                        }));
        try (PluginEngine engine = engine(EngineKind.COMPILED);
                Plugin plugin = engine.load(sample("extism-reflect"), options)) {
            CordonException stopped = failure(plugin, "reflect");
            assertThat(stopped.code()).isEqualTo(ErrorCode.TRAP);
            assertThat(stopped.what()).doesNotContain("mirror");
            assertThat(events).containsExactly("extism:host/user.reflect no mirror");
        }
    }

    @ParameterizedTest
    @EnumSource
    void extism_start(EngineKind kind) {
        try (PluginEngine engine = engine(kind);
                Plugin plugin = engine.load(sample("extism-start"))) {
            assertThat(plugin.commands()).containsExactly("started");
            assertThat(call(plugin, "started", "").text()).isEqualTo("ih");
            assertThat(call(plugin, "started", "").text()).as("once").isEqualTo("ih");
        }
    }

    @ParameterizedTest
    @EnumSource
    void extism_trespass(EngineKind kind) {
        LoadOptions little =
                LoadOptions.defaults()
                        .withQuota(
                                Quota.widest()
                                        .withMemoryBytes(1 << 20)
                                        .withDeadline(Duration.ofSeconds(60)));
        try (PluginEngine engine = engine(kind);
                Plugin plugin = engine.load(sample("extism-trespass"), little)) {
            assertThat(call(plugin, "wander", "").text()).isEqualTo("A");
            assertThat(failure(plugin, "key").code()).isEqualTo(ErrorCode.TRAP);
            assertThat(failure(plugin, "log").code()).isEqualTo(ErrorCode.TRAP);
            assertThat(failure(plugin, "bomb").code()).isEqualTo(ErrorCode.MEMORY_EXCEEDED);
            assertThat(failure(plugin, "blocks").code()).isEqualTo(ErrorCode.MEMORY_EXCEEDED);
            assertThat(events).isEmpty();
        }
    }
}
