package dev.cordon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.EngineKind;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.RunOptions;
import dev.cordon.RunResult;
import dev.cordon.acceptance.SampleRun.Setting;
import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Scratch;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.quota.ResourceQuota;
import dev.cordon.trust.TrustPolicy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samples that use files, on real directories and in memory. */
class FileSamplesTest {
    private static final String TOUR =
            """
            read a note
            read and more
            from 1:  no
            size 16, a file, fresh
            entry inner/
            entry renamed.txt
            a file with a random name came and went
            done
            """;

    private final List<AuditRecord> audit = new CopyOnWriteArrayList<>();
    private final EngineListener listener =
            new EngineListener() {
                @Override
                public void audited(AuditRecord entry) {
                    audit.add(entry);
                }
            };
    private final PluginEngine engine =
            PluginEngine.builder().trust(TrustPolicy.off()).listener(listener).build();

    @TempDir private Path folder;
    private Path data;

    @BeforeEach
    void makeData() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("secret.txt"), "secret");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Setting setting(String sample) {
        return new Setting(engine, sample);
    }

    private String write() {
        return "fs:write=" + data + "::/data";
    }

    private static Quota resources(ResourceQuota resources) {
        return Quota.widest().withResources(resources);
    }

    @ParameterizedTest
    @EnumSource
    void file_tour(EngineKind kind) throws IOException {
        try (PluginEngine own =
                PluginEngine.builder().trust(TrustPolicy.off()).engine(kind).build()) {
            SampleRun run =
                    new Setting(own, "file-tour")
                            .grant(write())
                            .environment(Map.of("NOTE", "a note"))
                            .run();
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).isEqualTo(TOUR);
            assertThat(run.status()).isZero();
            assertThat(run.report().denied()).isEmpty();
        }
        assertThat(list(data)).isEmpty();
    }

    @Test
    void theTourWorksInMemoryToo() {
        SampleRun run =
                setting("file-tour")
                        .options(o -> o.withScratch(List.of(Scratch.empty("/data"))))
                        .environment(Map.of("NOTE", "a note"))
                        .run();
        assertThat(run).extracting(SampleRun::err, SampleRun::out).containsExactly("", TOUR);
    }

    @Test
    void whatIsReadOnlyIsNotWritten() throws IOException {
        SampleRun run = setting("file-tour").grant("fs:read=" + data + "::/data").run();
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("file-tour: make directory: ");
        assertThat(run.report().denied()).containsExactly("fs:write=/data");
        assertThat(list(data)).isEmpty();
        assertThat(audit)
                .anySatisfy(
                        record -> {
                            assertThat(record.plugin()).isEqualTo("file-tour");
                            assertThat(record.operation()).isEqualTo("path_create_directory");
                            assertThat(record.capability()).isEqualTo("fs:write=/data");
                            assertThat(record.allowed()).isFalse();
                        });
    }

    @Test
    void cat() throws IOException {
        byte[] bytes = new byte[200_000];
        new java.util.Random(7).nextBytes(bytes);
        Files.write(data.resolve("bytes"), bytes);
        Files.writeString(data.resolve("text"), "text\n");
        SampleRun run = setting("cat").grant("fs:read=" + data + "::/").run("text", "/text");
        assertThat(run.out()).isEqualTo("text\ntext\n");
        SampleRun relative = setting("cat").grant("fs:read=" + data + "::.").run("text");
        assertThat(relative.out()).isEqualTo("text\n");
        SampleRun large = setting("cat").grant("fs:read=" + data + "::/").run("bytes");
        assertThat(large.report().bytesRead()).isEqualTo(bytes.length);
        assertThat(large.report().bytesWritten()).isEqualTo(bytes.length);
        SampleRun missing = setting("cat").grant("fs:read=" + data + "::/").run("text", "none");
        assertThat(missing.status()).isEqualTo(1);
        assertThat(missing.err()).isEqualTo("cat: none: No such file or directory\n");
        SampleRun nothing = setting("cat").run("text");
        assertThat(nothing.status()).isEqualTo(1);
    }

    @Test
    void file_escape() throws IOException {
        Files.createSymbolicLink(data.resolve("link-out"), folder);
        Files.createSymbolicLink(data.resolve("link-file"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(data.resolve("link-slash"), Path.of("../"));
        SampleRun run = setting("file-escape").grant(write()).run();
        assertThat(run.out()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(list(folder)).containsExactly("data", "secret.txt");
        assertThat(folder.resolve("secret.txt")).hasContent("secret");
    }

    @Test
    void disk_hog() throws IOException {
        ResourceQuota little = ResourceQuota.defaults().withDiskBytes(1 << 20);
        Setting hog =
                setting("disk-hog").grant(write()).options(o -> o.withQuota(resources(little)));
        assertThat(hog.failure().code()).isEqualTo(ErrorCode.DISK_EXCEEDED);
        assertThat(Files.size(data.resolve("hog"))).isEqualTo(1 << 20);
        Files.delete(data.resolve("hog"));
        try (Plugin plugin = hog.load()) {
            assertThat(hog.run(plugin, "graceful").out()).isEqualTo("1024 KiB, then EDQUOT\n");
            assertThat(hog.run(plugin, "graceful").out()).isEqualTo("1024 KiB, then EDQUOT\n");
        }
    }

    @Test
    void aScratchDirectoryIsFreshForEachCallAndHasItsOwnQuota() throws IOException {
        Files.writeString(data.resolve("start.txt"), "start\n");
        ResourceQuota little = ResourceQuota.defaults().withDiskBytes(1 << 20);
        Setting hog =
                setting("disk-hog")
                        .options(o -> o.withScratch(List.of(Scratch.empty("/data"))))
                        .options(o -> o.withQuota(resources(little)));
        assertThat(hog.failure().code()).isEqualTo(ErrorCode.DISK_EXCEEDED);
        try (Plugin plugin = hog.load()) {
            String first = hog.run(plugin, "graceful").out();
            assertThat(hog.run(plugin, "graceful").out()).isEqualTo(first).isNotEqualTo("0");
        }
        Setting cat =
                setting("cat").options(o -> o.withScratch(List.of(Scratch.copyOf(data, "/work"))));
        try (Plugin plugin = cat.load()) {
            Files.delete(data.resolve("start.txt"));
            assertThat(cat.run(plugin, "/work/start.txt").out()).isEqualTo("start\n");
            assertThat(cat.run(plugin, "/work/start.txt").out()).isEqualTo("start\n");
        }
    }

    @Test
    void open_files_hog() {
        ResourceQuota little = ResourceQuota.defaults().withOpenFiles(10);
        Setting hog =
                setting("open-files-hog")
                        .grant(write())
                        .options(o -> o.withQuota(resources(little)));
        assertThat(hog.failure().code()).isEqualTo(ErrorCode.OPEN_FILES_EXCEEDED);
        assertThat(hog.run("graceful").out()).isEqualTo("10, then EMFILE\n");
    }

    @Test
    void rulesHideWhatTheyDeny() throws IOException {
        Files.createDirectories(data.resolve("src/.git"));
        Files.writeString(data.resolve("src/.git/config"), "hidden");
        Files.writeString(data.resolve("src/main.c"), "main\n");
        Files.createSymbolicLink(data.resolve("way-round"), Path.of("src/.git/config"));
        Setting cat =
                setting("cat")
                        .grant("fs:read=" + data + "::/data")
                        .options(
                                o ->
                                        o.withDirectoryRules(
                                                Map.of(
                                                        "/data",
                                                        DirectoryRules.everything()
                                                                .deny("**/.git"))));
        assertThat(cat.run("/data/src/main.c").out()).isEqualTo("main\n");
        SampleRun denied = cat.run("/data/src/.git/config", "/data/way-round");
        assertThat(denied.out()).isEmpty();
        assertThat(denied.report().denied()).containsExactly("fs:read=/data/src/.git");
    }

    @Test
    void aRevokedDirectoryIsGoneForRunningAndLaterCalls() throws IOException {
        Files.writeString(data.resolve("a"), "a\n");
        Setting cat = setting("cat").grant("fs:read=" + data + "::/data");
        try (Plugin plugin = cat.load()) {
            assertThat(cat.run(plugin, "/data/a").out()).isEqualTo("a\n");
            Grant grant = Grant.parse("fs:read=" + data + "::/data");
            assertThat(plugin.revoke(grant)).isTrue();
            assertThat(plugin.revoke(grant)).isFalse();
            assertThat(plugin.grants().granted()).doesNotContain(grant);
            SampleRun run = cat.run(plugin, "/data/a");
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void keep_reading() throws Exception {
        Files.writeString(data.resolve("file"), "a");
        try (Plugin plugin = setting("keep-reading").grant("fs:read=" + data + "::/data").load()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            RunOptions options =
                    RunOptions.defaults().withStreams(InputStream.nullInputStream(), out, out);
            CompletableFuture<RunResult> run =
                    CompletableFuture.supplyAsync(
                            () -> plugin.run(options), task -> new Thread(task).start());
            while (!out.toString(StandardCharsets.UTF_8).startsWith("reading")) {
                assertThat(run).isNotDone();
                Thread.sleep(5);
            }
            assertThat(plugin.revoke(Grant.parse("fs:read=" + data + "::/data"))).isTrue();
            assertThat(run.get().exitStatus()).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .isEqualTo("reading\nEBADF\ncannot open it again\n");
        }
    }

    @Test
    void writingCanBeTakenBackAndReadingKept() throws IOException {
        Setting tour = setting("file-tour").grant(write()).grant("fs:read=" + data + "::/data");
        try (Plugin plugin = tour.load()) {
            assertThat(tour.run(plugin).status()).isZero();
            plugin.revoke(Grant.parse(write()));
            assertThat(tour.run(plugin).err()).startsWith("file-tour: make directory: ");
        }
    }

    @Test
    void aDirectoryThatIsMissingIsNamed() throws IOException {
        assertThatThrownBy(() -> setting("cat").grant("fs:read=" + data + "/none::/x").load())
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("cannot use the grant `fs:read=" + data + "/none::/x`: ");
        Path file = Files.writeString(data.resolve("file"), "");
        assertThatThrownBy(() -> setting("cat").grant("fs:read=" + file + "::/x").load())
                .hasMessageContaining("is not a directory");
        assertThatThrownBy(
                        () ->
                                setting("cat")
                                        .grant("fs:read=" + data + "::/x")
                                        .grant("fs:read=" + folder + "::/x")
                                        .load())
                .hasMessageContaining("was given two directories that it is to know as `/x`");
    }

    @Test
    void closingLeavesNoDescriptorOpen() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        org.junit.jupiter.api.Assumptions.assumeTrue(Files.isDirectory(descriptors));
        Setting hog = setting("open-files-hog").grant(write()).grant("fs:read=" + folder + "::/f");
        hog.run("graceful");
        int before = list(descriptors).size();
        for (int i = 0; i < 5; i++) {
            hog.run("graceful");
            assertThat(hog.failure().code()).isEqualTo(ErrorCode.OPEN_FILES_EXCEEDED);
        }
        assertThat(list(descriptors)).hasSizeLessThanOrEqualTo(before);
    }

    private static List<String> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
