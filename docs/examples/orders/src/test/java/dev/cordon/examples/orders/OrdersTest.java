package dev.cordon.examples.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrdersTest {
    @TempDir Path folder;

    @Test
    void itPrintsWhatItsDescriptionShows() throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Main.run(folder, new PrintStream(bytes, true, StandardCharsets.UTF_8));
        String printed = bytes.toString(StandardCharsets.UTF_8);

        String shown = Files.readString(Path.of("README.md"));
        assertThat(shown).contains(printed.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:40123"));
    }
}
