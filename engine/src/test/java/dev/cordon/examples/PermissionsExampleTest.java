package dev.cordon.examples;

import dev.cordon.samples.SamplePlugins;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionsExampleTest {
    private final DocumentedExample example =
            new DocumentedExample(PermissionsExample.class, "permissions.md");

    @Test
    void theExampleDoesWhatTheDocumentSays(@TempDir Path folder) throws Exception {
        example.assertPrintsWhatIsShown(
                out ->
                        PermissionsExample.run(
                                SamplePlugins.copyTo("grant-holder", folder),
                                Files.createDirectory(folder.resolve("data")),
                                out));
    }

    @Test
    void theDocumentShowsTheExampleAsItIs() throws Exception {
        example.assertShownAsItIs();
    }
}
