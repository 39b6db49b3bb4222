package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {
    @TempDir private Path directory;

    @Test
    void argumentsBehindThePluginGoToTheGuestUntouched() {
        CliRun run =
                CliRun.of("run", sample("hello"), "one", "--fuel", "--", "--help", "@none", "");
        assertThat(run.out())
                .isEqualTo(
                        "argument 0: hello\nargument 1: one\nargument 2: --fuel\nargument 3: --\n"
                                + "argument 4: --help\nargument 5: @none\nargument 6: \n");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void twoDashesEndTheOptions() {
        CliRun run = CliRun.of("run", "--quiet", "--", sample("hello"), "--quiet");
        assertThat(run).isEqualTo(new CliRun(0, "argument 0: hello\nargument 1: --quiet\n", ""));
    }

    @Test
    void verboseBehindThePluginIsTheGuests() {
        assertThat(CliRun.of("run", sample("echo"), "--verbose").err()).hasLineCount(2);
    }

    @Test
    void theGuestSeesTheGivenVariablesInTheirOrderAndNoOthers() {
        CliRun run =
                CliRun.of(
                        "run",
                        "--env",
                        "LANG=C",
                        "--env=EMPTY=",
                        "--env",
                        "A=b=c",
                        sample("hello"));
        assertThat(run.out().lines())
                .containsExactly(
                        "argument 0: hello",
                        "environment: LANG=C",
                        "environment: EMPTY=",
                        "environment: A=b=c");
    }

    @Test
    void stdinIsTheCallers() {
        byte[] stdin = "a b a\n".getBytes(StandardCharsets.UTF_8);
        CliRun run = CliRun.withInput(stdin, "run", sample("word-count"));
        assertThat(run)
                .isEqualTo(new CliRun(0, "lines 1\nwords 3\nbytes 6\ndistinct 2\n2 a\n1 b\n", ""));
    }

    @Test
    void stdoutAndStderrAreTheCallers() {
        CliRun run = CliRun.of("run", sample("failing-command"));
        assertThat(run)
                .isEqualTo(
                        new CliRun(
                                3,
                                "half a result",
                                "failing-command: cannot make sense of 0 bytes\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1,1",
        "119,119",
        "120,119",
        "127,119",
        "255,119",
        "256,119",
        "-1,119",
        "4294967295,119",
        "-2147483648,119"
    })
    void theGuestsStatusPassesThroughUpTo119(String guest, int expected) {
        assertThat(CliRun.of("run", sample("exit-status"), guest))
                .isEqualTo(new CliRun(expected, "", ""));
    }

    @Test
    void aReactorCannotBeRun() {
        assertThat(CliRun.of("run", sample("echo")))
                .isEqualTo(
                        new CliRun(
                                121,
                                "",
                                "CRD-307 [echo] does not export `_start`, so it cannot be run\n"
                                        + "  help: call one of its commands instead\n"));
    }

    @Test
    void theDeadlineHoldsForAGuestThatSleeps() {
        assertThat(CliRun.of("run", "--deadline", "200ms", sample("sleep-past-deadline")))
                .isEqualTo(
                        new CliRun(
                                124,
                                "",
                                "CRD-502 [sleep-past-deadline] was still running at its deadline\n"
                                        + "  help: raise the deadline, or give it less to do\n"));
    }

    @Test
    void fuelIsLimitedWhereItIsAskedFor() {
        assertThat(CliRun.of("run", "--fuel", "5000", sample("deadline-spin")))
                .isEqualTo(
                        new CliRun(
                                125,
                                "",
                                "CRD-501 [deadline-spin] used all of its 5000 units of fuel\n"
                                        + "  help: raise the fuel limit, or find the loop that"
                                        + " burns it\n"));
    }

    private String sample(String name) {
        return CliRun.sample(name, directory);
    }
}
