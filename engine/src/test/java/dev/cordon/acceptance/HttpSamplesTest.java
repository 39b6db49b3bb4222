package dev.cordon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.CallOptions;
import dev.cordon.CallResult;
import dev.cordon.Cancellation;
import dev.cordon.EngineKind;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.PluginErrorException;
import dev.cordon.http.ScriptedServer;
import dev.cordon.http.TestTls;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests over HTTP by guests of the `cordon` imports, to a server on this machine. */
@Timeout(120)
class HttpSamplesTest {
    private final List<AuditRecord> audit = new CopyOnWriteArrayList<>();
    private final TestPages pages = new TestPages();
    private final CountDownLatch hanging = pages.hanging();
    private final ScriptedServer server = new ScriptedServer(pages::answer);

    @TempDir private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    private PluginEngine engine(EngineKind kind) {
        return PluginEngine.builder()
                .trust(TrustPolicy.off())
                .engine(kind)
                .listener(
                        new EngineListener() {
                            @Override
                            public void audited(AuditRecord record) {
                                audit.add(record);
                            }
                        })
                .build();
    }

    private Path sample(String name) {
        return SamplePlugins.copyTo(name, folder);
    }

    private String grant() {
        return "net:outbound=http://127.0.0.1:" + server.port();
    }

    private LoadOptions granted() {
        return LoadOptions.defaults().withGrants(Grants.of(grant()));
    }

    private static CallResult call(Plugin plugin, String command, String payload) {
        return plugin.call(command, payload.getBytes(UTF_8));
    }

    private static String refusal(Plugin plugin, String command, String payload) {
        return catchThrowableOfType(
                        PluginErrorException.class, () -> call(plugin, command, payload))
                .text();
    }

    @ParameterizedTest
    @EnumSource
    void http_fetch(EngineKind kind) {
        try (PluginEngine engine = engine(kind);
                Plugin plugin = engine.load(sample("http-fetch"), granted())) {
            CallResult fetched = call(plugin, "fetch", server.url("/a"));
            assertThat(fetched.text()).isEqualTo("you sent GET 0");
            CallReport report = fetched.report();
            assertThat(report.hostCalls()).containsEntry("cordon.http_request", 1L);
            assertThat(report.netBytesIn()).isGreaterThan(50);
            assertThat(report.netBytesOut()).isGreaterThan(50);
            assertThat(report.denied()).isEmpty();
            assertThat(call(plugin, "head", server.url("/b")).text())
                    .isEqualTo(
                            "{\"status\":200,\"url\":\""
                                    + server.url("/b")
                                    + "\",\"headers\":{\"x-path\":\"/b\",\"content-length\":\"14\"}}");
            assertThat(call(plugin, "fetch", server.url("/large")).text()).hasSize(300_000);
            String post = "{\"method\":\"POST\",\"url\":\"" + server.url("/c") + "\"}";
            assertThat(call(plugin, "post", post).text()).isEqualTo("you sent POST 65536");
            assertThat(server.connections()).isEqualTo(1);
            AuditRecord record = audit.get(0);
            assertThat(record.capability()).isEqualTo(grant());
            assertThat(record.operation()).isEqualTo("http_request");
            assertThat(record.allowed()).isTrue();
        }
    }

    @Test
    void whatIsNotGrantedIsRefusedAndTold() {
        try (PluginEngine engine = engine(EngineKind.COMPILED);
                Plugin plugin = engine.load(sample("http-fetch"), granted())) {
            PluginErrorException denied =
                    catchThrowableOfType(
                            PluginErrorException.class,
                            () -> call(plugin, "fetch", "http://127.0.0.1:1/"));
            assertThat(denied.text()).isEqualTo("refused: -1 127.0.0.1:1: no rule allows it");
            assertThat(((CallReport) denied.report().orElseThrow()).denied())
                    .containsExactly("net:outbound=http://127.0.0.1:1");
            assertThat(refusal(plugin, "ask", "{\"url\":\"file:///etc/passwd\"}"))
                    .startsWith("refused: -3 ");
            assertThat(refusal(plugin, "fetch", "http://api.example/")).startsWith("refused: -1 ");
        }
    }

