package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.scan.ScanRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanCommandTest {
    @TempDir private Path directory;

    private CliRun scan(String sample, String... options) {
        String[] args = new String[options.length + 2];
        args[0] = "scan";
        System.arraycopy(options, 0, args, 1, options.length);
        args[args.length - 1] = CliRun.sample(sample, directory);
        return CliRun.of(args);
    }

    private Path file(String name, String json) throws IOException {
        return Files.writeString(directory.resolve(name), json.replace('\'', '"'));
    }

    @Test
    void findingsAreShownAsText() {
        CliRun run = scan("misleading-names");
        assertThat(run.out().replaceAll("[0-9a-f]{64}", "DIGEST"))
                .startsWith(
                        """
                        misleading-names.wasm
                          digest      DIGEST
                          size        101 bytes
                          medium      WVS-O002 misleading name
                            the function name `ok\\u{202e}txt` holds invisible characters
                            in func[1] `ok\\u{202e}txt` at byte 0x"""
                                .replace("101", String.valueOf(size("misleading-names"))))
                .endsWith(
                        """
                            help: do not trust the names in this module
                          findings    3 medium
                          result      passes at the level high
                        """);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    private static int size(String sample) {
        return dev.cordon.samples.SamplePlugins.bytes(sample).length;
    }

    @Test
    void theThresholdDecides() {
        assertThat(scan("misleading-names", "--fail-on", "medium").status()).isEqualTo(121);
        assertThat(scan("secret-inside").status()).isEqualTo(121);
        assertThat(scan("secret-inside", "--fail-on", "critical").status()).isZero();
        assertThat(scan("simd", "--fail-on", "critical").status()).isEqualTo(121);
        assertThat(scan("echo", "--fail-on", "low").status()).isZero();
    }

    @Test
    void aFailureIsAnErrorOnStderr() {
        CliRun run = scan("secret-inside");
        assertThat(run.err())
                .isEqualTo(
                        "CRD-308 [secret-inside.wasm] the scan has 2 findings of the level `high`"
                                + " or above\n"
                                + "  help: mend what was found, or explain it with `--suppress`\n");
        assertThat(run.out()).endsWith("  result      fails at the level high\n");
    }

    @Test
    void findingsAreShownAsJson() throws IOException {
        CliRun run = scan("hash-miner", "--format", "json");
        assertThat(run.out()).endsWith("}\n").hasLineCount(1);
        JsonNode report = new ObjectMapper().readTree(run.out());
        assertThat(report.get("fails").asBoolean()).isTrue();
        JsonNode first = report.get("findings").get(0);
        assertThat(first.get("rule").asText()).isEqualTo("WVS-M001");
        assertThat(first.get("level").asText()).isEqualTo("high");
        assertThat(first.get("functionName").asText()).isEqualTo("mix");
        assertThat(first.get("byteOffset").asInt()).isPositive();
        assertThat(report.get("omitted").get("low").asInt()).isZero();
    }

    @Test
    void findingsAreShownAsSarif() throws IOException {
        Path suppressions =
                file("s.json", "{'suppressions':[{'rule':'WVS-S002','justification':'a test'}]}");
        CliRun run = scan("hash-miner", "--format", "sarif", "--suppress", suppressions.toString());
        JsonNode log = new ObjectMapper().readTree(run.out());
        assertThat(log.get("version").asText()).isEqualTo("2.1.0");
        assertThat(log.get("$schema").asText()).endsWith("sarif-schema-2.1.0.json");
        JsonNode only = log.get("runs").get(0);
        JsonNode rules = only.get("tool").get("driver").get("rules");
        assertThat(rules).hasSize(ScanRule.values().length);
        JsonNode result = only.get("results").get(0);
        assertThat(rules.get(result.get("ruleIndex").asInt()).get("id"))
                .isEqualTo(result.get("ruleId"));
        assertThat(result.get("level").asText()).isEqualTo("error");
        JsonNode location = result.get("locations").get(0);
        JsonNode region = location.get("physicalLocation").get("region");
        assertThat(region.get("byteOffset").asInt()).isPositive();
        assertThat(location.get("logicalLocations").get(0).get("fullyQualifiedName").asText())
                .isEqualTo("func[0]");
        assertThat(result.get("partialFingerprints").get("wvs/v1").asText()).hasSize(64);
        assertThat(result.get("suppressions")).isEmpty();
        JsonNode suppressed = only.get("results").get(1);
        assertThat(suppressed.get("suppressions").get(0).get("justification").asText())
                .isEqualTo("a test");
    }

    @Test
    void aSarifLogSaysWhatWasLeftOut() throws IOException {
        JsonNode log =
                new ObjectMapper().readTree(scan("finding-flood", "--format", "sarif").out());
        JsonNode notes = log.get("runs").get(0).get("invocations").get(0);
        assertThat(
                        notes.get("toolExecutionNotifications")
                                .get(0)
                                .get("message")
                                .get("text")
                                .asText())
                .isEqualTo("1981 more findings were left out, and 0 suppressed ones");
    }

    @Test
    void partsAreComparedWithAdvisories() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("osv"));
        file(
                "osv/a.json",
                "{'id':'RUSTSEC-2020-0001','summary':'it leaks','affected':[{'package':"
                        + "{'ecosystem':'crates.io','name':'leaky-buffer'},'ranges':[{'type':"
                        + "'SEMVER','events':[{'introduced':'0'},{'fixed':'0.3.2'}]}]}]}");
        CliRun run = scan("vulnerable-parts", "--advisories", folder.toString());
        assertThat(run.status()).isEqualTo(121);
        assertThat(run.out())
                .contains("  components  4, 1 advisories\n")
                .contains(
                        "    `leaky-buffer 0.3.1` is affected by RUSTSEC-2020-0001: it leaks;"
                                + " fixed in 0.3.2\n");
    }

    @Test
    void aListOfPartsCanBeRequired() {
        assertThat(scan("echo", "--require-sbom").out()).contains("medium      WVS-V002");
    }

    @ParameterizedTest
    @CsvSource({
        "--format, xml, there is no such format",
        "--fail-on, none, there is no such level",
        "--suppress, no-such-file, it does not exist",
        "--advisories, no-such-folder, does not exist"
    })
    void optionsThatCannotBeUsedAreUsageErrors(String option, String value, String why) {
        CliRun run = scan("echo", option, value);
        assertThat(run.status()).isEqualTo(120);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("CRD-702 [").contains(why);
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        CliRun run = CliRun.of("scan", directory.resolve("none.wasm").toString());
        assertThat(run.status()).isEqualTo(121);
        assertThat(run.err()).startsWith("CRD-101 [none.wasm]");
    }
}
