package dev.cordon.wasi.fs;

import static dev.cordon.wasi.fs.FileHandleContract.CREATE;
import static dev.cordon.wasi.fs.FileHandleContract.CREATE_NEW;
import static dev.cordon.wasi.fs.FileHandleContract.READ;
import static dev.cordon.wasi.fs.FileHandleContract.TRUNCATE;
import static dev.cordon.wasi.fs.FileHandleContract.WRITE;
import static dev.cordon.wasi.fs.FileHandleContract.assertRefused;
import static dev.cordon.wasi.fs.FileHandleContract.names;
import static dev.cordon.wasi.fs.FileHandleContract.read;
import static dev.cordon.wasi.fs.FileHandleContract.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ways out of a host directory, and into a wait, none of which may work. */
abstract class HostDirectoryContract {
    private static final String SECRET = "canary";
    private static final FileTime LONG_AGO = FileTime.fromMillis(86_400_000);

    @TempDir Path temporary;
    Path inside;
    Path outside;
    DirectoryHandle root;

    /** The implementation under test. */
    abstract DirectoryHandle open(Path real) throws Exception;

    @BeforeEach
    void setUp() throws Exception {
        inside = Files.createDirectory(temporary.toRealPath().resolve("inside"));
        outside = Files.createDirectory(temporary.toRealPath().resolve("outside"));
        Files.writeString(outside.resolve("secret"), SECRET);
        Files.setLastModifiedTime(outside.resolve("secret"), LONG_AGO);
        root = open(inside);
    }

    @AfterEach
    void theOutsideIsUntouched() throws Exception {
        root.close();
        try (var files = Files.list(outside)) {
            assertThat(files).containsExactly(outside.resolve("secret"));
        }
        assertThat(outside.resolve("secret")).hasContent(SECRET);
        assertThat(Files.getLastModifiedTime(outside.resolve("secret"))).isEqualTo(LONG_AGO);
        assertThat(Files.getAttribute(outside.resolve("secret"), "unix:nlink")).isEqualTo(1);
    }

    @Test
    void linksToFilesOutsideAreNotFollowed() throws Exception {
        Files.createSymbolicLink(inside.resolve("l"), outside.resolve("secret"));
        Files.createSymbolicLink(inside.resolve("r"), Path.of("../outside/secret"));
        for (String name : List.of("l", "r")) {
            for (OpenMode mode : List.of(READ, WRITE, CREATE, TRUNCATE)) {
                assertRefused(Errno.LOOP, () -> root.openFile(name, mode));
            }
            assertRefused(Errno.EXIST, () -> root.openFile(name, CREATE_NEW));
            assertThat(root.stat(name).type()).isEqualTo(FileType.SYMBOLIC_LINK);
        }
        try {
            root.setTimes("l", new TimeChange(1, 1));
        } catch (Refusal e) {
            assertThat(e.errno()).isEqualTo(Errno.NOTSUP);
        }
        try {
            root.link("l", root, "second");
            assertThat(root.stat("second").type()).isEqualTo(FileType.SYMBOLIC_LINK);
        } catch (Refusal e) {
            assertThat(e.errno()).isEqualTo(Errno.NOTSUP);
        }
    }

    @Test
    void linksToDirectoriesOutsideAreNotFollowed() throws Exception {
        Files.createSymbolicLink(inside.resolve("l"), outside);
        Files.createSymbolicLink(inside.resolve("up"), Path.of(".."));
        for (String name : List.of("l", "up")) {
            assertRefused(Errno.LOOP, () -> root.openDirectory(name));
            assertRefused(Errno.LOOP, () -> root.openFile(name, READ));
            assertRefused(Errno.EXIST, () -> root.createDirectory(name));
            assertRefused(Errno.NOTDIR, () -> root.removeDirectory(name));
        }
        write(root, "f", "");
        root.rename("f", root, "l");
        assertThat(Files.isRegularFile(inside.resolve("l"))).isTrue();
    }

