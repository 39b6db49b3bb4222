package dev.cordon.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.MalformedBundleException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class BundleReaderTest {
    @TempDir Path folder;

    private Path write(String name, byte[] bytes) throws Exception {
        return Files.write(folder.resolve(name), bytes);
    }

    private static void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> BundleReader.read(file))
                .isInstanceOf(MalformedBundleException.class)
                .hasMessage(message);
    }

    @Test
    void moduleAndManifestAreRead() throws Exception {
        Path file = write("count.wasm", new byte[] {1, 2, 3});
        write("count.cordon.json", "{}".getBytes(StandardCharsets.UTF_8));
        PluginBundle bundle = BundleReader.read(file);
        assertThat(bundle.name()).isEqualTo("count.wasm");
        assertThat(bundle.module()).containsExactly(1, 2, 3);
        assertThat(bundle.sidecar()).hasValue("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(bundle.digest())
                .hasToString("039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81");
    }

    @Test
    void onlyFilesOfTheRightNameHaveAManifest() throws Exception {
        write("count.cordon.json", "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(BundleReader.read(write("count", new byte[1])).sidecar()).isEmpty();
        assertThat(BundleReader.read(write("other.wasm", new byte[1])).sidecar()).isEmpty();
    }

    @Test
    void bytesInMemoryAreCopied() {
        byte[] bytes = {1};
        PluginBundle bundle = BundleReader.of("a\u001b", bytes);
        bytes[0] = 2;
        assertThat(bundle.module()).containsExactly(1);
        assertThat(bundle.name()).isEqualTo("a\\u{1b}");
    }

    @Test
    void missingFilesAreRefused() {
        assertRefused(
                folder.resolve("no.wasm"),
                "CRD-101 [no.wasm] the module does not exist\n"
                        + "  help: name a `.wasm` file that exists and that this process may read");
    }

    @Test
    void foldersAreRefused() {
        assertThatThrownBy(() -> BundleReader.read(folder))
                .hasMessageContaining("the module is not a regular file");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void pipesAndDevicesAreRefusedWithoutReading() throws Exception {
        Path pipe = folder.resolve("pipe.wasm");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        assertThatThrownBy(() -> BundleReader.read(pipe))
                .hasMessageContaining("is not a regular file");
        assertThatThrownBy(() -> BundleReader.read(Path.of("/dev/zero")))
                .hasMessageContaining("is not a regular file");
    }

    @Test
    void aModuleBeyondTheBoundIsRefused() throws Exception {
        Path file = folder.resolve("large.wasm");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(BundleReader.MAX_MODULE_BYTES + 1L);
        }
        assertRefused(
                file,
                "CRD-102 [large.wasm] the module has more than 67108864 bytes\n"
                        + "  help: strip debug information, or split the plugin");
    }

    @Test
    void aManifestBeyondTheBoundIsRefused() throws Exception {
        Path file = write("a.wasm", new byte[1]);
        write("a.cordon.json", new byte[300_000]);
        assertThatThrownBy(() -> BundleReader.read(file))
                .hasMessageContaining("the manifest beside it has more than 262144 bytes");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void theSizeThatAFileClaimsIsNotTrusted() {
        // A regular file whose size says 0 and that has content all the same.
        assertThat(BundleReader.read(Path.of("/proc/self/status")).module()).isNotEmpty();
    }
}
