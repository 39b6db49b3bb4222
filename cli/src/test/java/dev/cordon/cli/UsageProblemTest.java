package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageProblemTest {
    @Test
    void noCommandNamesTheHelp() {
        refused("a command is missing", "`cordon --help` shows the commands");
    }

    @Test
    void anUnknownCommandIsNamed() {
        refused(
                "`cordon` has no command `fly`",
                "`cordon --help` shows what there is",
                "fly",
                "--high");
    }

    @ParameterizedTest
    @ValueSource(strings = "new")
    void aCommandOfALaterVersionIsRefusedPlainly(String command) {
        refused(
                "`cordon " + command + "` is not offered in this version",
                "leave it out, or use a later version of Cordon",
                command,
                "--format",
                "json",
                "x.wasm");
    }

    @Test
    void anUnknownOptionIsNamedWithoutItsValue() {
        refused(
                "`cordon run` has no option `--fule`",
                "`cordon run --help` shows what there is",
                "run",
                "--fule=3",
                "x.wasm");
    }

    @Test
    void controlCharactersInArgumentsAreMadeVisible() {
        refused(
                "`cordon call` has no option `--x\\u{1b}[2J\\u{202e}`",
                "`cordon call --help` shows what there is",
                "call",
                "--x\u001b[2J\u202e",
                "x.wasm",
                "go");
    }

    @Test
    void aMissingPluginIsNamed() {
        refused("`PLUGIN` is missing", "`cordon run --help` shows what there is", "run");
    }

    @Test
    void aMissingCommandOfThePluginIsNamed() {
        refused(
                "`COMMAND` is missing",
                "`cordon call --help` shows what there is",
                "call",
                "x.wasm");
    }

    @Test
    void anOptionWithoutItsValueIsNamed() {
        refused(
                "`--input` needs a value",
                "`cordon call --help` shows what there is",
                "call",
                "x.wasm",
                "go",
                "--input");
    }

    @Test
    void anOptionGivenTwiceIsNamed() {
        refused(
                "`--fuel` is given more than once",
                "give it once",
                "run",
                "--fuel",
                "3",
                "--fuel",
                "4",
                "x.wasm");
    }

    @Test
    void callTakesNoFurtherArguments() {
        refused(
                "`cordon call` takes no further argument `more`",
                "`cordon call --help` shows what there is",
                "call",
                "x.wasm",
                "go",
                "more");
    }

    @Test
    void quietAndVerboseExcludeEachOther() {
        CliRun run = CliRun.of("run", "--quiet", "--verbose", "x.wasm");
        assertThat(run.status()).isEqualTo(120);
        assertThat(run.err())
                .startsWith(
                        "CRD-702 [cordon] `--quiet` and `--verbose` exclude each other\n"
                                + "  help: give one of them\n");
    }

    private static void refused(String what, String help, String... args) {
        CliRun run = CliRun.of(args);
        assertThat(run.err()).isEqualTo("CRD-702 [cordon] " + what + "\n  help: " + help + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(120);
    }
}