    @Test
    void aRevokedGrantHoldsAtOnceAndClosesWhatWaits() throws Exception {
        try (PluginEngine engine = engine(EngineKind.COMPILED);
                Plugin plugin = engine.load(sample("http-fetch"), granted())) {
            call(plugin, "fetch", server.url("/"));
            assertThat(plugin.revoke(Grant.parse(grant()))).isTrue();
            assertThat(server.gone().await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(refusal(plugin, "fetch", server.url("/"))).startsWith("refused: -1 ");
        }
    }

    @Test
    void revokingEndsAnExchangeUnderWay() throws Exception {
        try (PluginEngine engine = engine(EngineKind.COMPILED);
                Plugin plugin = engine.load(sample("http-fetch"), granted())) {
            CompletableFuture<String> outcome =
                    CompletableFuture.supplyAsync(
                            () -> refusal(plugin, "fetch", server.url("/hang")));
            assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
            plugin.revoke(Grant.parse(grant()));
            assertThat(outcome.get(30, TimeUnit.SECONDS)).startsWith("refused: -8 ");
        }
    }

    @Test
    void deadlineAndCancellationEndAnExchangeUnderWay() throws Exception {
        LoadOptions hurried =
                granted().withQuota(Quota.widest().withDeadline(Duration.ofMillis(300)));
        try (PluginEngine engine = engine(EngineKind.COMPILED);
                Plugin plugin = engine.load(sample("http-fetch"), hurried)) {
            assertThat(code(() -> call(plugin, "fetch", server.url("/hang"))))
                    .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
            assertThat(server.gone().await(10, TimeUnit.SECONDS)).isTrue();
        }
        Cancellation cancellation = new Cancellation();
        try (PluginEngine engine = engine(EngineKind.COMPILED);
                Plugin plugin = engine.load(sample("http-fetch"), granted())) {
            CompletableFuture<ErrorCode> outcome =
                    CompletableFuture.supplyAsync(
                            () ->
                                    code(
                                            () ->
                                                    plugin.call(
                                                            "fetch",
                                                            server.url("/hang").getBytes(UTF_8),
                                                            CallOptions.defaults()
                                                                    .withCancellation(
                                                                            cancellation))));
            assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
            cancellation.cancel();
            assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(ErrorCode.CANCELLED);
        }
    }

    private static ErrorCode code(Runnable call) {
        return catchThrowableOfType(CordonException.class, call::run).code();
    }

    @Test
    void closingThePluginEndsAnExchangeUnderWay() throws Exception {
        try (PluginEngine engine = engine(EngineKind.COMPILED)) {
            Plugin plugin = engine.load(sample("http-fetch"), granted());
            CompletableFuture<ErrorCode> outcome =
                    CompletableFuture.supplyAsync(
                            () -> code(() -> call(plugin, "fetch", server.url("/hang"))));
            assertThat(hanging.await(30, TimeUnit.SECONDS)).isTrue();
            plugin.close();
            assertThat(outcome.get(30, TimeUnit.SECONDS))
                    .isIn(ErrorCode.CANCELLED, ErrorCode.CLOSED, ErrorCode.PLUGIN_ERROR);
            assertThat(server.gone().await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void bytesOfTheAnswerArePaidFor() {
        LoadOptions poor = granted().withQuota(Quota.widest().withFuelPerCall(40_000));
        try (PluginEngine engine = engine(EngineKind.COMPILED);
                Plugin plugin = engine.load(sample("http-fetch"), poor)) {
            assertThat(code(() -> call(plugin, "fetch", server.url("/large"))))
                    .isEqualTo(ErrorCode.OUT_OF_FUEL);
        }
    }

    @Test
    void anApplicationSaysWhomToTrust() {
        TestTls tls = TestTls.forHost("localhost");
        try (ScriptedServer secure =
                        new ScriptedServer(pages::answer, tls.server().getServerSocketFactory());
                PluginEngine engine = engine(EngineKind.COMPILED)) {
            String url = "https://localhost:" + secure.port() + "/";
            LoadOptions options =
                    LoadOptions.defaults()
                            .withGrants(Grants.of("net:outbound=https://localhost:*"));
            try (Plugin plugin = engine.load(sample("http-fetch"), options.withTls(tls.client()))) {
                assertThat(call(plugin, "fetch", url).text()).isEqualTo("you sent GET 0");
            }
            try (Plugin plugin = engine.load(sample("http-fetch"), options)) {
                assertThat(refusal(plugin, "fetch", url)).startsWith("refused: -6 TLS failed");
            }
        }
    }
}
