package dev.cordon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.EngineKind;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.PluginEngineBuilder;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.PluginErrorException;
import dev.cordon.host.HostFunctionException;
import dev.cordon.host.HostModule;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.scan.Finding;
import dev.cordon.scan.ScanRule;
import dev.cordon.trust.TrustPolicy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samples that use functions of the application, or programs of the host. */
class HostSamplesTest {
    @TempDir private Path folder;

    private Plugin load(PluginEngine engine, String sample, String... grants) {
        LoadOptions options = LoadOptions.defaults().withGrants(Grants.of(grants));
        return engine.load(SamplePlugins.copyTo(sample, folder), options);
    }

    private static PluginEngineBuilder engine() {
        return PluginEngine.builder().trust(TrustPolicy.off());
    }

    private static String call(Plugin plugin, String command, String payload) {
        return plugin.call(command, payload.getBytes(UTF_8)).text();
    }

    private static HostModule orders() {
        return HostModule.named("app.orders")
                .function("stock", int.class, long.class, article -> 5_000_000_000L + article)
                .function("discount", int.class, double.class, article -> article / 100.0)
                .function("quote", Map.class, Map.class, HostSamplesTest::quote);
    }

    private static Map<?, ?> quote(Map<?, ?> order) {
        if (order.isEmpty()) {
            throw new HostFunctionException("nothing is ordered");
        }
        return order;
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void order_desk(EngineKind kind) {
        try (PluginEngine engine = engine().engine(kind).hostModule(orders()).build();
                Plugin desk = load(engine, "order-desk", "host:call=app.orders.*");
                Plugin nobody = load(engine, "order-desk")) {
            assertThat(call(desk, "stock", "\7")).isEqualTo("5000000007");
            assertThat(call(desk, "discount", "\5")).isEqualTo("5");
            assertThat(call(desk, "quote", "{\"a\": \"\u00e4\"}")).isEqualTo("{\"a\":\"\u00e4\"}");
            fails(desk, "quote", "{}", "nothing is ordered");
            fails(desk, "quote", "7", "invalid");
            fails(nobody, "quote", "{}", "denied");
            fails(nobody, "stock", "\7", "denied");
            assertThatThrownBy(() -> call(nobody, "discount", "\7"))
                    .extracting(e -> ((CordonException) e).code())
                    .isEqualTo(ErrorCode.CAPABILITY_DENIED);
        }
    }

    private static void fails(Plugin plugin, String command, String payload, String text) {
        assertThatThrownBy(() -> call(plugin, command, payload))
                .isInstanceOfSatisfying(
                        PluginErrorException.class,
                        error -> assertThat(error.text()).isEqualTo(text));
    }

    @Test
    void theOrderDeskNeedsAnApplication() {
        try (PluginEngine engine = engine().build()) {
            assertThatThrownBy(() -> load(engine, "order-desk"))
                    .extracting(e -> ((CordonException) e).code())
                    .isEqualTo(ErrorCode.UNKNOWN_IMPORT);
        }
    }

    @Test
    void scanAndInspectionKnowWhatTheApplicationOffers() {
        Path file = SamplePlugins.copyTo("order-desk", folder);
        try (PluginEngine bare = engine().build();
                PluginEngine own = engine().hostModule(orders()).build()) {
            assertThat(bare.inspect(file).unknownImports()).hasSize(3);
            assertThat(own.inspect(file).unknownImports()).isEmpty();
            assertThat(own.inspect(file).capabilities()).containsExactly("host:call");
            assertThat(bare.scan(file).active())
                    .extracting(Finding::rule)
                    .contains(ScanRule.UNKNOWN_IMPORT);
            assertThat(own.scan(file).active())
                    .extracting(Finding::rule)
                    .doesNotContain(ScanRule.UNKNOWN_IMPORT);
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    @DisabledOnOs(OS.WINDOWS)
    void exec_echo(EngineKind kind) {
        try (PluginEngine engine = engine().engine(kind).build();
                Plugin echo = load(engine, "exec-echo", "sys:exec=/bin/echo");
                Plugin nobody = load(engine, "exec-echo")) {
            assertThat(call(echo, "echo", "to be; or $not"))
                    .isEqualTo("{\"status\":0,\"stdout\":\"to be; or $not\\n\",\"stderr\":\"\"}");
            assertThat(call(echo, "exec", "{\"program\":\"/bin/echo\",\"args\":[\"-n\"]}"))
                    .isEqualTo("{\"status\":0,\"stdout\":\"\",\"stderr\":\"\"}");
            fails(echo, "exec", "{\"program\":\"/bin/cat\"}", "-1");
            fails(echo, "exec", "{}", "-3");
            fails(nobody, "echo", "to be", "-1");
        }
    }
}
