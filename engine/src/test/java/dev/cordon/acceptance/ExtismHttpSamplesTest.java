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
import dev.cordon.error.GuestTrapException;
import dev.cordon.error.PluginErrorException;
import dev.cordon.extism.ExtismManifest;
import dev.cordon.http.ScriptedServer;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests over HTTP by plug-ins for Extism, to a server on this machine. */
@Timeout(120)
class ExtismHttpSamplesTest {
    private final ScriptedServer server = new ScriptedServer(new TestPages()::answer);

    @TempDir private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    private static PluginEngine engine(EngineKind kind) {
        return PluginEngine.builder().trust(TrustPolicy.off()).engine(kind).build();
    }

    private static CallResult call(Plugin plugin, String command, String payload) {
        return plugin.call(command, payload.getBytes(UTF_8));
    }

    private static ErrorCode code(Runnable call) {
        return catchThrowableOfType(CordonException.class, call::run).code();
    }

    private ExtismManifest manifest(String rest) {
        String path = SamplePlugins.copyTo("extism-http", folder).toString().replace("\\", "\\\\");
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

    /** What the sample is asked to enrich with, by the path; and a redirect, and no JSON at all. */
    private static boolean region(String head, OutputStream out) throws IOException {
        String path = head.split(" ")[1];
        String start = "HTTP/1.1 200 OK\r\n";
        String body = "{\"zone\": 7, \"region\": \"s\u00fcd\"}";
        if (path.equals("/moved")) {
            start = "HTTP/1.1 302 Found\r\nLocation: /region\r\n";
        } else if (path.equals("/missing")) {
            start = "HTTP/1.1 404 Not Found\r\n";
        } else if (path.equals("/empty")) {
            body = "";
        }
        byte[] bytes = body.getBytes(UTF_8);
        out.write((start + "Content-Length: " + bytes.length + "\r\n\r\n").getBytes(UTF_8));
        out.write(bytes);
        return true;
    }

    @ParameterizedTest
    @EnumSource
    void extism_enrich(EngineKind kind) {
        try (ScriptedServer shop = new ScriptedServer(ExtismHttpSamplesTest::region);
                PluginEngine engine = engine(kind)) {
            assertThat(enriched(engine, shop.url("/region"), "", "{\"article\": 7}"))
                    .isEqualTo("{\"article\": 7,\"region\":\"s\u00fcd\"}");
            assertThat(enriched(engine, shop.url("/moved"), ",\"enrich_field\":\"zone\"", "{}"))
                    .isEqualTo("{\"zone\":7}");
            assertThat(enriched(engine, shop.url("/missing"), "", "{}"))
                    .isEqualTo("the server answered with status 404");
            assertThat(enriched(engine, shop.url("/empty"), "", "{}"))
                    .isEqualTo("the server's answer has no `region`");
            assertThat(enriched(engine, "http://127.0.0.2:1/", "", "{}"))
                    .isEqualTo("CAPABILITY_DENIED");
        }
    }

    private String enriched(PluginEngine engine, String url, String rest, String order) {
        Path file = SamplePlugins.copyTo("extism-enrich", folder);
        ExtismManifest manifest =
                ExtismManifest.parse(
                        "{\"wasm\":[{\"path\":\""
                                + file.toString().replace("\\", "\\\\")
                                + "\"}],\"allowed_hosts\":[\"127.0.0.1\"],\"config\":{\"enrich_url\":\""
                                + url
                                + "\""
                                + rest
                                + "}}");
        LoadOptions growing = LoadOptions.defaults().withGrants(Grants.of("sys:memory"));
        try (Plugin plugin = engine.load(manifest, growing)) {
            return call(plugin, "enrich", order).text();
        } catch (PluginErrorException error) {
            return error.text();
        } catch (CordonException refused) {
            return refused.code().name();
        }
    }
}
