package dev.cordon.examples;

import dev.cordon.samples.SamplePlugins;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleExampleTest {
    private final DocumentedExample example =
            new DocumentedExample(LifecycleExample.class, "lifecycle.md");

    @Test
    void theExampleDoesWhatTheDocumentSays(@TempDir Path folder) throws Exception {
        example.assertPrintsWhatIsShown(
                out ->
                        LifecycleExample.run(
                                SamplePlugins.copyTo("release-one", folder),
                                SamplePlugins.copyTo("release-two", folder),
                                out));
    }

    @Test
    void theDocumentShowsTheExampleAsItIs() throws Exception {
        example.assertShownAsItIs();
    }
}
