package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.error.UsageException;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PluginTest {
    private static final byte[] NOTHING = {};

    /** A word of a text and how often it is there. */
    record Word(String word, int count) {}

    @TempDir Path folder;

    private final List<CallReport> reports = Collections.synchronizedList(new ArrayList<>());
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .quota(
                            Quota.defaults()
                                    .withFuelPerCall(Quota.UNLIMITED)
                                    .withInstances(1)
                                    .withWaitingCalls(1))
                    .listener(
                            new EngineListener() {
                                @Override
                                public void callEnded(CallReport report) {
                                    reports.add(report);
                                    throw new IllegalStateException("a listener that fails");
                                }
                            })
                    .build();

    @AfterEach
    void close() {
        engine.close();
    }

    private Plugin load(String sample) {
        return engine.load(SamplePlugins.copyTo(sample, folder));
    }

    private static CordonException failure(Runnable call) {
        try {
            call.run();
        } catch (CordonException failure) {
            return failure;
        }
        throw new AssertionError("the call succeeded");
    }

    private static Object cause(CompletableFuture<?> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            return failure.getCause();
        }
    }

    @Test
    void aCallAnswersWithItsReport() {
        Plugin echo = load("echo");
        CallResult result =
                echo.call(
                        "echo",
                        "hi".getBytes(StandardCharsets.UTF_8),
                        CallOptions.defaults().withMeasureCpu(true));
        assertThat(result.text()).isEqualTo("hi");
        CallReport report = result.report();
        assertThat(reports).containsExactly(report);
        assertThat(report.plugin()).isEqualTo("echo");
        assertThat(report.digest()).isEqualTo(echo.digest());
        assertThat(report.command()).isEqualTo("echo");
        assertThat(report.outcome()).isEqualTo("ok");
        assertThat(report.exitStatus()).isZero();
        assertThat(report.fuelUsed()).isPositive();
        assertThat(report.memoryPeakBytes()).isEqualTo(65_536);
        assertThat(report.wallNanos()).isPositive();
        assertThat(report.cpuNanos()).isNotNegative();
        assertThat(report.hostCalls())
                .containsEntry("cordon.input_read", 2L)
                .containsEntry("cordon.output_write", 1L);
        assertThat(report.bytesRead()).isEqualTo(2);
        assertThat(report.bytesWritten()).isEqualTo(2);
    }

    @Test
    void unknownCommandsAreRefusedAndReported() {
        Plugin plugin = load("word-count-reactor");
        CordonException failure = failure(() -> plugin.call("cuont\u001b", NOTHING));
        assertThat(failure)
                .hasMessage(
                        "CRD-306 [dev.cordon.samples.word-count] has no command `cuont\\u{1b}`\n"
                                + "  help: its commands are `count`, `top`");
        assertThat(failure.report()).contains(reports.get(0));
        assertThat(reports).singleElement().extracting("outcome").isEqualTo("unknown-command");
    }

    @Test
    void whatIsNoProgramCannotBeRun() {
        Plugin plugin = load("echo");
        assertThat(failure(() -> plugin.run(RunOptions.defaults())).code())
                .isEqualTo(ErrorCode.NOT_A_PLUGIN);
        assertThatThrownBy(() -> plugin.run(RunOptions.defaults().withArgs(List.of("a\0"))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("argument has a zero character");
    }

    @Test
    void valuesTravelAsJson() {
        Plugin echo = load("echo");
        Reply<Word> reply = echo.call("echo", new Word("be", 2), Word.class);
        assertThat(reply.value()).isEqualTo(new Word("be", 2));
        assertThat(reply.report().bytesRead()).isEqualTo(23);
        CordonException unmappable = failure(() -> echo.call("echo", "text", Word.class));
        assertThat(unmappable.code()).isEqualTo(ErrorCode.PAYLOAD);
        assertThat(unmappable.report()).contains(reports.get(1));
        assertThat(failure(() -> echo.call("echo", new Object(), Word.class)).what())
                .startsWith("cannot turn a `java.lang.Object` into JSON: ");
        CallResult nothing = echo.call("echo", "null".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> nothing.as(Word.class)).hasMessageContaining("it is `null`");
    }

    @Test
    void oneCallCanBeLimitedFurther() {
        Plugin plugin = load("echo");
        CallOptions little =
                CallOptions.defaults()
                        .withQuota(
                                Quota.widest().withMemoryBytes(65_535).withFuelPerCall(1_000_000));
        CordonException failure = failure(() -> plugin.call("echo", NOTHING, little));
        assertThat(failure.code()).isEqualTo(ErrorCode.MEMORY_EXCEEDED);
        assertThat(((CallReport) failure.report().orElseThrow()).fuelLimit()).isEqualTo(1_000_000);
        plugin.call("echo", NOTHING);

        Plugin kept = load("state-counter-kept");
        kept.call(
                "next", NOTHING, CallOptions.defaults().withQuota(Quota.widest().withLogLines(1)));
        assertThat(failure(() -> kept.call("next", NOTHING, little)).what())
                .startsWith("keeps its state, so memory, tables and call depth cannot be lowered");
        assertThat(kept.call("next", NOTHING).text()).isEqualTo("B");
    }

    @Test
    void anInstanceThatWasStoppedIsNeverUsedAgain() {
        ModuleBuilder module = new ModuleBuilder();
        int length = module.imported("cordon", "input_length", "", "i");
        int write = module.imported("cordon", "output_write", "ii", "i");
        int run =
                module.function(
                        "",
                        "",
                        "",
                        "i32.const 0 i32.const 4 call "
                                + write
                                + " drop"
                                + " i32.const 0 i32.const -1 i32.store 0"
                                + " call "
                                + length
                                + " if - unreachable end");
        Plugin plugin = engine.load("marked", module.memory(1).export("run", run).build());
        for (int i = 0; i < 3; i++) {
            assertThat(plugin.call("run", NOTHING).bytes()).containsExactly(0, 0, 0, 0);
            assertThat(failure(() -> plugin.call("run", new byte[1])).code())
                    .isEqualTo(ErrorCode.TRAP);
        }
    }

    @Test
    void initialisationSeesNoPayloadAndItsOutputIsDropped() {
        ModuleBuilder module = new ModuleBuilder();
        int length = module.imported("cordon", "input_length", "", "i");
        int write = module.imported("cordon", "output_write", "ii", "i");
        int error = module.imported("cordon", "error_write", "ii", "i");
        int init =
                module.function(
                        "",
                        "",
                        "",
                        "i32.const 0 call "
                                + length
                                + " i32.store 0"
                                + " i32.const 0 i32.const 4 call "
                                + write
                                + " drop"
                                + " i32.const 0 i32.const 4 call "
                                + error
                                + " drop");
        int run = module.function("", "", "", "i32.const 0 i32.const 4 call " + write + " drop");
        byte[] bytes = module.memory(1).export("_initialize", init).export("run", run).build();
        Plugin plugin = engine.load("curious", bytes);
        assertThat(plugin.commands()).containsExactly("run");
        assertThat(plugin.call("run", new byte[99]).bytes()).containsExactly(0, 0, 0, 0);
        assertThat(reports.get(0).hostCalls()).containsEntry("cordon.output_write", 2L);
        assertThat(plugin.call("run", NOTHING).report().hostCalls())
                .containsOnly(Map.entry("cordon.output_write", 1L));
    }

    @Test
    void anotherThreadCanCancelARunningCall() throws Exception {
        Plugin plugin = load("fuel-hog");
        CompletableFuture<CallResult> future = plugin.callAsync("run", NOTHING);
        Thread.sleep(50);
        assertThat(future.cancel(true)).isTrue();
        assertThatThrownBy(future::get).isInstanceOf(CancellationException.class);
        while (reports.isEmpty()) {
            Thread.sleep(1);
        }
        assertThat(reports).singleElement().extracting("outcome").isEqualTo("cancelled");

        Cancellation token = new Cancellation();
        CompletableFuture<CallResult> second =
                plugin.callAsync("run", NOTHING, CallOptions.defaults().withCancellation(token));
        token.cancel();
        assertThat(cause(second))
                .isInstanceOfSatisfying(
                        QuotaExceededException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    @Test
    void processorTimeIsNeverMadeUp() throws Exception {
        CallOptions measured = CallOptions.defaults().withMeasureCpu(true);
        CallReport report = load("echo").callAsync("echo", NOTHING, measured).get().report();
        assertThat(report.cpuNanos()).as("-1 on a virtual thread").isGreaterThanOrEqualTo(-1);
        assertThat(report.outcome()).isEqualTo("ok");
    }

    @Test
    void callsBeyondThoseThatMayWaitAreTurnedAway() throws Exception {
        Plugin plugin = load("fuel-hog");
        CompletableFuture<CallResult> running = plugin.callAsync("run", NOTHING);
        CallOptions soon =
                CallOptions.defaults()
                        .withQuota(Quota.widest().withDeadline(Duration.ofMillis(300)));
        Thread.sleep(50);
        CompletableFuture<CallResult> waiting = plugin.callAsync("run", NOTHING, soon);
        Thread.sleep(50);
        CordonException full = failure(() -> plugin.call("run", NOTHING));
        assertThat(full)
                .hasMessage(
                        "CRD-508 [fuel-hog] all instances of the plugin are busy, and as many calls"
                                + " as may are waiting\n"
                                + "  help: call later, or raise the quota of instances or of waiting"
                                + " calls");
        assertThat((CordonException) cause(waiting))
                .extracting(CordonException::what)
                .isEqualTo(
                        "all instances of the plugin were busy for as long as the call could wait");
        running.cancel(true);
    }

    @Test
    void closingStopsWhatRunsAndWaits() throws Exception {
        Plugin plugin = load("fuel-hog");
        CompletableFuture<CallResult> running = plugin.callAsync("run", NOTHING);
        Thread.sleep(50);
        CompletableFuture<CallResult> waiting = plugin.callAsync("run", NOTHING);
        Thread.sleep(50);
        plugin.close();
        plugin.close();
        assertThat(((CordonException) cause(running)).code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(((CordonException) cause(waiting)).code()).isEqualTo(ErrorCode.CLOSED);
        assertThat(reports).hasSize(2);
    }

    @Test
    void aClosedEngineLeavesNoThread() throws Exception {
        Plugin plugin = load("echo");
        assertThat(plugin.callAsync("echo", new byte[3]).get().bytes()).hasSize(3);
        engine.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("cordon-call"));
        assertThat(((CordonException) cause(plugin.callAsync("echo", NOTHING))).code())
                .isEqualTo(ErrorCode.BUSY);
    }

    @Test
    void theEngineBoundsTheCallsOfAllPlugins() throws Exception {
        try (PluginEngine narrow =
                PluginEngine.builder()
                        .trust(TrustPolicy.off())
                        .quota(
                                Quota.defaults()
                                        .withFuelPerCall(Quota.UNLIMITED)
                                        .withWaitingCalls(0))
                        .maxCallsInParallel(1)
                        .build()) {
            Plugin hog = narrow.load(SamplePlugins.copyTo("fuel-hog", folder));
            Plugin echo = narrow.load(SamplePlugins.copyTo("echo", folder));
            CompletableFuture<CallResult> running = hog.callAsync("run", NOTHING);
            Thread.sleep(100);
            assertThat(failure(() -> echo.call("echo", NOTHING)).what())
                    .startsWith("all places of the engine are busy");
            running.cancel(true);
        }
    }
}
