package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFileTest {
    private static final List<String> FIELDS =
            List.of(
                    "plugin",
                    "digest",
                    "command",
                    "outcome",
                    "exitStatus",
                    "fuelUsed",
                    "fuelLimit",
                    "memoryPeakBytes",
                    "wallNanos",
                    "cpuNanos",
                    "compileNanos",
                    "compileCached",
                    "hostCalls",
                    "bytesRead",
                    "bytesWritten",
                    "netBytesIn",
                    "netBytesOut",
                    "denied",
                    "engine");

    @TempDir private Path directory;

    @Test
    void aCallThatWorkedIsReported() throws IOException {
        JsonNode report = report(0, "call", "--input", "four", sample("echo"), "echo");
        assertThat(report.get("plugin").asText()).isEqualTo("echo");
        assertThat(report.get("digest").asText()).hasSize(64);
        assertThat(report.get("command").asText()).isEqualTo("echo");
        assertThat(report.get("outcome").asText()).isEqualTo("ok");
        assertThat(report.get("exitStatus").asInt()).isZero();
        assertThat(report.get("fuelUsed").asLong()).isBetween(1L, 10_000L);
        assertThat(report.get("fuelLimit").asLong()).isEqualTo(1_000_000_000L);
        assertThat(report.get("memoryPeakBytes").asLong()).isEqualTo(65_536);
        assertThat(report.get("wallNanos").asLong()).isPositive();
        assertThat(report.get("cpuNanos").asLong()).isPositive();
        assertThat(report.get("compileCached").isBoolean()).isTrue();
        assertThat(report.get("hostCalls").get("cordon.output_write").asInt()).isEqualTo(1);
        assertThat(report.get("bytesRead").asLong()).isEqualTo(4);
        assertThat(report.get("bytesWritten").asLong()).isEqualTo(4);
        assertThat(report.get("denied").isArray()).isTrue();
        assertThat(report.get("engine").asText()).isEqualTo("compiled");
    }

    @Test
    void theFullExitStatusOfARunIsReported() throws IOException {
        JsonNode report = report(119, "run", sample("exit-status"), "70000");
        assertThat(report.get("outcome").asText()).isEqualTo("exit");
        assertThat(report.get("exitStatus").asInt()).isEqualTo(70_000);
        assertThat(report.get("command").asText()).isEqualTo("_start");
        assertThat(report.get("fuelLimit").asLong()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aCallOutOfFuelReportsAllOfItsFuel() throws IOException {
        JsonNode report =
                report(
                        125,
                        "call",
                        "--fuel=777",
                        "--engine=interpreter",
                        sample("fuel-hog"),
                        "run");
        assertThat(report.get("outcome").asText()).isEqualTo("out-of-fuel");
        assertThat(report.get("fuelUsed").asLong()).isEqualTo(777);
        assertThat(report.get("fuelLimit").asLong()).isEqualTo(777);
        assertThat(report.get("engine").asText()).isEqualTo("interpreter");
    }

    @Test
    void anErrorOfThePluginIsReported() throws IOException {
        JsonNode report = report(1, "call", sample("failing-reactor"), "one");
        assertThat(report.get("outcome").asText()).isEqualTo("error");
    }

    @Test
    void aPluginThatIsRefusedIsReportedWithItsDigest() throws IOException {
        JsonNode report = report(121, "call", sample("unknown-import"), "run");
        assertThat(report.get("plugin").asText()).isEqualTo("unknown-import");
        assertThat(report.get("outcome").asText()).isEqualTo("unknown-import");
        assertThat(report.get("digest").asText()).hasSize(64);
        assertThat(report.get("exitStatus").asInt()).isEqualTo(-1);
    }

    @Test
    void aFileThatCannotBeReadIsReportedWithoutADigest() throws IOException {
        JsonNode report = report(121, "run", directory.resolve("none.wasm").toString());
        assertThat(report.get("outcome").asText()).isEqualTo("unreadable");
        assertThat(report.get("digest").asText()).isEmpty();
    }

    @Test
    void anOptionThatCannotBeUsedIsReported() throws IOException {
        JsonNode report = report(120, "call", "--fuel=none", sample("echo"), "echo");
        assertThat(report.get("outcome").asText()).isEqualTo("usage");
        assertThat(report.get("plugin").asText()).isEqualTo("echo");
    }

    @Test
    void aHyphenStandsForStderr() throws IOException {
        CliRun run = CliRun.of("call", "--report=-", "--input=x", sample("echo"), "echo");
        assertThat(run.out()).isEqualTo("x");
        assertThat(run.err()).endsWith("}\n").doesNotContain("}\n{");
        assertThat(new ObjectMapper().readTree(run.err()).fieldNames())
                .toIterable()
                .containsExactlyElementsOf(FIELDS);
    }

    @Test
    void aReportThatCannotBeWrittenStopsTheCallBeforeItStarts() {
        CliRun run = CliRun.of("call", "--report=/nowhere/r.json", sample("echo"), "echo");
        assertThat(run)
                .isEqualTo(
                        new CliRun(
                                120,
                                "",
                                "CRD-702 [cordon] cannot write the report to `/nowhere/r.json`: its"
                                        + " directory does not exist\n"
                                        + "  help: name a file in a directory that exists, or `-`"
                                        + " for stderr\n"));
    }

    private JsonNode report(int status, String command, String... args) throws IOException {
        Path file = directory.resolve("report.json");
        String[] all = new String[args.length + 3];
        all[0] = command;
        all[1] = "--report";
        all[2] = file.toString();
        System.arraycopy(args, 0, all, 3, args.length);
        assertThat(CliRun.of(all).status()).isEqualTo(status);
        String text = Files.readString(file);
        assertThat(text).endsWith("}\n").hasLineCount(1);
        JsonNode report = new ObjectMapper().readTree(text);
        assertThat(report.fieldNames()).toIterable().containsExactlyElementsOf(FIELDS);
        return report;
    }

    private String sample(String name) {
        return CliRun.sample(name, directory);
    }
}
