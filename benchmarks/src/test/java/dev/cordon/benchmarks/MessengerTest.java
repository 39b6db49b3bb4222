package dev.cordon.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.CallResult;
import dev.cordon.bridge.CommandResult;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessengerTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1024, 65536})
    void everyWayBringsThePayloadBack(int bytes) {
        BridgeBenchmark benchmark = new BridgeBenchmark();
        benchmark.bytes = bytes;
        benchmark.prepare();
        BridgeBenchmark.Peers peers = new BridgeBenchmark.Peers();
        try {
            assertThat(benchmark.chicoryExport(peers)).hasSize(bytes);
            assertThat(benchmark.extismSdk(peers)).hasSize(bytes);
            assertThat(((CallResult) benchmark.pluginCall()).bytes()).hasSize(bytes);
            assertThat(((CallResult) benchmark.pluginCallKept()).bytes()).hasSize(bytes);
            assertThat(((CallResult) benchmark.extismInCordon()).bytes()).hasSize(bytes);
            assertThat(((CommandResult) benchmark.hostToPlugin()).payload()).hasSize(bytes);
            assertThat(((CommandResult) benchmark.hostToPluginToHost()).payload()).hasSize(bytes);
            assertThat(((CommandResult) benchmark.hostToPluginToPlugin()).payload()).hasSize(bytes);
        } finally {
            benchmark.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void everySubscriberGetsEveryEvent(int subscribers) throws InterruptedException {
        EventBenchmark benchmark = new EventBenchmark();
        benchmark.subscribers = subscribers;
        benchmark.prepare();
        try {
            benchmark.events(); // returns only when all have come
            benchmark.submissionPublisher();
        } finally {
            benchmark.close();
        }
    }
}
