package dev.cordon.examples;

import dev.cordon.samples.SamplePlugins;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BridgeExampleTest {
    private final DocumentedExample example =
            new DocumentedExample(BridgeExample.class, "commands-and-events.md");

    @Test
    void theExampleDoesWhatTheDocumentSays(@TempDir Path folder) throws Exception {
        example.assertPrintsWhatIsShown(
                out ->
                        BridgeExample.run(
                                SamplePlugins.copyTo("word-count-reactor", folder),
                                SamplePlugins.copyTo("event-relay", folder),
                                out));
    }

    @Test
    void theDocumentShowsTheExampleAsItIs() throws Exception {
        example.assertShownAsItIs();
    }
}
