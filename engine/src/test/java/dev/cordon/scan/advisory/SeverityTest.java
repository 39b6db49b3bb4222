package dev.cordon.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.scan.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeverityTest {
    private static JsonNode json(String text) throws JsonProcessingException {
        return new ObjectMapper().readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource({
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, CRITICAL", // 9.8
        "CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H, HIGH", // 7.5
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N, MEDIUM", // 6.1
        "CVSS:3.1/AV:L/AC:H/PR:L/UI:R/S:U/C:L/I:N/A:N, LOW", // 2.0
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H, CRITICAL", // 10.0
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N, LOW" // 0.0
    })
    void vectorsGiveLevels(String vector, Level level) {
        assertThat(CvssScore.level(vector)).contains(level);
    }

    @ParameterizedTest
    @CsvSource({"CVSS:4.0/AV:N", "CVSS:3.1/AV:N/AC:L", "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H", "x"})
    void vectorsThatLackSomethingGiveNone(String vector) {
        assertThat(CvssScore.level(vector)).isEmpty();
    }

    @Test
    void theLevelComesFromWhereItIsSaid() throws JsonProcessingException {
        assertThat(Severity.of(json("{'database_specific':{'severity':'MODERATE'}}")))
                .isEqualTo(Level.MEDIUM);
        assertThat(Severity.of(json("{'id':'MAL-2024-1'}"))).isEqualTo(Level.CRITICAL);
        assertThat(Severity.of(json("{'id':'GHSA-1'}"))).isEqualTo(Level.HIGH);
        assertThat(Severity.ofPackage(json("{'database_specific':{'informational':'notice'}}")))
                .contains(Level.LOW);
        assertThat(Severity.ofPackage(json("{}"))).isEmpty();
    }
}
