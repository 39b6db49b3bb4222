package dev.cordon.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorCodesDocumentedTest {
    @ParameterizedTest
    @EnumSource
    void everyCodeHasAnEntryWithItsExitStatus(ErrorCode code) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../docs/errors.md"));
        String entry = "| " + code.id() + " | `" + code.name() + "` | " + code.exitStatus() + " |";

        assertThat(lines).filteredOn(line -> line.startsWith(entry)).hasSize(1);
    }
}
