package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    @TempDir private Path directory;

    @Test
    void factsAreShownAsText() {
        CliRun run = CliRun.of("inspect", CliRun.sample("unknown-import", directory));
        assertThat(run.out().replaceAll("[0-9a-f]{64}", "DIGEST"))
                .isEqualTo(
                        """
                        unknown-import.wasm
                          digest        DIGEST
                          size          105 bytes
                          kind          reactor
                          plugin        unknown-import 0.0.0
                          command       run
                          asks for      none
                          state         fresh
                          memory        none
                          table         none
                          proposals     none
                          would need    none
                          refused       this engine does not offer env.open_the_gates
                        imports:
                          function env.open_the_gates (i32) -> (i32)
                        exports:
                          function run () -> (i32)
                        """);
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
    }

    @Test
    void functionsThatAreTooLargeForTheJvmAreNamed() {
        CliRun run = CliRun.of("inspect", CliRun.sample("huge-function", directory));

        assertThat(run.out()).contains("  interpreted   too large for the JVM: huge\n");
        assertThat(run.status()).isZero();
    }

    @Test
    void factsAreShownAsJson() throws IOException {
        CliRun run = CliRun.of("inspect", "--json", CliRun.sample("word-count-reactor", directory));
        assertThat(run.status()).isZero();
        assertThat(run.out()).endsWith("}\n").hasLineCount(1);
        JsonNode facts = new ObjectMapper().readTree(run.out());
        assertThat(facts.fieldNames())
                .toIterable()
                .containsExactly(
                        "name",
                        "digest",
                        "sizeBytes",
                        "kind",
                        "manifest",
                        "imports",
                        "exports",
                        "memory",
                        "tables",
                        "proposals",
                        "capabilities",
                        "runsAtStart",
                        "interpretedFunctions",
                        "unknownImports",
                        "signers");
        assertThat(facts.get("kind").asText()).isEqualTo("reactor");
        JsonNode manifest = facts.get("manifest");
        assertThat(manifest.get("id").asText()).isEqualTo("dev.cordon.samples.word-count");
        assertThat(manifest.get("commands").get(1).get("export").asText()).isEqualTo("top");
        assertThat(manifest.get("requests").toString()).isEqualTo("[\"sys:memory\"]");
        assertThat(manifest.get("quota").toString())
                .isEqualTo(
                        "{\"fuelPerCall\":1000000000,\"memoryBytes\":67108864,"
                                + "\"deadlineNanos\":10000000000}");
        assertThat(facts.get("imports").get(0).get("module").asText()).isEqualTo("cordon");
    }

    @Test
    void textOfAManifestIsMadeVisible() throws IOException {
        CliRun.sample("empty", directory);
        Files.writeString(
                directory.resolve("empty.cordon.json"),
                "{\"id\":\"evil\",\"version\":\"1.0.0\",\"abi\":1,"
                        + "\"description\":\"ok\\u001b[2J\\u202e\","
                        + "\"commands\":[{\"name\":\"run\",\"export\":\"run\"}]}");
        String file = directory.resolve("empty.wasm").toString();
        assertThat(CliRun.of("inspect", file).out())
                .contains("  about         ok\\u{1b}[2J\\u{202e}\n");
        assertThat(CliRun.of("inspect", "--json", file).out())
                .contains("\"description\":\"ok\\u001B[2J\\u202E\"");
    }

    @Test
    void whatIsNoModuleIsRefused() {
        CliRun run = CliRun.of("inspect", CliRun.sample("not-wasm", directory));
        assertThat(run.status()).isEqualTo(121);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("CRD-103 [not-wasm.wasm] ").contains("\n  help: ");
    }
}
