package dev.cordon.examples;

import dev.cordon.samples.SamplePlugins;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedDataExampleTest {
    private final DocumentedExample example =
            new DocumentedExample(SharedDataExample.class, "shared-data.md");

    @Test
    void theExampleDoesWhatTheDocumentSays(@TempDir Path folder) throws Exception {
        example.assertPrintsWhatIsShown(
                out ->
                        SharedDataExample.run(
                                folder.resolve("data"),
                                SamplePlugins.copyTo("shared-counter", folder),
                                SamplePlugins.copyTo("data-snooper", folder),
                                out));
    }

    @Test
    void theDocumentShowsTheExampleAsItIs() throws Exception {
        example.assertShownAsItIs();
    }
}
