package dev.cordon.examples;

import dev.cordon.samples.SamplePlugins;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingExampleTest {
    private final DocumentedExample example =
            new DocumentedExample(EmbeddingExample.class, "embedding.md");

    @Test
    void theExampleDoesWhatTheDocumentSays(@TempDir Path folder) throws Exception {
        example.assertPrintsWhatIsShown(
                out ->
                        EmbeddingExample.run(
                                SamplePlugins.copyTo("word-count-reactor", folder), out));
    }

    @Test
    void theDocumentShowsTheExampleAsItIs() throws Exception {
        example.assertShownAsItIs();
    }
}
