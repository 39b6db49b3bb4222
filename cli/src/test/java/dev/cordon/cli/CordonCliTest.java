package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CordonCliTest {
    @TempDir private Path directory;

    @Test
    void helpShowsTheCommandsAndAnExample() {
        CliRun run = CliRun.of("--help");
        assertThat(run.out())
                .startsWith("Usage: cordon [OPTIONS] COMMAND\n")
                .contains("\n  run ", "\n  call ", "\n  inspect ", "\n      --version ")
                .endsWith("\nExample:\n  cordon call --input @book.txt word-count.wasm count\n");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "call"})
    void helpOfACommandShowsEveryOption(String command) {
        CliRun run = CliRun.of(command, "--help");
        assertThat(run.out())
                .startsWith("Usage: cordon " + command + " [OPTIONS] PLUGIN ")
                .contains("--allow=GRANT", "--env=NAME=VALUE", "--fuel=N", "--memory=SIZE")
                .contains("--deadline=DURATION", "--engine=ENGINE", "--quota=NAME=VALUE")
                .contains(
                        "--report=FILE", "--quiet", "--verbose", "\nExample:\n  cordon " + command)
                .contains("--deny=PATH", "--scratch=[HOST::]GUEST")
                .contains("--config=FILE", "--require-signature");
        assertThat(run.status()).isZero();
    }

    @Test
    void helpNeedsNoOtherArguments() {
        assertThat(CliRun.of("call", "--help", "x.wasm").status()).isZero();
        assertThat(CliRun.of("inspect", "--help").out()).contains("--json");
    }

    @Test
    void versionShowsCordonChicoryAndJava() {
        CliRun run = CliRun.of("--version");
        assertThat(run.out()).matches("Cordon .+\nChicory 1\\.[0-9.]+\nJava [0-9]+.*\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void logLinesFromInfoOnAreShown() {
        CliRun run = config();
        assertThat(run.err())
                .startsWith("[config-reader] warn: there is no such value\nno such key\n");
    }

    @Test
    void quietHidesLogLinesButNoErrors() {
        assertThat(config("--quiet").err())
                .isEqualTo(
                        "no such key\n"
                                + "CRD-602 [config-reader] command `get` answered with an error\n"
                                + "  help: read the plugin's error text; the input may be at"
                                + " fault\n");
    }

    @Test
    void verboseShowsEveryLogLineTheUseAndWhereJavaWas() {
        CliRun run = config("--verbose");
        assertThat(run.err())
                .startsWith(
                        "[config-reader] trace: reading the key\n"
                                + "[config-reader] debug: asking for the value\n"
                                + "[config-reader] warn: there is no such value\n")
                .contains("\ndev.cordon.error.PluginErrorException: ", "\n    at dev.cordon.")
                .containsPattern("\\[config-reader] error: fuel [0-9]+ of 1000000000, memory ");
    }

    @Test
    void logLinesAreLimited() {
        assertThat(config("--quota=log-rate=0").err()).startsWith("no such key\n");
    }

    @Test
    @Timeout(60)
    void aGuestWhoseReaderLeftIsStoppedQuietly() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String file = CliRun.sample("stdout-flood", directory);
        int status = cli(failing("Broken pipe"), err).run("run", file);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();
    }

    @Test
    void aResultThatNobodyReadsIsNoError() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String file = CliRun.sample("echo", directory);
        int status = cli(failing("Broken pipe"), err).run("call", "--input=x", file, "echo");
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(status).isZero();
    }

    @Test
    void aResultThatCannotBeWrittenIsAnError() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String file = CliRun.sample("echo", directory);
        int status = cli(failing("No space left"), err).run("call", "--input=x", file, "echo");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "CRD-702 [cordon] cannot write to stdout: No space left\n"
                                + "  help: free some space, or send the output elsewhere\n");
        assertThat(status).isEqualTo(120);
    }

    @Test
    void aDefectSaysHowToReportIt() {
        InputStream broken =
                new InputStream() {
                    @Override
                    public int read() {
                        throw new IllegalStateException("by design");
                    }
                };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status =
                new CordonCli(broken, OutputStream.nullOutputStream(), err)
                        .run("call", "--input=-", "x.wasm", "go");
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "CRD-901 [cordon] a defect of Cordon: java.lang.IllegalStateException: by"
                                + " design\n"
                                + "  help: report it with this text, the output of `cordon"
                                + " --version`, the command line and the plugin; `--verbose` adds"
                                + " where it happened\n");
        assertThat(status).isEqualTo(127);
    }

    private CliRun config(String... options) {
        String[] all = new String[options.length + 5];
        all[0] = "call";
        System.arraycopy(options, 0, all, 1, options.length);
        all[options.length + 1] = "--input";
        all[options.length + 2] = "key";
        all[options.length + 3] = CliRun.sample("config-reader", directory);
        all[options.length + 4] = "get";
        return CliRun.of(all);
    }

    private static CordonCli cli(OutputStream out, OutputStream err) {
        return new CordonCli(InputStream.nullInputStream(), out, err);
    }

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException(why);
            }
        };
    }
}
