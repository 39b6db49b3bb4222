package dev.cordon.examples;

import dev.cordon.samples.SamplePlugins;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostFunctionsExampleTest {
    private final DocumentedExample example =
            new DocumentedExample(HostFunctionsExample.class, "host-functions.md");

    @Test
    void theExampleDoesWhatTheDocumentSays(@TempDir Path folder) throws Exception {
        example.assertPrintsWhatIsShown(
                out -> HostFunctionsExample.run(SamplePlugins.copyTo("order-desk", folder), out));
    }

    @Test
    void theDocumentShowsTheExampleAsItIs() throws Exception {
        example.assertShownAsItIs();
    }
}
