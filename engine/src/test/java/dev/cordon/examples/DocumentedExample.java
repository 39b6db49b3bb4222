package dev.cordon.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An example that a document shows, with what it prints.
 *
 * @param example its class
 * @param document the file's name
 */
record DocumentedExample(Class<?> example, String document) {
    private static final Path SOURCES = Path.of("src/test/java/dev/cordon/examples");
    private static final Path DOCUMENTS = Path.of("../docs");

    /** Runs it. */
    @FunctionalInterface
    interface Run {
        void printingTo(PrintStream out) throws Exception;
    }

    void assertPrintsWhatIsShown(Run run) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        run.printingTo(new PrintStream(printed, true, StandardCharsets.UTF_8));
        String output = printed.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
        assertThat(text()).contains("```text\n" + output + "```\n");
    }

    void assertShownAsItIs() throws Exception {
        Path source = SOURCES.resolve(example.getSimpleName() + ".java");
        assertThat(text()).contains("```java\n" + Files.readString(source) + "```\n");
    }

    private String text() throws Exception {
        return Files.readString(DOCUMENTS.resolve(document));
    }
}
