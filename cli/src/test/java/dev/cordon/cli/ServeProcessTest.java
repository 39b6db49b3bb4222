package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, which a signal ends. */
@Timeout(180)
@DisabledOnOs(OS.WINDOWS)
class ServeProcessTest {
    @TempDir private Path directory;

    @Test
    void aSignalEndsItInOrderAndCallsAreAnswered() throws Exception {
        ServeRun.deploy("release-one", directory, "release");
        Process process = serve(directory.toString(), "--http", "127.0.0.1:0", "--grace", "30s");
        try (BufferedReader err = reader(process)) {
            String token = until(err, "token: ");
            String url = until(err, "plugins at ");
            CompletableFuture<HttpReply> spinning =
                    CompletableFuture.supplyAsync(() -> spin(url, token));
            TimeUnit.MILLISECONDS.sleep(500);
            process.toHandle().destroy(); // SIGTERM; that of Process would close its streams
            until(err, "ending");
            assertThat(spinning.get().status()).isIn(502, 504); // out of fuel, or of time
            until(err, "ended");
        }
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void whatCannotBeServedIsAUsageError() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThat(serve().waitFor()).isEqualTo(120);
        assertThat(serve(file.toString()).waitFor()).isEqualTo(120);
        for (String address : new String[] {"0.0.0.0:1", "example.org:1", "127.0.0.1:99999", "1"}) {
            CliRun run = CliRun.of("serve", directory.toString(), "--http", address);
            assertThat(run.err()).as(address).contains("not an address of this machine alone");
            assertThat(run.status()).isEqualTo(120);
        }
        CliRun weak = CliRun.of("serve", directory.toString(), "--token-file", file.toString());
        assertThat(weak.err()).contains("holds no token");
    }

    private static HttpReply spin(String url, String token) {
        return HttpReply.of(
                "POST",
                url + "/v1/commands/spin",
                new byte[0],
                Map.of("Authorization", "Bearer " + token, "X-Cordon-Deadline", "2s"));
    }

    private static Process serve(String... args) throws IOException {
        String[] command = new String[args.length + 5];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        command[1] = "-cp";
        command[2] = System.getProperty("java.class.path");
        command[3] = "dev.cordon.cli.Main";
        command[4] = "serve";
        System.arraycopy(args, 0, command, 5, args.length);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(CacheFolder.VARIABLE, "off");
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(
                new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
    }

    /** What stands behind a text, in the first line that has it. */
    private static String until(BufferedReader lines, String text) throws IOException {
        StringBuilder all = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            all.append(line).append('\n');
            int at = line.indexOf(text);
            if (at >= 0) {
                return line.substring(at + text.length());
            }
        }
        throw new AssertionError(all.toString());
    }
}
