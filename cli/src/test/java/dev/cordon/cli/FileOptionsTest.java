package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileOptionsTest {
    @TempDir private Path directory;
    private Path data;

    @BeforeEach
    void makeData() throws IOException {
        data = Files.createDirectory(directory.resolve("data"));
        Files.writeString(data.resolve("a.txt"), "a\n");
        Files.writeString(data.resolve("b.txt"), "b\n");
    }

    private String sample(String name) {
        return CliRun.sample(name, directory);
    }

    private CliRun cat(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "run";
        for (int i = 0; i < args.length; i++) {
            all[i + 1] = args[i].equals("cat") ? sample("cat") : args[i];
        }
        return CliRun.of(all);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "."})
    void relativePathsWorkWithARootOrADot(String guest) {
        assertThat(cat("--allow", "fs:read=" + data + "::" + guest, "cat", "a.txt", "b.txt"))
                .isEqualTo(new CliRun(0, "a\nb\n", ""));
    }

    @Test
    void aDirectoryKeepsItsNameUnlessGivenAnother() {
        assertThat(cat("--allow", "fs:read=" + data, "cat", data + "/a.txt").out())
                .isEqualTo("a\n");
    }

    @Test
    void deniedPathsCannotBeOpened() {
        CliRun run =
                cat(
                        "--allow",
                        "fs:read=" + data + "::/d",
                        "--deny=/d/b*",
                        "cat",
                        "/d/a.txt",
                        "/d/b.txt");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEqualTo("a\n");
        assertThat(run.err()).startsWith("cat: /d/b.txt: ");
    }

    @Test
    void aPathToDenyLiesInAGrantedDirectory() {
        CliRun run = cat("--allow", "fs:read=" + data + "::/d", "--deny=/e/b", "cat");
        assertThat(run.status()).isEqualTo(120);
        assertThat(run.err())
                .startsWith(
                        "CRD-702 [cordon] `--deny` cannot be `/e/b`: it lies in no granted"
                                + " directory\n");
    }

    @Test
    void whatIsWrittenToAScratchDirectoryIsNotKept() throws IOException {
        CliRun run = CliRun.of("run", "--scratch", data + "::/data", sample("file-tour"), "/data");
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).endsWith("done\n");
        assertThat(Files.readString(data.resolve("a.txt"))).isEqualTo("a\n");
        assertThat(cat("--scratch", data + "::/w", "cat", "/w/b.txt").out()).isEqualTo("b\n");
        assertThat(CliRun.of("call", "--scratch=/data", sample("file-tour"), "go").status())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "::/x", "/y::"})
    void aScratchDirectoryHasAName(String scratch) {
        CliRun run = cat("--scratch=" + scratch, "cat");
        assertThat(run.status()).isEqualTo(120);
        assertThat(run.err())
                .startsWith(
                        "CRD-702 [cordon] `--scratch` cannot be `"
                                + scratch
                                + "`: a name is missing\n");
    }

    @Test
    void aMissingDirectoryIsAUsageErrorThatNamesIt() {
        CliRun run = cat("--allow", "fs:read=" + data + "/none::/x", "cat", "x");
        assertThat(run.status()).isEqualTo(120);
        assertThat(run.err())
                .startsWith("CRD-702 [cat] cannot use the grant `fs:read=" + data + "/none::/x`: ");
    }

    @Test
    void verboseShowsWhatWasDecidedAndTheReportWhatWasDenied() throws IOException {
        Path report = directory.resolve("report.json");
        CliRun run =
                CliRun.of(
                        "run",
                        "--verbose",
                        "--report",
                        report.toString(),
                        "--allow",
                        "fs:read=" + data + "::/data",
                        sample("file-tour"),
                        "/data");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains("[file-tour] audit: denied path_create_directory /data/tour for ")
                .contains(" for fs:write=/data: ");
        assertThat(report).content().contains("\"denied\":[\"fs:write=/data\"]");
    }

    @Test
    void aGuestThatTrapsAtAQuotaEndsWithIt() {
        CliRun run =
                CliRun.of(
                        "run",
                        "--allow",
                        "fs:write=" + data + "::/data",
                        "--quota=disk=1MiB",
                        sample("disk-hog"));
        assertThat(run.status()).isEqualTo(126);
        assertThat(run.err()).startsWith("CRD-511 [disk-hog] could not store more than its quota");
        CliRun files =
                CliRun.of(
                        "run",
                        "--allow",
                        "fs:write=" + data + "::/data",
                        "--quota=open-files=7",
                        sample("open-files-hog"),
                        "graceful");
        assertThat(files).isEqualTo(new CliRun(0, "7, then EMFILE\n", ""));
    }
}
