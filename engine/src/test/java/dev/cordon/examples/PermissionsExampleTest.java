package dev.cordon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.samples.SamplePlugins;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionsExampleTest {
    private static final Path SOURCE =
            Path.of("src/test/java/dev/cordon/examples/PermissionsExample.java");
    private static final Path DOCUMENT = Path.of("../docs/permissions.md");

    @Test
    void theExampleDoesWhatTheDocumentSays(@TempDir Path folder) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PermissionsExample.run(
                SamplePlugins.copyTo("grant-holder", folder),
                Files.createDirectory(folder.resolve("data")),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        String output = printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
        assertThat(Files.readString(DOCUMENT)).contains("```text\n" + output + "```\n");
    }

    @Test
    void theDocumentShowsTheExampleAsItIs() throws Exception {
        assertThat(Files.readString(DOCUMENT))
                .contains("```java\n" + Files.readString(SOURCE) + "```\n");
    }
}