    @Test
    void nothingIsCreatedThroughADanglingLink() throws Exception {
        Files.createSymbolicLink(inside.resolve("l"), outside.resolve("new"));
        assertRefused(Errno.LOOP, () -> root.openFile("l", CREATE));
        assertRefused(Errno.EXIST, () -> root.openFile("l", CREATE_NEW));
        assertRefused(Errno.EXIST, () -> root.createDirectory("l"));
        assertRefused(Errno.EXIST, () -> root.createLink("l", "x"));
    }

    @Test
    void namesThatAreMoreThanOneNameAreRefused() throws Exception {
        write(root, "f", "");
        root.createDirectory("d");
        for (String name : List.of("", ".", "..", "../outside/secret", "/etc/passwd", "d/", "f/")) {
            assertRefused(Errno.PERM, () -> root.stat(name));
            assertRefused(Errno.PERM, () -> root.openFile(name, CREATE));
            assertRefused(Errno.PERM, () -> root.openDirectory(name));
            assertRefused(Errno.PERM, () -> root.createDirectory(name));
            assertRefused(Errno.PERM, () -> root.createLink(name, "x"));
            assertRefused(Errno.PERM, () -> root.readLink(name));
            assertRefused(Errno.PERM, () -> root.removeFile(name));
            assertRefused(Errno.PERM, () -> root.removeDirectory(name));
            assertRefused(Errno.PERM, () -> root.rename(name, root, "x"));
            assertRefused(Errno.PERM, () -> root.rename("f", root, name));
            assertRefused(Errno.PERM, () -> root.link(name, root, "x"));
            assertRefused(Errno.PERM, () -> root.link("f", root, name));
            assertRefused(Errno.PERM, () -> root.setTimes(name, new TimeChange(0, 0)));
        }
        assertRefused(Errno.INVAL, () -> root.openFile("a\0b", CREATE));
        assertRefused(Errno.ILSEQ, () -> root.openFile("\ud800", CREATE));
    }

    @Test
    void aDirectoryWhoseNameNowLeadsOutIsStillItself() throws Exception {
        root.createDirectory("d");
        try (DirectoryHandle d = root.openDirectory("d")) {
            write(d, "secret", "mine");
            d.createLink("link", "text");
            Files.createSymbolicLink(outside.resolve("link"), Path.of("leaked"));
            Files.move(inside.resolve("d"), inside.resolve("moved"));
            Files.createSymbolicLink(inside.resolve("d"), outside);
            assertThat(read(d, "secret")).isEqualTo("mine");
            write(d, "new", "x");
            d.createDirectory("sub");
            d.removeDirectory("sub");
            assertSelfOrUnsupported(() -> assertThat(d.readLink("link")).isEqualTo("text"));
            assertSelfOrUnsupported(
                    () -> {
                        d.link("secret", root, "second");
                        assertThat(read(root, "second")).isEqualTo("mine");
                    });
            assertThat(names(root)).doesNotContain(".cordon-draft-");
            Files.delete(outside.resolve("link"));
        }
    }

    /** Some things need a path; with a path that leads elsewhere they must be refused. */
    private static void assertSelfOrUnsupported(Attempt attempt) throws Exception {
        try {
            attempt.run();
        } catch (Refusal e) {
            assertThat(e.errno()).isEqualTo(Errno.NOTSUP);
        }
    }

    private interface Attempt {
        void run() throws Exception;
    }

    @Test
    void aRootWhosePathNowLeadsOutIsStillItself() throws Exception {
        write(root, "f", "mine");
        Files.move(inside, inside.resolveSibling("elsewhere"));
        Files.createSymbolicLink(inside, outside);
        assertThat(read(root, "f")).isEqualTo("mine");
        write(root, "secret", "also mine");
        assertSelfOrUnsupported(() -> root.createDirectory("d"));
        assertSelfOrUnsupported(() -> root.createLink("l", "x"));
        assertSelfOrUnsupported(() -> root.link("f", root, "second"));
        root.removeFile("secret");
        assertThat(names(root)).contains("f").isSubsetOf("f", "d", "l", "second");
    }

