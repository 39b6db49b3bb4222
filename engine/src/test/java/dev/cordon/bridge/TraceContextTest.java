package dev.cordon.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
    private static final String HEADER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void aHeaderIsReadAsItIsWritten() {
        TraceContext trace = TraceContext.parse(HEADER).orElseThrow();
        assertThat(trace.sampled()).isTrue();
        assertThat(trace.traceparent()).isEqualTo(HEADER);
    }

    @Test
    void aStepStaysInItsTrace() {
        TraceContext trace = TraceContext.parse(HEADER).orElseThrow();
        assertThat(trace.child().traceId()).isEqualTo(trace.traceId());
        assertThat(trace.child().spanId()).isNotEqualTo(trace.spanId());
        assertThat(trace.child().sampled()).isTrue();
        assertThat(TraceContext.parse(TraceContext.start().traceparent())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            })
    void whatIsNoHeaderIsNotRead(String text) {
        assertThat(TraceContext.parse(text)).isEmpty();
    }
}
