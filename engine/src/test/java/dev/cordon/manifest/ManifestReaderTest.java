package dev.cordon.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.MalformedBundleException;
import dev.cordon.quota.Quota;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {
    private static final String SMALLEST = "{\"id\":\"a\",\"version\":\"1.0.0\",\"abi\":1}";

    private static Manifest read(String json) {
        return ManifestReader.read(json.getBytes(StandardCharsets.UTF_8), "file.wasm");
    }

    /** The smallest manifest with one more field. */
    private static String with(String field) {
        return SMALLEST.substring(0, SMALLEST.length() - 1) + "," + field + "}";
    }

    private static void assertRefused(String json, String what) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(MalformedBundleException.class)
                .hasMessage(
                        "CRD-104 [file.wasm] manifest: "
                                + what
                                + "\n  help: correct the manifest; the fields are listed in"
                                + " docs/embedding.md");
    }

    @Test
    void everyFieldIsRead() {
        Manifest manifest =
                read(
                        """
                        { "id": "dev.example.word-count", "version": "1.2.0", "abi": 1,
                          "description": "Counts words.",
                          "commands": [ { "name": "count", "export": "c", "description": "d" },
                                        { "name": "top" } ],
                          "subscriptions": [ "order.placed" ],
                          "requests": [ "fs:read=/data", "random" ],
                          "state": "kept",
                          "quota": { "fuelPerCall": 50000000, "memory": "4MiB",
                                     "deadline": "2s" } }
                        """);
        assertThat(manifest)
                .isEqualTo(
                        new Manifest(
                                "dev.example.word-count",
                                "1.2.0",
                                "Counts words.",
                                List.of(
                                        new ManifestCommand("count", "c", "d"),
                                        new ManifestCommand("top", "top", "")),
                                List.of("order.placed"),
                                List.of("fs:read=/data", "random"),
                                StatePolicy.KEPT,
                                Quota.widest()
                                        .withFuelPerCall(50_000_000)
                                        .withMemoryBytes(4 << 20)
                                        .withDeadline(Duration.ofSeconds(2))));
    }

    @Test
    void whatIsLeftOutAsksForNothing() {
        assertThat(read(SMALLEST))
                .isEqualTo(
                        new Manifest(
                                "a",
                                "1.0.0",
                                "",
                                List.of(),
                                List.of(),
                                List.of(),
                                StatePolicy.FRESH,
                                Quota.widest()));
        assertThat(read(with("\"state\":\"fresh\"")).state()).isEqualTo(StatePolicy.FRESH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "\"ids\":1 | `$` has an unknown field `ids`",
                "\"state\":\"kep\" | `$.state` is neither `fresh` nor `kept`",
                "\"state\":true | `$.state` is not a string",
                "\"commands\":{} | `$.commands` is not a list",
                "\"commands\":[1] | `$.commands[0]` is not an object",
                "\"commands\":[{}] | `$.commands[0]` lacks the field `name`",
                "\"commands\":[{\"name\":\"-\"}]"
                        + " | `$.commands[0].name` is not a usable name: `-`",
                "\"commands\":[{\"name\":\"a\"},{\"name\":\"a\"}]"
                        + " | `$.commands[1].name` is there twice: `a`",
                "\"commands\":[{\"name\":\"a\",\"x\":1}]"
                        + " | `$.commands[0]` has an unknown field `x`",
                "\"subscriptions\":[1] | `$.subscriptions[0]` is not a string",
                "\"subscriptions\":[\"a..b\"]" + " | `$.subscriptions[0]` is not a topic: `a..b`",
                "\"requests\":[\"root\"]"
                        + " | `$.requests[0]` asks for an unknown capability `root`",
                "\"quota\":3 | `$.quota` is not an object",
                "\"quota\":{\"fuel\":1} | `$.quota` has an unknown field `fuel`",
                "\"quota\":{\"fuelPerCall\":1.5} | `$.quota.fuelPerCall` is not a whole number"
                        + " from 0 to 9223372036854775807",
                "\"quota\":{\"fuelPerCall\":-1} | `$.quota.fuelPerCall` is not a whole number"
                        + " from 0 to 9223372036854775807",
                "\"quota\":{\"memory\":\"4MB\"}"
                        + " | `$.quota` cannot be used: `4MB` is not a size",
                "\"quota\":{\"deadline\":\"0s\"} | `$.quota` cannot be used: `deadline` cannot be"
                        + " `PT0S`: it is not more than zero",
            })
    void whatIsWrongIsNamedByItsPath(String field, String what) {
        assertRefused(with(field), what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{} | `$` lacks the field `id`",
                "[] | `$` is not an object",
                "{\"id\":\"a\",\"version\":\"1.0.0\"} | `$` lacks the field `abi`",
                "{\"id\":\"a\",\"version\":\"1.0.0\",\"abi\":2}"
                        + " | `$.abi` is 2, and this version knows only 1",
                "{\"id\":\"A\",\"version\":\"1.0.0\",\"abi\":1} | `$.id` is not a usable id: `A`",
                "{\"id\":\"a\",\"version\":\"1.0\",\"abi\":1}"
                        + " | `$.version` is not a semantic version: `1.0`",
            })
    void documentsThatAreNoManifestAreRefused(String json, String what) {
        assertRefused(json, what);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a1", "dev.example.word-count", "0"})
    void ids(String id) {
        assertThat(read(SMALLEST.replace("\"a\"", "\"" + id + "\"")).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "a_b", "ä", "a b", "a/b", "a\\u0000"})
    void otherIdsAreRefused(String id) {
        assertThatThrownBy(() -> read(SMALLEST.replace("\"a\"", "\"" + id + "\"")))
                .hasMessageContaining("`$.id` is not a usable id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0", "1.2.3", "1.0.0-rc.1", "1.0.0+build.7", "10.20.30-a+b"})
    void versions(String version) {
        assertThat(read(SMALLEST.replace("1.0.0", version)).version()).isEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "01.0.0", "1.0.0-", "v1.0.0", "1.0.0 ", "1.0.-1"})
    void otherVersionsAreRefused(String version) {
        assertThatThrownBy(() -> read(SMALLEST.replace("1.0.0", version)))
                .hasMessageContaining("`$.version` is not a semantic version");
    }

    @Test
    void aFieldThatIsThereTwiceIsRefused() {
        assertThatThrownBy(() -> read(with("\"id\":\"b\"")))
                .hasMessageContaining("manifest: `$` cannot be read at line 1, column ")
                .hasMessageContaining("Duplicate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "{\"id\":", "nul", "\u0000", "{} {}", "// no\n{}"})
    void whatIsNoJsonIsRefused(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(MalformedBundleException.class);
    }

    @Test
    void depthAndSizeAreBounded() {
        assertThatThrownBy(() -> read(with("\"commands\":" + "[".repeat(100_000))))
                .isInstanceOf(MalformedBundleException.class)
                .hasMessageContaining("nesting depth");
        assertRefused(" ".repeat(ManifestReader.MAX_BYTES + 1), "`$` is larger than 262144 bytes");
        String many = "\"a\",".repeat(1_000) + "\"a\"";
        assertRefused(
                with("\"subscriptions\":[" + many + "]"),
                "`$.subscriptions` has more than 1000 elements");
    }

    @Property(tries = 500)
    void anyBytesGiveAManifestOrOneException(@ForAll byte[] bytes) {
        try {
            ManifestReader.read(bytes, "f");
        } catch (MalformedBundleException expected) {
            assertThat(expected.what()).startsWith("manifest: ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "word-count.wasm, word-count",
        "Word Count!.WASM, word-count",
        "..wasm, plugin",
        "ünï.wasm, n",
        "a.b.c, a-b-c"
    })
    void fileNamesBecomeIds(String file, String id) {
        assertThat(Manifest.idOf(file)).isEqualTo(id);
    }

    @Test
    void longFileNamesAreCut() {
        assertThat(Manifest.idOf("a".repeat(500) + ".wasm")).hasSize(200);
    }
}
