package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PluginFolderTest {
    @TempDir private Path directory;

    @Test
    void onlyPluginsAreSeen() throws IOException {
        for (String name :
                List.of("b.wasm", "a.wasm", ".c.wasm", "a.cordon.json", "m.extism.json", "x.txt")) {
            Files.writeString(directory.resolve(name), "x");
        }
        Files.createDirectory(directory.resolve("d.wasm"));
        assertThat(look(new PluginFolder(directory)))
                .extracting(PluginFolder.Entry::name)
                .containsExactly("a.wasm", "b.wasm", "m.extism.json");
    }

    @Test
    void aFileComesToRestWhenItWasNotChangedForAMoment() throws Exception {
        PluginFolder folder = new PluginFolder(directory);
        Path file = Files.writeString(directory.resolve("a.wasm"), "x");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(look(folder).get(0).atRest()).isFalse();
        Thread.sleep(PluginFolder.REST_MILLIS + 50);
        assertThat(look(folder).get(0).atRest()).isTrue();
        Files.writeString(file, "xy");
        assertThat(look(folder).get(0).atRest()).isFalse();
    }

    @Test
    void aFileThatWasWrittenElsewhereIsTakenAtOnce() throws IOException {
        PluginFolder folder = new PluginFolder(directory);
        Path draft = Files.writeString(directory.resolve("draft"), "x");
        Files.setLastModifiedTime(draft, FileTime.from(Instant.now().minusSeconds(60)));
        Files.move(draft, directory.resolve("a.wasm"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(look(folder).get(0).atRest()).isTrue();
    }

    @Test
    void whatLiesBesideAModuleBelongsToIt() throws IOException {
        PluginFolder folder = new PluginFolder(directory);
        Files.writeString(directory.resolve("a.wasm"), "x");
        for (String beside : List.of("a.cordon.json", "a.wasm.p7s", "a.wasm.minisig")) {
            PluginFolder.Entry before = look(folder).get(0);
            Files.writeString(directory.resolve(beside), "x");
            assertThat(before.unchanged()).as(beside).isFalse();
            assertThat(look(folder).get(0).print()).isNotEqualTo(before.print());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aMountThatIsReplacedByALinkIsAChange() throws IOException {
        for (String version : List.of("..one", "..two")) {
            Path data = Files.createDirectory(directory.resolve(version));
            Files.writeString(data.resolve("a.wasm"), "x");
        }
        Path data = Files.createSymbolicLink(directory.resolve("..data"), Path.of("..one"));
        Files.createSymbolicLink(directory.resolve("a.wasm"), Path.of("..data/a.wasm"));
        PluginFolder folder = new PluginFolder(directory);
        PluginFolder.Entry before = look(folder).get(0);
        Path next = Files.createSymbolicLink(directory.resolve("..next"), Path.of("..two"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
        assertThat(look(folder)).hasSize(1);
        assertThat(look(folder).get(0).print()).isNotEqualTo(before.print());
    }

    @Test
    void aFolderThatIsGoneIsNotAnEmptyOne() {
        assertThat(new PluginFolder(directory.resolve("gone")).look()).isEmpty();
        assertThat(new PluginFolder(directory).look()).contains(List.of());
    }

    private static List<PluginFolder.Entry> look(PluginFolder folder) {
        return folder.look().orElseThrow();
    }
}
