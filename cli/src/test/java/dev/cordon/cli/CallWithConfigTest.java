package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a policy file says about a plugin holds for {@code run} and {@code call}, too. */
class CallWithConfigTest {
    private static final String ID = "dev.cordon.samples.word-count";

    @TempDir private Path directory;

    @Test
    void grantsOfTheFileAreGranted() throws IOException {
        Files.createDirectory(directory.resolve("data"));
        Files.writeString(directory.resolve("data/note.txt"), "hello");
        Path config = config("cat", "\"grants\": [\"fs:read=data::/data\"]");
        String cat = CliRun.sample("cat", directory);

        CliRun run = CliRun.of("run", "--config", config.toString(), cat, "/data/note.txt");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("hello");
        config("cat", "\"grants\": [\"fs:read=data::/data\"], \"deny\": [\"/data/*.txt\"]");
        assertThat(CliRun.of("run", "--config", config.toString(), cat, "/data/note.txt").out())
                .isEmpty();
    }

    @Test
    void aQuotaOfTheFileHoldsAndAnOptionOnlyLowersIt() throws IOException {
        Path config = config("fuel-hog", "\"quota\": {\"fuel\": 1000}");
        assertThat(fuelHog(config).err()).contains("used all of its 1000 units");
        assertThat(fuelHog(config, "--fuel", "500").err()).contains("used all of its 500 units");
        assertThat(fuelHog(config, "--fuel", "5000").err()).contains("used all of its 1000 units");
    }

    @Test
    void aQuotaOfTheFileReplacesTheDefault() throws IOException {
        Path config = config("fuel-hog", "\"quota\": {\"fuel\": 1500000000}");
        assertThat(fuelHog(config, "--fuel", "1200000000").err())
                .contains("used all of its 1200000000 units");
    }

    @Test
    void configurationOfTheFileIsRead() throws IOException {
        Path config = config(ID, "\"config\": {\"top\": \"1\"}");
        String plugin = CliRun.sample("word-count-reactor", directory);
        CliRun run =
                CliRun.of("call", "--config", config.toString(), "--input", "a b a", plugin, "top");
        assertThat(run.out()).isEqualTo("[{\"word\":\"a\",\"count\":2}]");
    }

    @Test
    void anEntryOfAnotherPluginChangesNothing() throws IOException {
        Path config = config("another", "\"quota\": {\"fuel\": 1000}");
        assertThat(fuelHog(config, "--fuel", "2000").err()).contains("used all of its 2000 units");
    }

    private CliRun fuelHog(Path config, String... options) {
        String[] all = new String[options.length + 5];
        all[0] = "call";
        all[1] = "--config";
        all[2] = config.toString();
        System.arraycopy(options, 0, all, 3, options.length);
        all[options.length + 3] = CliRun.sample("fuel-hog", directory);
        all[options.length + 4] = "run";
        return CliRun.of(all);
    }

    private Path config(String id, String fields) throws IOException {
        return Files.writeString(
                directory.resolve("host.json"),
                "{\"plugins\": {\"settings\": {\"" + id + "\": {" + fields + "}}}}");
    }
}
