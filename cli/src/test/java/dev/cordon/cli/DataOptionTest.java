package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.data.DataQuota;
import dev.cordon.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shared data that outlives a call. */
class DataOptionTest {
    @TempDir private Path directory;

    private CliRun add(String... options) {
        String[] all = new String[options.length + 9];
        String[] rest = {
            "call",
            "--quiet",
            "--allow",
            "data:read=shop.**",
            "--allow",
            "data:write=shop.**",
            "--input=shop.visits",
            CliRun.sample("shared-counter", directory),
            "add"
        };
        System.arraycopy(rest, 0, all, 0, 2);
        System.arraycopy(options, 0, all, 2, options.length);
        System.arraycopy(rest, 2, all, 2 + options.length, rest.length - 2);
        return CliRun.of(all);
    }

    @Test
    void whatWasWrittenIsThereForTheNextCall() {
        String folder = directory.resolve("kept").toString();
        assertThat(add("--data", folder)).isEqualTo(new CliRun(0, "1", ""));
        assertThat(add("--data", folder)).isEqualTo(new CliRun(0, "2", ""));
        assertThat(add().out()).isEqualTo("1");
        assertThat(add("--data", directory.resolve("other").toString()).out()).isEqualTo("1");
    }

    @Test
    void aFolderThatIsInUseIsRefused() {
        Path folder = directory.resolve("kept");
        try (SharedData held = SharedData.onDisk(folder, DataQuota.defaults())) {
            CliRun run = add("--data", folder.toString());
            assertThat(run.status()).isEqualTo(120);
            assertThat(run.err()).startsWith("CRD-704").contains("in use").contains("help:");
            assertThat(held.quota()).isNotNull();
        }
        assertThat(add("--data", folder.toString()).out()).isEqualTo("1");
    }

    @Test
    void aCallThatFailsLetsGoOfTheFolder() {
        String folder = directory.resolve("kept").toString();
        assertThat(CliRun.of("call", "--data", folder, CliRun.sample("echo", directory), "none"))
                .extracting(CliRun::status)
                .isEqualTo(121);
        assertThat(add("--data", folder).out()).isEqualTo("1");
    }

    @Test
    void whatIsNoFolderIsRefused() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "text");
        CliRun run = add("--data", file.toString());
        assertThat(run.status()).isEqualTo(120);
        assertThat(run.err()).startsWith("CRD-704").contains("it is no folder");
        assertThat(add("--data", "").err()).startsWith("CRD-702").contains("--data");
    }
}
