package dev.cordon.extism;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Modules from the web come only from where they may, and only the bytes that were meant. */
class ExtismSourcesTest {
    private static final String DIGEST =
            "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81";
    private static final byte[] MODULE = {1, 2, 3};

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket server;
    private String host;
    private ExtismSources sources;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        host = "127.0.0.1:" + server.getLocalPort();
        sources = ExtismSources.local().withUrls(host).withPlainHttp();
        threads.execute(this::accept);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                threads.execute(() -> answer(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
            String path = in.readLine().split(" ")[1];
            String secret = null;
            for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
                secret = line.toLowerCase(Locale.ROOT).startsWith("x-secret:") ? line : secret;
            }
            seen.add(path + (secret == null ? "" : secret.substring(9)));
            answer(path, client.getOutputStream());
        } catch (IOException gone) {
            seen.add("gone");
        }
    }

    private void answer(String path, OutputStream out) throws IOException {
        switch (path) {
            case "/module" -> send(out, "200 OK", "Content-Length: 3", MODULE);
            case "/moved" -> redirect(out, "/module");
            case "/away" -> redirect(out, "http://localhost:1/module");
            case "/loop" -> redirect(out, "/loop");
            case "/file" -> redirect(out, "file:///etc/passwd");
            case "/nonsense" -> redirect(out, "http://[");
            case "/never" -> {
                send(out, "200 OK", "Content-Length: 3", new byte[] {1});
                try {
                    Thread.sleep(20_000);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
            case "/huge" -> send(out, "200 OK", "Connection: close", new byte[70 << 20]);
            default -> send(out, "404 Not Found", "Content-Length: 0", new byte[0]);
        }
    }

    private static void redirect(OutputStream out, String to) throws IOException {
        send(out, "302 Found", "Content-Length: 0\r\nLocation: " + to, new byte[0]);
    }

    private static void send(OutputStream out, String status, String header, byte[] body)
            throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + header + "\r\n\r\n").getBytes(ISO_8859_1));
        out.write(body);
        out.flush();
    }

    private String manifest(String url, String rest) {
        return "{\"wasm\":[{\"url\":\"" + url + "\"" + rest + "}]}";
    }

    private String hashed(String url) {
        return manifest(url, ",\"hash\":\"" + DIGEST + "\",\"headers\":{\"X-Secret\":\"s\"}");
    }

    private CordonException refused(String json, ExtismSources from) {
        return catchThrowableOfType(CordonException.class, () -> ExtismManifest.parse(json, from));
    }

    private void fails(String path, ErrorCode code, String what) {
        CordonException refused = refused(hashed("http://" + host + path), sources);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.what()).contains(what);
    }

    @Test
    void aModuleIsFetchedWithItsHeaders() {
        String json = hashed("http://" + host + "/moved");
        assertThat(ExtismManifest.parse(json, sources).module().module()).isEqualTo(MODULE);
        assertThat(seen).containsExactly("/moved s", "/module s");
    }

    @Test
    void otherBytesAreRefused() {
        String json = hashed("http://" + host + "/module").replace(DIGEST, "0".repeat(64));
        assertThat(refused(json, sources).what()).contains("is not the SHA-256 of the module");
    }

    @Test
    void nothingIsAskedForWithoutPermissionOrDigest() {
        String url = "http://" + host + "/module";
        assertThat(refused(hashed(url), ExtismSources.local()).what()).contains("is not loaded");
        assertThat(refused(manifest(url, ""), sources).what()).contains("without `hash`");
        ExtismSources secure = ExtismSources.local().withUrls(host);
        assertThat(refused(hashed(url), secure).what()).contains("only https");
        ExtismSources other = ExtismSources.local().withUrls("example.org").withPlainHttp();
        assertThat(refused(hashed(url), other).what()).contains("is not one of those allowed");
        String user = hashed("http://example.org@" + host + "/module");
        assertThat(refused(user, sources).what()).contains("names no host, or a user");
        assertThat(refused(hashed("file:///etc/passwd"), sources).what()).contains("no host");
        assertThat(refused(hashed("h ttp"), sources).what()).contains("is not a URL");
        String post = manifest(url, ",\"hash\":\"" + DIGEST + "\",\"method\":\"POST\"");
        assertThat(refused(post, sources).what()).contains("is not GET");
        assertThat(seen).isEmpty();
    }

    @Test
    void whatAServerDoesWrongIsSaid() {
        fails("/missing", ErrorCode.UNREADABLE, "status 404");
        fails("/away", ErrorCode.UNREADABLE, "redirects to where nothing is fetched from");
        fails("/file", ErrorCode.UNREADABLE, "redirects to where nothing is fetched from");
        fails("/loop", ErrorCode.UNREADABLE, "redirects more than 5 times");
        fails("/nonsense", ErrorCode.UNREADABLE, "no URL");
        fails("/huge", ErrorCode.BUNDLE_TOO_LARGE, "larger than");
    }

    @Test
    void aServerThatDoesNotFinishIsLeft() {
        sources = sources.withTimeout(Duration.ofMillis(300));
        fails("/never", ErrorCode.UNREADABLE, "took longer than 300 ms");
    }

    @Test
    void headersThatNobodyMaySetAreRefused() {
        String json = hashed("http://" + host + "/module").replace("X-Secret", "Content-Length");
        assertThat(refused(json, sources).what()).contains("the request cannot be made");
    }

    @Test
    void hostsAreNamesAndPorts() {
        for (String wrong : List.of("", "*", "*.example.org", "https://example.org", "u@h")) {
            assertThatThrownBy(() -> ExtismSources.local().withUrls(wrong))
                    .isInstanceOf(UsageException.class);
        }
        assertThat(ExtismSources.local().withUrls("Example.org").refusal("https://EXAMPLE.org/x"))
                .isNull();
        assertThat(ExtismSources.local().withUrls("example.org").refusal("https://example.org:8/"))
                .contains("example.org:8");
    }
}
