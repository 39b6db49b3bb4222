package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.FileGuest.ALL;
import static dev.cordon.wasi.preview1.FileGuest.ROOT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Rights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever a guest calls on a host directory full of ways out, what lies beside the directory is
 * neither read nor changed.
 */
class CanaryTest {
    private static final String SECRET = "the canary sings";

    /** One call: which, from which of the directories that are open, with which paths. */
    record Step(String call, int from, String one, String other, int flags) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<String> call =
                Arbitraries.of(
                        "open",
                        "open",
                        "opendir",
                        "mkdir",
                        "unlink",
                        "rmdir",
                        "rename",
                        "link",
                        "symlink",
                        "stat",
                        "times",
                        "readlink");
        Arbitrary<String> name =
                Arbitraries.of("a", "b", "..", "..", ".", "out", "abs", "up", "canary", "inside");
        Arbitrary<String> path =
                Combinators.combine(
                                name.list().ofMinSize(1).ofMaxSize(4), Arbitraries.of("", "", "/"))
                        .as((names, end) -> String.join("/", names) + end);
        return Combinators.combine(
                        call,
                        Arbitraries.integers().between(0, 3),
                        path,
                        path,
                        Arbitraries.integers().between(0, 15))
                .as(Step::new)
                .list()
                .ofMaxSize(50);
    }

    @Property(tries = 150)
    void nothingBesideTheDirectoryIsTouched(@ForAll("steps") List<Step> steps) throws IOException {
        Path top = Files.createTempDirectory("canary");
        try {
            Path inside = waysOut(top);
            List<String> before = state(top.resolve("outside"));
            FileGuest guest = FileGuest.host(inside);
            List<Integer> directories = new ArrayList<>(List.of(ROOT));
            for (Step step : steps) {
                run(guest, step, directories);
            }
            guest.guest().wasi().close();
            guest.preopen().close();
            assertThat(state(top.resolve("outside"))).isEqualTo(before);
            try (Stream<Path> beside = Files.list(top)) {
                assertThat(beside).containsExactlyInAnyOrder(inside, top.resolve("outside"));
            }
        } finally {
            deleteAll(top);
        }
    }

    private static Path waysOut(Path top) throws IOException {
        Path outside = Files.createDirectories(top.resolve("outside/a"));
        Files.writeString(top.resolve("outside/canary"), SECRET);
        Files.writeString(outside.resolve("b"), SECRET);
        Path inside = Files.createDirectories(top.resolve("inside"));
        Files.createDirectories(inside.resolve("a/b"));
        Files.createSymbolicLink(inside.resolve("out"), Path.of("../outside"));
        Files.createSymbolicLink(inside.resolve("abs"), top.resolve("outside").toAbsolutePath());
        Files.createSymbolicLink(inside.resolve("a/up"), Path.of("../../outside/canary"));
        Files.createSymbolicLink(inside.resolve("a/out"), Path.of(".."));
        Files.createSymbolicLink(inside.resolve("a/b/abs"), Path.of("/"));
        return inside;
    }

    private static void run(FileGuest guest, Step step, List<Integer> directories) {
        int from = directories.get(step.from() % directories.size());
        int follow = step.flags() & 1;
        String one = step.one();
        String other = step.other();
        switch (step.call()) {
            case "open" -> open(guest, from, step);
            case "opendir" -> openDirectory(guest, from, one, directories);
            case "mkdir" -> guest.path("path_create_directory", one, 1, from);
            case "unlink" -> guest.path("path_unlink_file", one, 1, from);
            case "rmdir" -> guest.path("path_remove_directory", one, 1, from);
            case "rename" -> guest.paths("path_rename", one, 1, other, 4, from, ROOT);
            case "link" -> guest.paths("path_link", one, 2, other, 5, from, 0, ROOT);
            case "symlink" -> guest.paths("path_symlink", one, 0, other, 3, from);
            case "stat" -> guest.path("path_filestat_get", one, 2, from, follow, 0);
            case "times" -> guest.path("path_filestat_set_times", one, 2, from, follow, 1, 1, 5);
            default -> guest.path("path_readlink", one, 1, from, 0, 200, 300);
        }
    }

    private static void open(FileGuest guest, int from, Step step) {
        int how = step.flags() & ~FileGuest.DIRECTORY;
        if (guest.tryOpen(from, step.one(), how, ALL, 0) == Errno.SUCCESS) {
            int fd = guest.result();
            if (guest.tryRead(fd, 100) == Errno.SUCCESS) {
                assertThat(guest.readAt(fd, 0, 100)).isNotEqualTo(SECRET);
                guest.tryWrite(fd, "overwritten");
            }
            guest.call("fd_close", fd);
        }
    }

    private static void openDirectory(
            FileGuest guest, int from, String path, List<Integer> directories) {
        long rights = Rights.DIRECTORY;
        if (directories.size() < 4
                && guest.tryOpen(from, path, FileGuest.DIRECTORY, rights, 0) == Errno.SUCCESS) {
            int fd = guest.result();
            assertThat(guest.list(fd, 4096)).doesNotContain("outside");
            directories.add(fd);
        }
    }

    private static List<String> state(Path directory) throws IOException {
        List<String> state = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted().toList()) {
                state.add(
                        file
                                + " "
                                + Files.getLastModifiedTime(file)
                                + " "
                                + Files.getAttribute(file, "unix:nlink")
                                + " "
                                + (Files.isRegularFile(file) ? Files.readString(file, UTF_8) : ""));
            }
        }
        return state;
    }

    private static void deleteAll(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
