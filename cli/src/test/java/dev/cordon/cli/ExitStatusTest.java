package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitStatusTest {
    @ParameterizedTest
    @CsvSource({"0,0", "119,119", "120,119", "-1,119", "-2147483648,119"})
    void aGuestCannotExitWithAStatusOfOurs(int guest, int expected) {
        assertThat(ExitStatus.ofGuest(guest)).isEqualTo(expected);
    }

    @Test
    void everyErrorCodeHasAStatusOfTheTable() {
        for (ErrorCode code : ErrorCode.values()) {
            if (code != ErrorCode.PLUGIN_ERROR) {
                assertThat(ExitStatus.of(code)).as(code.id()).isBetween(120, 127);
            }
        }
    }
}
