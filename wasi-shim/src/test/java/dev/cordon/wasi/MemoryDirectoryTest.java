package dev.cordon.wasi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryDirectoryTest {
    private final MemoryDirectory files = MemoryDirectory.create(100_000, 20);

    @Test
    void filesAreWrittenReadAndListed() throws IOException {
        files.write("a/b/file", "one".getBytes(UTF_8));
        files.write("a/b/file", "two!".getBytes(UTF_8));
        files.createDirectory("a/empty");
        files.createDirectory("a/empty");
        assertThat(files.read("a/b/file")).asString(UTF_8).isEqualTo("two!");
        assertThat(files.list()).containsExactly("a/", "a/b/", "a/b/file", "a/empty/");
    }

    @Test
    void problemsNameThePath() {
        assertThatThrownBy(() -> files.read("none")).hasMessage("`none` in memory: NOENT");
        assertThatThrownBy(() -> files.write("a/../b", new byte[0])).hasMessageContaining("INVAL");
        assertThatThrownBy(() -> files.write("/a", new byte[0])).hasMessageContaining("PERM");
        assertThatThrownBy(() -> files.write("big", new byte[200_000]))
                .hasMessage("`big` in memory: NOSPC");
        assertThatThrownBy(() -> MemoryDirectory.create(-1, 0))
                .hasMessage("a capacity is negative");
    }

    @Test
    void aHostDirectoryIsCopiedWithoutItsLinks(@TempDir Path host, @TempDir Path outside)
            throws IOException {
        Files.createDirectories(host.resolve("d/e"));
        Files.writeString(host.resolve("d/e/file"), "content");
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(host.resolve("link"), outside.resolve("secret"));
        Files.createSymbolicLink(host.resolve("d/dirlink"), outside);
        files.copyIn(host);
        assertThat(files.list()).containsExactly("d/", "d/e/", "d/e/file");
        assertThat(files.read("d/e/file")).asString(UTF_8).isEqualTo("content");
    }

    @Test
    void copyingStopsAtTheCapacity(@TempDir Path host) throws IOException {
        Files.write(host.resolve("big"), new byte[200_000]);
        assertThatThrownBy(() -> files.copyIn(host)).hasMessage("`big` in memory: NOSPC");
        assertThat(files.usedBytes()).isLessThanOrEqualTo(100_000);
    }

    @Test
    void preopensAreReadOnlyAndCalledRootUnlessToldOtherwise() throws IOException {
        try (Preopen preopen = Preopen.of(files).open()) {
            assertThat(preopen.name()).isEqualTo("/");
            assertThat(preopen.writable()).isFalse();
            assertThat(preopen.isOpen()).isTrue();
            preopen.close();
            assertThat(preopen.isOpen()).isFalse();
        }
        assertThatThrownBy(() -> Preopen.of(files).name("")).hasMessageContaining("is empty");
        assertThatThrownBy(() -> Preopen.of(files).name("a\0"))
                .hasMessageContaining("zero character");
        assertThatThrownBy(() -> Preopen.of(Path.of("/no/such/place")).open())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/no/such/place");
    }

    @Test
    void rulesAreReadAtOnce() {
        PathRules rules = PathRules.everything().allow("a/**").deny("**/b", "c");
        assertThat(rules).hasToString("allow [a/**], deny [**/b, c]");
        assertThatThrownBy(() -> rules.deny("a//b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> rules.allow("../x")).isInstanceOf(IllegalArgumentException.class);
    }
}
