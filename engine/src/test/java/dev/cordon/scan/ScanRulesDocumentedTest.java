package dev.cordon.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScanRulesDocumentedTest {
    @ParameterizedTest
    @EnumSource
    void everyRuleHasAnEntryWithItsLevelAndMeaning(ScanRule rule) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("../docs/scan.md"));
        String entry =
                "| " + rule.id() + " | " + rule.level().text() + " | " + rule.title() + " | ";

        assertThat(lines)
                .filteredOn(line -> line.startsWith(entry))
                .singleElement()
                .asString()
                .contains(rule.explanation());
    }

    @Test
    void idsAreUnique() {
        assertThat(Arrays.stream(ScanRule.values()).map(ScanRule::id)).doesNotHaveDuplicates();
    }
}
