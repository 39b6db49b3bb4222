package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallCommandTest {
    @TempDir private Path directory;

    @Test
    void theInputMayBeAText() {
        CliRun run = CliRun.of("call", "--input", "grüß dich", sample("echo"), "echo");
        assertThat(run).isEqualTo(new CliRun(0, "grüß dich", ""));
    }

    @Test
    void theInputMayBeAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("in.txt"), "from a file");
        CliRun run = CliRun.of("call", "--input=@" + file, sample("echo"), "echo");
        assertThat(run).isEqualTo(new CliRun(0, "from a file", ""));
    }

    @Test
    void theInputMayBeStdin() {
        byte[] stdin = "from stdin".getBytes(StandardCharsets.UTF_8);
        CliRun run = CliRun.withInput(stdin, "call", "--input", "-", sample("echo"), "echo");
        assertThat(run).isEqualTo(new CliRun(0, "from stdin", ""));
    }

    @Test
    void withoutInputThePayloadIsEmpty() {
        byte[] stdin = "not to be read".getBytes(StandardCharsets.UTF_8);
        CliRun run = CliRun.withInput(stdin, "call", sample("echo"), "echo");
        assertThat(run).isEqualTo(new CliRun(0, "", ""));
    }

    @Test
    void anInputFileThatIsMissingIsAUsageError() {
        fails(
                120,
                "CRD-702 [cordon] cannot read the input `@/nowhere/in.txt`: there is no such file\n"
                        + "  help: give a text, `@` and the path of a readable file, or `-` for"
                        + " stdin\n",
                "--input",
                "@/nowhere/in.txt",
                sample("echo"),
                "echo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compiled", "interpreter"})
    void bothEnginesGiveTheSameResult(String engine) {
        CliRun run =
                CliRun.of(
                        "call",
                        "--engine",
                        engine,
                        "--input",
                        "b a b",
                        sample("word-count"),
                        "count");
        assertThat(run)
                .isEqualTo(new CliRun(0, "lines 0\nwords 3\nbytes 5\ndistinct 2\n2 b\n1 a\n", ""));
    }

    @Test
    void aPluginsErrorGoesToStderrAndExitsWithOne() {
        fails(
                1,
                "no such order\n"
                        + "CRD-602 [failing-reactor] command `text_and_one` answered with an"
                        + " error\n"
                        + "  help: read the plugin's error text; the input may be at fault\n",
                sample("failing-reactor"),
                "text_and_one");
    }

    @Test
    void aRequestThatIsNotGrantedIsNoted() throws IOException {
        Files.writeString(
                directory.resolve("empty.cordon.json"),
                """
                {"id": "asking", "version": "1.0.0", "abi": 1, "requests": ["clock:precise"],
                 "commands": [{"name": "go", "export": "run"}]}
                """);
        String plugin = sample("empty");
        String note = "[asking] note: asks for `clock:precise`, which is not granted\n";
        assertThat(CliRun.of("call", plugin, "go")).isEqualTo(new CliRun(0, "", note));
        assertThat(CliRun.of("call", "--quiet", plugin, "go")).isEqualTo(new CliRun(0, "", ""));
        assertThat(CliRun.of("call", "--allow=clock:precise", plugin, "go"))
                .isEqualTo(new CliRun(0, "", ""));
    }

    @Test
    void anUnknownCommandIsRefused() {
        fails(
                121,
                "CRD-306 [echo] has no command `sing`\n  help: its commands are `echo`\n",
                sample("echo"),
                "sing");
    }

    @Test
    void aMissingPluginIsRefused() {
        fails(
                121,
                "CRD-101 [nowhere.wasm] the module does not exist\n"
                        + "  help: name a `.wasm` file that exists and that this process may"
                        + " read\n",
                directory.resolve("nowhere.wasm").toString(),
                "go");
    }

    @Test
    void anUnknownImportIsRefused() {
        fails(
                121,
                "CRD-303 [unknown-import] imports `env.open_the_gates`, which the host does not"
                        + " offer\n"
                        + "  help: the host offers the modules `cordon`, `extism:host/env` and"
                        + " `wasi_snapshot_preview1`\n",
                sample("unknown-import"),
                "run");
    }

    @Test
    void aTrapShowsTheGuestsStack() {
        fails(
                123,
                "CRD-601 [trap-unreachable] unreachable\n"
                        + "    at inner\n    at middle\n    at run\n"
                        + "  help: it is a bug in the plugin: report it to its publisher\n",
                sample("trap-unreachable"),
                "run");
    }

    @Test
    void aCallPastItsDeadlineIsStopped() {
        fails(
                124,
                "CRD-502 [fuel-hog] was still running at its deadline\n"
                        + "  help: raise the deadline, or give it less to do\n",
                "--fuel=unlimited",
                "--deadline=200ms",
                sample("fuel-hog"),
                "run");
    }

    @Test
    void aCallOutOfFuelIsStopped() {
        fails(
                125,
                "CRD-501 [fuel-hog] used all of its 1000 units of fuel\n"
                        + "  help: raise the fuel limit, or find the loop that burns it\n",
                "--fuel",
                "1000",
                sample("fuel-hog"),
                "run");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2MiB", "2048KiB", "32p", "2097152"})
    void memoryIsLimitedInEveryUnit(String size) {
        fails(
                126,
                "CRD-503 [memory-hog] could not grow its memory past 2097152 bytes, and trapped:"
                        + " unreachable\n  help: raise the memory quota\n",
                "--memory",
                size,
                sample("memory-hog"),
                "run");
    }

    @Test
    void tableElementsAreLimited() {
        fails(
                126,
                "CRD-504 [table-hog] could not grow its tables past 50 elements, and trapped:"
                        + " unreachable\n  help: raise the table-elements quota\n",
                "--quota=table-elements=50",
                sample("table-hog"),
                "run");
    }

    @Test
    void callDepthIsLimited() {
        fails(
                126,
                "CRD-505 [stack-overflow] nested its calls deeper than 100\n"
                        + "  help: raise the call-depth quota, or find the recursion that does not"
                        + " end\n",
                "--quota=call-depth=100",
                sample("stack-overflow"),
                "run");
    }

    @Test
    void outputIsLimited() {
        fails(
                126,
                "CRD-506 [echo] produced more than its 3 bytes of output\n"
                        + "  help: raise the output quota, or have it answer with less\n",
                "--quota=output=3",
                "--input=four",
                sample("echo"),
                "echo");
    }

    private String sample(String name) {
        return CliRun.sample(name, directory);
    }

    private static void fails(int status, String err, String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "call";
        System.arraycopy(args, 0, all, 1, args.length);
        assertThat(CliRun.of(all)).isEqualTo(new CliRun(status, "", err));
    }
}
