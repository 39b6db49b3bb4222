package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.samples.SamplePlugins;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code cordon serve} on a thread of this JVM, with a token and a port of its own. */
final class ServeRun implements AutoCloseable {
    static final String TOKEN = "a-token-that-only-tests-know";

    private static final Pattern URL =
            Pattern.compile("plugins at (http://127\\.0\\.0\\.1:([0-9]+))");
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicInteger status = new AtomicInteger(-1);
    private final Thread thread;

    private ServeRun(List<String> args) {
        CordonCli cli =
                new CordonCli(InputStream.nullInputStream(), OutputStream.nullOutputStream(), err);
        this.thread = new Thread(() -> status.set(cli.run(args.toArray(String[]::new))), "serve");
    }

    /** Starts it and waits until it takes requests. */
    static ServeRun start(Path directory, String... options) throws IOException {
        Path token = directory.resolve("token");
        Files.writeString(token, TOKEN + "\n");
        List<String> args = new ArrayList<>(List.of("serve", "--http", "127.0.0.1:0"));
        args.addAll(List.of("--token-file", token.toString(), "--grace", "5s"));
        args.addAll(List.of(options));
        ServeRun run = new ServeRun(args);
        run.thread.start();
        run.await(() -> URL.matcher(run.err()).find());
        return run;
    }

    /** Puts a sample into a folder, as a deployment that renames does. */
    static void deploy(String sample, Path folder, String as) throws IOException {
        Path draft = Files.createTempDirectory("draft");
        SamplePlugins.copyTo(sample, draft);
        Path manifest = draft.resolve(sample + ".cordon.json");
        if (Files.exists(manifest)) {
            Files.move(
                    manifest,
                    folder.resolve(as + ".cordon.json"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(
                draft.resolve(sample + ".wasm"),
                folder.resolve(as + ".wasm"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Waits for a line on stderr. */
    void awaitLine(String text) {
        await(() -> err().contains(text));
    }

    void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            boolean over = System.nanoTime() - start > PATIENCE_NANOS;
            assertThat(over || !thread.isAlive()).as(err()).isFalse();
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    int port() {
        Matcher url = URL.matcher(err());
        assertThat(url.find()).isTrue();
        return Integer.parseInt(url.group(2));
    }

    HttpReply post(String path, String body) {
        return post(path, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    HttpReply post(String path, byte[] body, Map<String, String> headers) {
        return send("POST", path, body, headers);
    }

    HttpReply get(String path) {
        return send("GET", path, new byte[0], Map.of());
    }

    private HttpReply send(String method, String path, byte[] body, Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Authorization", "Bearer " + TOKEN);
        return HttpReply.of(method, "http://127.0.0.1:" + port() + path, body, all);
    }

    /** Ends it as a signal would. */
    int stop() {
        thread.interrupt();
        try {
            thread.join(PATIENCE_NANOS / 1_000_000);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        assertThat(thread.isAlive()).isFalse();
        return status.get();
    }

    @Override
    public void close() {
        stop();
    }
}
