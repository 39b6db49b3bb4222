package dev.cordon.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import dev.cordon.error.GuestTrapException;
import dev.cordon.error.PluginErrorException;
import dev.cordon.extism.ExtismManifest;
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

/** Requests over HTTP by guests of both ABIs, to a server on this machine. */
@Timeout(120)
class HttpSamplesTest {
    private final List<AuditRecord> audit = new CopyOnWriteArrayList<>();
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final ScriptedServer server = new ScriptedServer(this::answer);

    @TempDir private Path folder;

    private boolean answer(String head, java.io.OutputStream out) throws java.io.IOException {
        String path = head.split(" ")[1];
        if (path.equals("/hang")) {
            hanging.countDown();
            out.flush();
            while (!Thread.interrupted()) {
                out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(ISO_8859_1));
                out.flush();
                try {
                    Thread.sleep(20);
                } catch (InterruptedException ended) {
                    return false;
                }
            }
        }
        String body = path.equals("/large") ? "x".repeat(300_000) : "you sent " + sent(head);
        out.write(
                ("HTTP/1.1 200 OK\r\nX-Path: "
                                + path
                                + "\r\nContent-Length: "
                                + body.length()
                                + "\r\n\r\n"
                                + body)
                        .getBytes(ISO_8859_1));
        return true;
    }

    private static String sent(String request) {
        int body = request.indexOf("\r\n\r\n") + 4;
        return request.substring(0, request.indexOf(' ')) + " " + (request.length() - body);
    }

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
                        new ScriptedServer(this::answer, tls.server().getServerSocketFactory());
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

    private ExtismManifest manifest(String rest) {
        String path = sample("extism-http").toString().replace("\\", "\\\\");
        return ExtismManifest.parse("{\"wasm\":[{\"path\":\"" + path + "\"}]" + rest + "}");
    }

    private String request(String path) {
        return "{\"url\":\"" + server.url(path) + "\"}";
    }

    @ParameterizedTest
    @EnumSource
    void extism_http(EngineKind kind) {
        try (PluginEngine engine = engine(kind);
                Plugin plugin = engine.load(manifest(",\"allowed_hosts\":[\"127.0.0.1\"]"))) {
            assertThat(call(plugin, "get", request("/a")).text()).isEqualTo("you sent GET 0");
            assertThat(
                            call(plugin, "post", request("/a").replace("{", "{\"method\":\"put\","))
                                    .text())
                    .isEqualTo("you sent PUT 6");
            assertThat(call(plugin, "status", request("/a")).text()).isEqualTo("200");
            assertThat(call(plugin, "before", request("/a")).text()).isEqualTo("000");
            assertThat(call(plugin, "headers", request("/a")).text())
                    .isEqualTo("{\"x-path\":\"/a\",\"content-length\":\"14\"}");
        }
    }

    @Test
    void anExtismManifestDeniesWhatItDoesNotName() {
        for (String hosts :
                List.of(
                        "",
                        ",\"allowed_hosts\":null",
                        ",\"allowed_hosts\":[]",
                        ",\"allowed_hosts\":[\"*\"]")) {
            try (PluginEngine engine = engine(EngineKind.COMPILED);
                    Plugin plugin = engine.load(manifest(hosts))) {
                assertThat(code(() -> call(plugin, "get", request("/a"))))
                        .isEqualTo(ErrorCode.CAPABILITY_DENIED);
            }
        }
        assertThat(server.connections()).isZero();
    }

    @Test
    void extismRequestsEndWithAPlainError() {
        String hosts = ",\"allowed_hosts\":[\"127.0.0.1\"]";
        String little = hosts + ",\"memory\":{\"max_http_response_bytes\":299999}";
        try (PluginEngine engine = engine(EngineKind.COMPILED);
                Plugin plugin = engine.load(manifest(little))) {
            assertThat(code(() -> call(plugin, "get", request("/large"))))
                    .isEqualTo(ErrorCode.RESPONSE_TOO_LARGE);
            assertThat(code(() -> call(plugin, "get", "{\"url\":\"http://127.0.0.1:1/\"}")))
                    .isEqualTo(ErrorCode.REQUEST_FAILED);
            GuestTrapException trap =
                    catchThrowableOfType(
                            GuestTrapException.class,
                            () -> call(plugin, "get", "{\"url\":\"http://a/\",\"x\":1}"));
            assertThat(trap.what()).contains("not a request over HTTP: the request has a field");
        }
        try (PluginEngine engine = engine(EngineKind.COMPILED);
                Plugin plugin = engine.load(manifest(hosts + ",\"timeout_ms\":300"))) {
            assertThat(code(() -> call(plugin, "get", request("/hang"))))
                    .isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        }
    }
}
