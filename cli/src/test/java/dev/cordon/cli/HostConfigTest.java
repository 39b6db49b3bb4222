package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.LoadOptions;
import dev.cordon.MissingGrants;
import dev.cordon.capability.Grant;
import dev.cordon.error.CordonException;
import dev.cordon.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostConfigTest {
    private static final String EVERYTHING =
            """
            {"allowUnrequested": true,
             "engine": {"data": "data", "cache": "off", "maxCallsInParallel": 8,
                        "quota": {"memory": "64MiB", "fuel": 1000}},
             "plugins": {
               "folder": "plugins",
               "settings": {
                 "*": {"grants": ["random"], "missingGrants": "refuse", "scan": true},
                 "acme.tool": {
                   "grants": ["fs:read=in::/in", "sys:memory"],
                   "deny": ["/in/secret"],
                   "quota": {"fuel": "unlimited", "deadline": "2s", "disk": "1MiB", "instances": 2},
                   "config": {"key": "value"},
                   "environment": {"LANG": "C"},
                   "scratch": ["/tmp", "fixtures::/work"],
                   "scan": false, "durableEvents": true,
                   "crashPolicy": {"policy": "reload", "first": "1s", "most": "5s",
                                   "quarantineAfter": 3, "within": "1m"},
                   "commands": {"tool.run": "run"}}}}}
            """;

    @TempDir private Path directory;

    @Test
    void everyFieldIsRead() throws IOException {
        HostConfig config = read(EVERYTHING);
        PluginEntry entry = config.plugins().of("acme.tool");
        LoadOptions options = entry.options(PluginEntry.UNLESS_GIVEN);

        assertThat(config.engine().data()).contains(directory.resolve("data"));
        assertThat(config.engine().cacheOff()).isTrue();
        assertThat(config.plugins().folder()).contains(directory.resolve("plugins"));
        assertThat(options.grants().granted().get(0))
                .isInstanceOfSatisfying(
                        Grant.Directory.class,
                        it -> assertThat(it.host()).isEqualTo(directory.resolve("in")));
        assertThat(options.quota().deadlineNanos()).isEqualTo(2_000_000_000L);
        assertThat(options.quota().instances()).isEqualTo(2);
        assertThat(options.configuration()).isEqualTo(Map.of("key", "value"));
        assertThat(options.scratch()).hasSize(2);
        assertThat(options.scan()).isEmpty();
        assertThat(options.missingGrants()).isEqualTo(MissingGrants.REFUSE);
        assertThat(entry.names().of(List.of("run", "stop"))).isEqualTo(Map.of("tool.run", "run"));
        assertThat(config.plugins().of("another").options(PluginEntry.UNLESS_GIVEN).scan())
                .isPresent();
    }

    @Test
    void withoutAWordAPluginReachesNothingOutside() {
        LoadOptions options = PluginsSection.NONE.of("any").options(PluginEntry.UNLESS_GIVEN);
        assertThat(options.grants().toString()).isEqualTo("[random, sys:memory]");
        assertThat(PluginEntry.NONE.names().of(List.of("a", "not a name")))
                .isEqualTo(Map.of("a", "a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]                                                  | no JSON object",
                "{                                                   | `--config` cannot be",
                "{} {}                                               | `--config` cannot be",
                "{\"plugin\": {}}                                    | unknown field `plugin`",
                "{\"plugins\": []}                                   | `plugins` is no object",
                "{\"plugins\": {\"folder\": 1}}                      | `plugins.folder` is no text",
                "{\"plugins\": {\"folder\": \"a\", \"folder\": \"b\"}} | Duplicate",
                "{\"engine\": {\"maxCallsInParallel\": 0}}           | no whole number from 1",
                "{\"engine\": {\"quota\": {\"feul\": 1}}}            | no quota `feul`",
                "S{\"A cme\": {}}                                    | neither a plugin's id",
                "S{\"a\": {\"grant\": []}}                           | unknown field `grant`",
                "S{\"a\": {\"grants\": [\"fs:raed=a\"]}}             | `plugins.settings.a.grants`",
                "S{\"a\": {\"grants\": \"random\"}}                  | no list of texts",
                "S{\"a\": {\"deny\": [\"/nowhere/x\"]}}              | lies in no granted",
                "S{\"a\": {\"quota\": {\"memory\": \"lots\"}}}       | `memory`",
                "S{\"a\": {\"quota\": {\"fuel\": 1.5}}}              | nor a whole number",
                "S{\"a\": {\"config\": {\"k\": 1}}}                  | `plugins.settings.a.config.k`",
                "S{\"a\": {\"scratch\": [\"::\"]}}                   | a name is missing",
                "S{\"a\": {\"scan\": \"yes\"}}                       | neither true nor false",
                "S{\"a\": {\"missingGrants\": \"ignore\"}}           | neither `report` nor",
                "S{\"a\": {\"crashPolicy\": \"open\"}}               | neither `none`, `reload`",
                "S{\"a\": {\"crashPolicy\": {\"first\": \"0s\"}}}    | backoff",
                "S{\"a\": {\"commands\": [\"no name\"]}}             | not the name of a command",
            })
    void whatMakesNoSenseIsAUsageError(String text, String why) {
        String json =
                text.startsWith("S")
                        ? "{\"plugins\": {\"settings\": " + text.substring(1) + "}}"
                        : text;
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(why);
    }

    @Property(tries = 300)
    void aFileIsReadOrRefusedWithAReason(@ForAll("mutated") String text) throws IOException {
        Path file = Files.createTempFile("host", ".json");
        try {
            Files.writeString(file, text);
            HostConfig.read(file).plugins().of("acme.tool").options(PluginEntry.UNLESS_GIVEN);
        } catch (CordonException refused) {
            assertThat(refused.what()).isNotEmpty();
            assertThat(refused.help()).isNotEmpty();
        } finally {
            Files.delete(file);
        }
    }

    /** The file above with one word or mark of it replaced by something else. */
    @Provide
    static Arbitrary<String> mutated() {
        List<String> parts = List.of(EVERYTHING.split("(?<=[^a-z])|(?=[^a-z])"));
        Arbitrary<String> other =
                Arbitraries.of(
                                "", "{", "}", "[", "]", "null", "1", "\"", "-1", "1e9", ",", "::",
                                "x")
                        .injectDuplicates(0.1);
        return Arbitraries.integers()
                .between(0, parts.size() - 1)
                .flatMap(
                        at ->
                                other.map(
                                        with ->
                                                String.join("", parts.subList(0, at))
                                                        + with
                                                        + String.join(
                                                                "",
                                                                parts.subList(
                                                                        at + 1, parts.size()))));
    }

    private HostConfig read(String json) throws IOException {
        return HostConfig.read(Files.writeString(directory.resolve("host.json"), json));
    }
}
