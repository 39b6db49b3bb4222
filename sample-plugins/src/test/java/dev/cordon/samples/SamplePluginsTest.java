package dev.cordon.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplePluginsTest {

    @Test
    void everyNamedSampleIsThere() {
        assertThat(SamplePlugins.names())
                .isSorted()
                .contains("echo", "word-count", "fuel-hog")
                .allSatisfy(name -> assertThat(SamplePlugins.bytes(name)).isNotEmpty());
    }

    @Test
    void everySampleIsDescribed() throws Exception {
        String readme = Files.readString(Path.of("README.md"));
        assertThat(SamplePlugins.names())
                .allSatisfy(name -> assertThat(readme).contains("| `" + name + "` |"));
    }

    @Test
    void allSamplesTogetherStaySmall() {
        int total =
                SamplePlugins.names().stream()
                        .mapToInt(name -> SamplePlugins.bytes(name).length)
                        .sum();
        assertThat(total).isLessThan(3 << 19);
    }

    @Test
    void onlySomeHaveAManifest() {
        assertThat(SamplePlugins.manifest("word-count-reactor")).isPresent();
        assertThat(SamplePlugins.manifest("fuel-hog")).isEmpty();
    }

    @Test
    void unknownNamesAreRefused() {
        assertThatThrownBy(() -> SamplePlugins.bytes("no-such"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no sample named no-such");
    }

    @Test
    void aCopyHasItsManifestBesideIt(@TempDir Path directory) {
        Path module = SamplePlugins.copyTo("word-count-reactor", directory);
        assertThat(module).hasBinaryContent(SamplePlugins.bytes("word-count-reactor"));
        assertThat(directory.resolve("word-count-reactor.cordon.json"))
                .hasBinaryContent(SamplePlugins.manifest("word-count-reactor").orElseThrow());
    }
}