    @Test
    void pipesAndSocketsAreRefusedWithoutWaiting() throws Exception {
        pipe("p");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(inside.resolve("s")));
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> {
                        for (String name : List.of("p", "s")) {
                            for (OpenMode mode : List.of(READ, WRITE, CREATE, TRUNCATE)) {
                                assertRefused(Errno.ACCES, () -> root.openFile(name, mode));
                            }
                            assertRefused(Errno.EXIST, () -> root.openFile(name, CREATE_NEW));
                            assertRefused(Errno.NOTDIR, () -> root.openDirectory(name));
                            assertThat(root.stat(name).size()).isZero();
                        }
                        try {
                            root.setTimes("p", new TimeChange(1, 1));
                        } catch (Refusal e) {
                            assertThat(e.errno()).isEqualTo(Errno.ACCES);
                        }
                        assertThat(names(root)).containsExactlyInAnyOrder("p", "s");
                    });
        }
    }

    @Test
    void noGuestMovesOrLinksAPipe() throws Exception {
        pipe("p");
        write(root, "f", "");
        assertRefused(Errno.ACCES, () -> root.rename("p", root, "f"));
        assertRefused(Errno.ACCES, () -> root.link("p", root, "q"));
        root.rename("f", root, "p");
        assertThat(read(root, "p")).isEmpty();
    }

    @Test
    void namesThatAreNotTextAreLeftOut() throws Exception {
        Path odd = Path.of(URI.create("file://" + inside.toUri().getRawPath() + "%FF%FE"));
        Files.createFile(odd);
        Files.createSymbolicLink(inside.resolve("loop"), Path.of("loop"));
        write(root, "fine", "");
        assertThat(names(root)).containsExactlyInAnyOrder("loop", "fine");
        Files.createSymbolicLink(inside.resolve("l"), odd.getFileName());
        assertRefused(Errno.ILSEQ, () -> root.readLink("l"));
        Files.delete(odd);
    }

    @Test
    void namesThatAreTooLongAreCalledThat() throws Exception {
        String name = "x".repeat(256);
        assertRefused(Errno.NAMETOOLONG, () -> root.openFile(name, CREATE));
        assertRefused(Errno.NAMETOOLONG, () -> root.createDirectory(name));
        assertRefused(Errno.NAMETOOLONG, () -> root.stat(name));
        assertRefused(Errno.NAMETOOLONG, () -> root.createLink("l", "x".repeat(5_000)));
    }

    @Test
    void everythingStaysInTheDirectoryAfterAllThis() throws Exception {
        for (int i = 0; i < 50; i++) {
            root.createDirectory("d" + i);
            root.createLink("l" + i, "../outside");
            root.rename("d" + i, root, "e" + i);
        }
        assertThat(names(root)).hasSize(100);
        try (var files = Files.list(inside)) {
            assertThat(files).hasSize(100);
        }
    }

    @Test
    void missingRootsAndFilesSayWhatIsWrong() throws Exception {
        assertThatThrownBy(() -> HostDirectories.open(inside.resolve("none")))
                .hasMessage("directory `" + inside.resolve("none") + "` does not exist");
        Path file = Files.createFile(inside.resolve("f"));
        assertThatThrownBy(() -> HostDirectories.open(file))
                .hasMessage("`" + file + "` is not a directory");
        pipe("p");
        assertThatThrownBy(() -> HostDirectories.open(inside.resolve("p")))
                .hasMessage("`" + inside.resolve("p") + "` is not a directory");
    }

    @Test
    void linksInTheEmbeddersOwnPathAreFollowed() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), inside);
        write(root, "f", "text");
        try (DirectoryHandle same = HostDirectories.open(link)) {
            assertThat(read(same, "f")).isEqualTo("text");
        }
    }

    private void pipe(String name) throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", inside.resolve(name).toString()).start();
        assertThat(mkfifo.waitFor()).isZero();
    }
}
