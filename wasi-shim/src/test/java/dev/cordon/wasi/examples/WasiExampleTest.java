package dev.cordon.wasi.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The document's example is this code, and does what the document says. */
class WasiExampleTest {
    private static final Path SOURCE =
            Path.of("src/test/java/dev/cordon/wasi/examples/WasiExample.java");
    private static final Path DOCUMENT = Path.of("../docs/wasi.md");

    @Test
    void theExampleDoesWhatTheDocumentSays() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (InputStream program = WasiExampleTest.class.getResourceAsStream("/notes.wasm")) {
            WasiExample.run(
                    Objects.requireNonNull(program).readAllBytes(),
                    new PrintStream(printed, true, StandardCharsets.UTF_8));
        }
        String output = printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
        assertThat(Files.readString(DOCUMENT)).contains("```text\n" + output + "```\n");
    }

    @Test
    void theDocumentShowsTheExampleAsItIs() throws Exception {
        assertThat(Files.readString(DOCUMENT))
                .contains("```java\n" + Files.readString(SOURCE) + "```\n");
    }
}
