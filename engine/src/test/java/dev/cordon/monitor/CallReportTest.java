package dev.cordon.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cordon.error.ErrorCode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallReportTest {
    @Test
    void jsonHasTheFieldsThatScriptsRelyOn() throws Exception {
        CallReport report =
                new CallReport(
                        "id",
                        "d1",
                        "count",
                        "ok",
                        0,
                        10,
                        20,
                        65_536,
                        30,
                        -1,
                        40,
                        true,
                        HostCallCounts.of(List.of("cordon.log", "cordon.exec"), new int[] {2, 0}),
                        5,
                        6,
                        0,
                        0,
                        List.of("random"),
                        "compiled");
        assertThat(new ObjectMapper().writeValueAsString(report))
                .isEqualTo(
                        "{\"plugin\":\"id\",\"digest\":\"d1\",\"command\":\"count\","
                                + "\"outcome\":\"ok\",\"exitStatus\":0,\"fuelUsed\":10,"
                                + "\"fuelLimit\":20,\"memoryPeakBytes\":65536,\"wallNanos\":30,"
                                + "\"cpuNanos\":-1,\"compileNanos\":40,\"compileCached\":true,"
                                + "\"hostCalls\":{\"cordon.log\":2},\"bytesRead\":5,"
                                + "\"bytesWritten\":6,\"netBytesIn\":0,\"netBytesOut\":0,"
                                + "\"denied\":[\"random\"],\"engine\":\"compiled\"}");
    }

    @Test
    void hostCallsOfOneNameAreAddedUp() {
        assertThat(HostCallCounts.of(List.of("a.b", "a.b", "a.c"), new int[] {1, 2, -1}))
                .hasSize(2)
                .containsEntry("a.b", 3L)
                .containsEntry("a.c", 0xFFFF_FFFFL);
    }

    @Test
    void outcomesAreNamedAfterErrorCodes() {
        assertThat(Outcome.of(ErrorCode.OUT_OF_FUEL)).isEqualTo("out-of-fuel");
        assertThat(Outcome.of(ErrorCode.TRAP)).isEqualTo("trap");
        assertThat(Outcome.of(ErrorCode.PLUGIN_ERROR)).isEqualTo("error");
        assertThat(Arrays.stream(ErrorCode.values()).map(Outcome::of)).doesNotHaveDuplicates();
    }

    @Test
    void logLevelsHaveTheNumbersOfTheAbi() {
        assertThat(GuestLogLevel.of(0)).contains(GuestLogLevel.TRACE);
        assertThat(GuestLogLevel.of(4)).contains(GuestLogLevel.ERROR);
        assertThat(GuestLogLevel.of(5)).isEmpty();
        assertThat(GuestLogLevel.of(-1)).isEmpty();
    }
}
