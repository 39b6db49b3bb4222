package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallSettingsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--fuel|many|it is not a whole number",
                "--fuel|-1|it is not a whole number",
                "--fuel|0|it is out of range",
                "--fuel|9223372036854775808|it is too large"
            })
    void fuelIsAPositiveNumberOrUnlimited(String option, String value, String why) {
        refused(
                "`" + option + "` cannot be `" + value + "`: " + why,
                "write a whole number of at least 1, or `unlimited`",
                option,
                value);
    }

    @Test
    void memoryWithAnUnknownUnitIsRefused() {
        refused(
                "`--memory`: `64MB` is not a size",
                "write it like `64MiB`, `512KiB` or `1024p`",
                "--memory",
                "64MB");
    }

    @Test
    void memoryBeyondOneArrayIsRefused() {
        refused(
                "`--memory` cannot be `2GiB`: it is too large",
                "give at most 2147418112 bytes",
                "--memory",
                "2GiB");
    }

    @Test
    void aDeadlineWithoutAUnitIsRefused() {
        refused(
                "`--deadline`: `30` is not a duration",
                "write it like `500ms` or `2s`",
                "--deadline",
                "30");
    }

    @Test
    void aDeadlineOfNothingIsRefused() {
        refused(
                "`--deadline` cannot be `0s`: it is over at once",
                "give at least `1ms`, or `none`",
                "--deadline",
                "0s");
    }

    @Test
    void anUnknownEngineIsRefused() {
        refused(
                "`--engine` cannot be `jit`: there is no such engine",
                "the engines are `compiled` and `interpreter`",
                "--engine",
                "jit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LANG", "=C", ""})
    void aVariableNeedsANameAndAnEqualsSign(String variable) {
        refused(
                "`--env` cannot be `" + variable + "`: it is not of the form NAME=VALUE",
                "write it like `LANG=C`",
                "--env",
                variable);
    }

    @ParameterizedTest
    @ValueSource(strings = {"call-depth", "call-depth=", "=3"})
    void aQuotaNeedsANameAndAValue(String quota) {
        refused(
                "`--quota` cannot be `" + quota + "`: it is not of the form NAME=VALUE",
                "write it like `call-depth=1000`",
                "--quota",
                quota);
    }

    @Test
    void anUnknownQuotaIsRefused() {
        refused(
                "there is no quota `speed`",
                "the quotas are disk, files, open-files, disk-rate, net-rate, connections, processes,"
                        + " cpu, log-rate, output, table-elements and call-depth",
                "--quota",
                "speed=3");
    }

    @Test
    void aRateLetsSomethingThrough() {
        refused(
                "`--quota net-rate` cannot be `0`: nothing would get through",
                "give at least 1 byte in a second",
                "--quota",
                "net-rate=0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "call-depth|0|1 to 65536",
                "call-depth|65537|1 to 65536",
                "table-elements|10000001|0 to 10000000",
                "log-rate|2147483648|0 to 2147483647",
                "open-files|65537|0 to 65536",
                "cpu|0|1 to 2147483647",
                "connections|65537|0 to 65536",
                "processes|1025|0 to 1024"
            })
    void aQuotaHasARange(String name, String value, String range) {
        refused(
                "`--quota " + name + "` cannot be `" + value + "`: it is out of range",
                "write a whole number " + range,
                "--quota",
                name + "=" + value);
    }

    @Test
    void theOutputQuotaIsASize() {
        refused(
                "`--quota output`: `1MB` is not a size",
                "write it like `64MiB`, `512KiB` or `1024p`",
                "--quota",
                "output=1MB");
    }

    @Test
    void aGrantThatIsNoneIsNamed() {
        CliRun run = CliRun.of("call", "--allow", "sys:everything", "x.wasm", "go");
        assertThat(run.err())
                .startsWith(
                        "CRD-702 [cordon] `--allow`: cannot use the grant `sys:everything`: there"
                                + " is no grant of kind `sys:everything`\n  help: the kinds are ");
        assertThat(run.status()).isEqualTo(120);
    }

    private static void refused(String what, String help, String option, String value) {
        CliRun run = CliRun.of("call", option, value, "x.wasm", "go");
        assertThat(run.err()).isEqualTo("CRD-702 [cordon] " + what + "\n  help: " + help + "\n");
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isEqualTo(120);
    }
}
