package dev.cordon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which files are programs. */
@DisabledOnOs(OS.WINDOWS)
class ProgramFileTest {
    @TempDir private Path temporary;

    private Path script(String name, String text, String mode) throws IOException {
        Path file = Files.writeString(temporary.resolve(name), text);
        return mode(file, mode);
    }

    private static Path mode(Path file, String mode) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private String objection(Path program) {
        try {
            ProgramFile.check(program);
            return "";
        } catch (RefusedProgramException refused) {
            return refused.why();
        }
    }

    @Test
    void programsOfTheSystemAreFine() {
        assertThat(objection(Path.of("/bin/echo"))).isEmpty();
        assertThat(objection(Path.of("/bin/sh"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "#!/bin/sh, rwxr-xr-x, ''",
        "#! \t/bin/sh, rwx------, ''",
        "#!/bin/sh, rw-r--r--, it is not a file that can be executed",
        "#!/bin/sh, rwxrwxr-x, others than its owner can write to it",
        "#!/bin/sh, rwxr-xrwx, others than its owner can write to it",
        "echo hello, rwxr-xr-x, it is neither a binary nor a script that names its interpreter",
        "#!sh, rwxr-xr-x, it is neither a binary nor a script that names its interpreter",
        "#!, rwxr-xr-x, it is neither a binary nor a script that names its interpreter",
        "'', rwxr-xr-x, it is neither a binary nor a script that names its interpreter",
    })
    void onlyWhatTheSystemStartsItselfIsAProgram(String text, String mode, String objection)
            throws IOException {
        assertThat(objection(script("program", text, mode))).isEqualTo(objection);
    }

    @Test
    void whatIsNoFileIsNoProgram() throws IOException {
        assertThat(objection(Files.createDirectory(temporary.resolve("folder"))))
                .isEqualTo("it is not a file that can be executed");
        assertThat(objection(temporary.resolve("none"))).isEqualTo("it cannot be found or read");
        Path loop = Files.createSymbolicLink(temporary.resolve("loop"), Path.of("loop"));
        assertThat(objection(loop)).isEqualTo("it is a link without an end");
    }

    @Test
    void aDirectoryThatEverybodyCanWriteToHoldsNoProgram() throws IOException {
        Path open = Files.createDirectory(temporary.resolve("open"));
        Path inner = Files.createDirectory(open.resolve("inner"));
        Path program = script("program", "#!/bin/sh", "rwxr-xr-x");
        Path within = Files.copy(program, inner.resolve("program"));
        mode(within, "rwxr-xr-x");
        Path link = Files.createSymbolicLink(open.resolve("link"), program);
        Path second = Files.createSymbolicLink(temporary.resolve("second"), link);
        assertThat(objection(within)).isEmpty();
        assertThat(objection(second)).isEmpty();
        mode(open, "rwxrwxrwx");
        assertThat(objection(within)).isEqualTo("everybody can replace a directory above it");
        assertThat(objection(link)).isEqualTo("everybody can write to its directory");
        assertThat(objection(second)).isEqualTo("everybody can write to its directory");
        assertThat(objection(program)).isEmpty();
    }

    @Test
    void aLinkThatLeadsElsewhereByNowIsRefused() throws IOException {
        Path one = script("one", "#!/bin/sh", "rwxr-xr-x");
        Path two = script("two", "#!/bin/sh", "rwxr-xr-x");
        Path link = Files.createSymbolicLink(temporary.resolve("link"), one);
        Programs programs = Programs.open("p", List.of(link), 1);
        assertThat(programs.objection(link)).isEmpty();
        Files.delete(link);
        Files.createSymbolicLink(link, two);
        assertThat(programs.objection(link)).isEqualTo("it leads to another file by now");
        assertThat(programs.objection(one)).as("never granted").isNotEmpty();
        programs.pin(Programs.look("p", List.of(link)));
        assertThat(programs.objection(link)).as("granted again").isEmpty();
    }

    @Test
    void aMistakeIsSeenWhenThePluginIsLoaded() {
        Path none = temporary.resolve("none");
        assertThatThrownBy(() -> Programs.open("p", List.of(none), 1))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(
                        "was granted the program `" + none + "`, but it cannot be found or read");
    }
}
