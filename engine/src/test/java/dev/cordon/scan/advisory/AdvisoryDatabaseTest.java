package dev.cordon.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.scan.Component;
import dev.cordon.scan.Vulnerability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdvisoryDatabaseTest {
    private static final String LEAK =
            advisory(
                    "RUSTSEC-2020-0001",
                    "crates.io",
                    "leaky-buffer",
                    "\"ranges\":[{\"type\":\"SEMVER\",\"events\":[{\"introduced\":\"0\"},"
                            + "{\"fixed\":\"0.3.2\"}]}]");

    @TempDir private Path folder;

    private static String advisory(String id, String ecosystem, String name, String affected) {
        return "{\"id\":\"%s\",\"summary\":\"it leaks\",\"aliases\":[\"CVE-1\"],\"affected\":[{\"package\":{\"ecosystem\":\"%s\",\"name\":\"%s\"},%s}]}"
                .formatted(id, ecosystem, name, affected);
    }

    private AdvisoryDatabase of(String... advisories) throws IOException {
        for (int i = 0; i < advisories.length; i++) {
            Files.writeString(folder.resolve(i + ".json"), advisories[i]);
        }
        return AdvisoryDatabase.open(folder);
    }

    private Path zip(String... namesAndContents) throws IOException {
        Path file = folder.resolve("all.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                zip.putNextEntry(new ZipEntry(namesAndContents[i]));
                zip.write(namesAndContents[i + 1].getBytes(StandardCharsets.UTF_8));
            }
        }
        return file;
    }

    private static List<String> ids(AdvisoryDatabase database, String... component) {
        return database.affecting(new Component(component[0], component[1], component[2])).stream()
                .map(Vulnerability::id)
                .toList();
    }

    @Test
    void aFolderIsReadWithItsSubfolders() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Files.writeString(folder.resolve("a/b/one.json"), LEAK);
        Files.writeString(folder.resolve("README.md"), "not an advisory");
        AdvisoryDatabase database = AdvisoryDatabase.open(folder);
        assertThat(database.size()).isEqualTo(1);
        assertThat(database.affecting(new Component("crates.io", "leaky-buffer", "0.3.1")))
                .singleElement()
                .satisfies(
                        it -> {
                            assertThat(it.id()).isEqualTo("RUSTSEC-2020-0001");
                            assertThat(it.fixed()).containsExactly("0.3.2");
                            assertThat(it.aliases()).containsExactly("CVE-1");
                            assertThat(it.compared()).isTrue();
                        });
        assertThat(ids(database, "crates.io", "leaky-buffer", "0.3.2")).isEmpty();
        assertThat(ids(database, "npm", "leaky-buffer", "0.3.1")).isEmpty();
        assertThat(ids(database, "", "leaky-buffer", "0.3.1")).isEmpty();
    }

    @Test
    void anArchiveIsReadAndItsNamesAreNotFollowed() throws IOException {
        Path file = zip("../../../../tmp/evil.json", LEAK, "dir/", "", "readme.txt", "x");
        assertThat(AdvisoryDatabase.open(file).size()).isEqualTo(1);
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile)).containsExactly(file);
        }
    }

    @Test
    void bombsAreRefused() throws IOException {
        Path large = zip("a.json", " ".repeat(AdvisoryFiles.MAX_FILE_BYTES + 1));
        assertThatThrownBy(() -> AdvisoryDatabase.open(large)).hasMessageContaining("`a.json` has");
        Path many = zip("a.json", LEAK, "b.json", LEAK, "c.json", LEAK);
        assertThatThrownBy(() -> AdvisoryDatabase.open(many, 2L * LEAK.length() + 1))
                .hasMessageContaining("inflated");
        Path skipped = zip("a.txt", " ".repeat(10_000));
        assertThatThrownBy(() -> AdvisoryDatabase.open(skipped, 9_999))
                .hasMessageContaining("inflated");
    }

    @Test
    void whatIsNoAdvisoryIsRefused() throws IOException {
        assertThatThrownBy(() -> of(LEAK, "{\"id\":"))
                .isInstanceOf(UsageException.class)
                .satisfies(
                        it -> assertThat(((UsageException) it).code()).isEqualTo(ErrorCode.USAGE))
                .hasMessageContaining("1.json`: it is no JSON");
        assertThatThrownBy(() -> of("[]")).hasMessageContaining("it has no `id`");
        Path text = Files.writeString(folder.resolve("x.zip"), "no zip");
        assertThatThrownBy(() -> AdvisoryDatabase.open(text)).hasMessageContaining("neither");
        assertThatThrownBy(() -> AdvisoryDatabase.open(folder.resolve("none")))
                .hasMessageContaining("does not exist");
    }

    @Test
    void withdrawnAdvisoriesAreLeftOut() throws IOException {
        String withdrawn =
                LEAK.replace("\"summary\"", "\"withdrawn\":\"2024-01-01T00:00:00Z\",\"summary\"");
        assertThat(of(withdrawn).size()).isZero();
    }

    @Test
    void listedVersionsAreAffected() throws IOException {
        AdvisoryDatabase database =
                of(advisory("M-1", "Maven", "org.x:y", "\"versions\":[\"1.0\",\"1.1\"]"));
        assertThat(ids(database, "Maven", "org.x:y", "1.1")).containsExactly("M-1");
        assertThat(ids(database, "Maven", "org.x:y", "1.2")).isEmpty();
    }

    @Test
    void whatCannotBeComparedCountsAsAffected() throws IOException {
        String range =
                "\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":[{\"introduced\":\"0\"},{\"fixed\":\"2\"}]}]";
        AdvisoryDatabase database = of(advisory("M-1", "Maven", "org.x:y", range));
        assertThat(database.affecting(new Component("Maven", "org.x:y", "3")))
                .singleElement()
                .satisfies(it -> assertThat(it.compared()).isFalse());
    }

    @Test
    void pythonNamesHaveOneSpelling() throws IOException {
        AdvisoryDatabase database =
                of(advisory("P-1", "PyPI", "Foo_Bar", "\"versions\":[\"1.0\"]"));
        assertThat(ids(database, "PyPI", "foo-bar", "1.0")).containsExactly("P-1");
    }
}
