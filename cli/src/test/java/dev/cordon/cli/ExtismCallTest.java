package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.samples.SamplePlugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plug-ins for Extism on the command line. */
class ExtismCallTest {
    private static final String OPTION = "--extism-manifest";

    @TempDir private Path directory;

    private String sample() {
        return SamplePlugins.copyTo("extism-vowels", directory).toString();
    }

    private String manifest(String rest) throws IOException {
        String path = sample().replace("\\", "\\\\");
        String json = "{\"wasm\":[{\"path\":\"" + path + "\"}]" + rest + "}";
        return Files.writeString(directory.resolve("m.json"), json).toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"compiled", "interpreter"})
    void aPlugInIsCalledAsAnyPlugin(String engine) {
        CliRun run =
                CliRun.of(
                        "call",
                        "--quiet",
                        "--engine",
                        engine,
                        "--input",
                        "audio",
                        sample(),
                        "count");
        assertThat(run).isEqualTo(new CliRun(0, "{\"count\":4,\"total\":4}", ""));
    }

    @Test
    void aManifestStandsForThePlugin() throws IOException {
        String manifest = manifest(",\"config\":{\"vowels\":\"d\"}");
        CliRun run = CliRun.of("call", "--quiet", OPTION, manifest, "count", "--input", "audio");
        assertThat(run).isEqualTo(new CliRun(0, "{\"count\":1,\"total\":1}", ""));
    }

    @Test
    void limitsOfTheManifestHold() throws IOException {
        String manifest = manifest(",\"timeout_ms\":50");
        CliRun run = CliRun.of("call", "--fuel", "unlimited", OPTION, manifest, "spin");
        assertThat(run.status()).isEqualTo(124);
    }

    @Test
    void anAnswerThatIsAnErrorIsShown() throws IOException {
        CliRun run = CliRun.of("call", OPTION, manifest(""), "fail");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("no vowel pleases\n");
    }

    @Test
    void aHostThatIsNotAllowedIsNotReached() throws IOException {
        String manifest = manifest(",\"allowed_hosts\":[\"*.example.org\"]");
        CliRun run = CliRun.of("call", OPTION, manifest, "fetch");
        assertThat(run.status()).isEqualTo(122);
        assertThat(run.err()).contains("`allowed_hosts`");
    }

    @Test
    void modulesOfAManifestAreLinked() throws IOException {
        String json =
                "{\"wasm\":[{\"name\":\"extism:host/user\",\"path\":\"%s\"},{\"path\":\"%s\"}]}"
                        .formatted(path("extism-upper"), path("extism-reflect"));
        String manifest = Files.writeString(directory.resolve("l.json"), json).toString();
        CliRun run = CliRun.of("call", "--quiet", OPTION, manifest, "reflect", "--input", "ab");
        assertThat(run).isEqualTo(new CliRun(0, "AB", ""));
    }

    private String path(String sample) {
        return SamplePlugins.copyTo(sample, directory).toString().replace("\\", "\\\\");
    }

    @Test
    void nothingIsFetchedFromElsewhereThanAllowed() throws IOException {
        String json =
                "{\"wasm\":[{\"url\":\"https://plugins.example/x.wasm\",\"hash\":\"%s\"}]}"
                        .formatted("0".repeat(64));
        String manifest = Files.writeString(directory.resolve("u.json"), json).toString();
        CliRun run = CliRun.of("call", OPTION, manifest, "x");
        assertThat(run.status()).isEqualTo(121);
        assertThat(run.err()).contains("CRD-104").contains("unless the host allows it");
        CliRun other =
                CliRun.of(
                        "call",
                        OPTION,
                        manifest,
                        "x",
                        "--extism-allow-url",
                        "http://other.example");
        assertThat(other.err()).contains("plugins.example:443 is not one of those allowed");
        fails("is not a host", OPTION, manifest, "x", "--extism-allow-url", "https://a/b");
        fails("is for the modules of a manifest", sample(), "x", "--extism-allow-url", "a");
    }

    @Test
    void theArgumentsHaveToFit() throws IOException {
        fails("`COMMAND` is missing", OPTION, manifest(""));
        fails("names the plugin, so there is no place for", OPTION, manifest(""), "a", "b");
        fails("`PLUGIN` is missing");
        fails("`COMMAND` is missing", sample());
    }

    private static void fails(String what, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "call";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        CliRun run = CliRun.of(all);
        assertThat(run.status()).isEqualTo(120);
        assertThat(run.err()).contains(what);
    }

    @Test
    void aManifestThatIsWrongIsRefusedAndReported() throws IOException {
        Path report = directory.resolve("report.json");
        Path broken = Files.writeString(directory.resolve("broken.json"), "{\"wasm\":[]}");
        CliRun run =
                CliRun.of("call", OPTION, broken.toString(), "x", "--report", report.toString());
        assertThat(run.status()).isEqualTo(121);
        assertThat(run.err()).contains("CRD-104 [broken.json]");
        assertThat(Files.readString(report)).contains("\"outcome\":\"malformed-manifest\"");
    }
}
