package dev.cordon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.CallResult;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.RunOptions;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestTrapException;
import dev.cordon.error.PluginErrorException;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One test for each sample plugin: what it must earn, to the letter of its error code. */
class SamplePluginTest {
    private static final List<String> LOG = new ArrayList<>();

    private static final PluginEngine ENGINE =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .listener(
                            new EngineListener() {
                                @Override
                                public void guestLog(
                                        String plugin, GuestLogLevel level, String text) {
                                    LOG.add(plugin + " " + level + " " + text);
                                }
                            })
                    .build();

    /** As the command line grants by itself. */
    private static final LoadOptions GRANTED =
            LoadOptions.defaults().withGrants(Grants.of("random", "env", "stdio", "sys:memory"));

    @TempDir Path folder;

    @AfterAll
    static void closeEngine() {
        ENGINE.close();
    }

    private Plugin load(String sample, LoadOptions options) {
        return ENGINE.load(SamplePlugins.copyTo(sample, folder), options);
    }

    private CallResult answer(String sample, String command, String payload) {
        try (Plugin plugin = load(sample, GRANTED)) {
            CallResult result = plugin.call(command, payload.getBytes(StandardCharsets.UTF_8));
            assertThat(result.report().outcome()).isEqualTo("ok");
            return result;
        }
    }

    private void succeeds(String sample) {
        assertThat(answer(sample, "run", "").bytes()).isEmpty();
    }

    private CordonException failure(String sample, String command, LoadOptions options) {
        try (Plugin plugin = load(sample, options)) {
            try {
                plugin.call(command, new byte[0]);
            } catch (CordonException failure) {
                assertThat(failure.report()).containsInstanceOf(CallReport.class);
                return failure;
            }
            throw new AssertionError(sample + " " + command + " succeeded");
        }
    }

    private void earns(ErrorCode code, String sample, String... commands) {
        for (String command : commands) {
            assertThat(failure(sample, command, GRANTED).code())
                    .as(sample + " " + command)
                    .isEqualTo(code);
        }
    }

    private void isStopped(ErrorCode code, String sample) {
        earns(code, sample, "run");
    }

    private CordonException refusal(String sample) {
        try (Plugin plugin = load(sample, GRANTED)) {
            throw new AssertionError(sample + " was loaded as " + plugin.id());
        } catch (CordonException refused) {
            return refused;
        }
    }

    private void isRefused(ErrorCode code, String sample) {
        assertThat(refusal(sample).code()).as(sample).isEqualTo(code);
    }

    private void isHarmless(String sample) {
        long start = System.nanoTime();
        try (Plugin plugin = load(sample, GRANTED)) {
            plugin.call("run", new byte[0]);
        } catch (CordonException refused) {
            assertThat(refused.code()).isIn(ErrorCode.MODULE_LIMIT, ErrorCode.COMPILE_BUDGET);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
    }

    private static LoadOptions within(Duration deadline) {
        return GRANTED.withQuota(Quota.widest().withDeadline(deadline));
    }

    // ---- good ones --------------------------------------------------------------------------

    @Test
    void word_count() {
        assertThat(answer("word-count", "count", "to be or not to be").text())
                .startsWith("lines 0\nwords 6\nbytes 18\ndistinct 4\n2 be\n2 to\n");
    }

    @Test
    void word_count_reactor() {
        assertThat(answer("word-count-reactor", "count", "to be or not to be").text())
                .startsWith("{\"lines\":0,\"words\":6,\"bytes\":18,\"distinct\":4,\"top\":");
        assertThat(answer("word-count-reactor", "top", "a b a").text())
                .isEqualTo("[{\"word\":\"a\",\"count\":2},{\"word\":\"b\",\"count\":1}]");
    }

    @Test
    void echo() {
        String payload = "fünf Wörter ".repeat(20_000);
        assertThat(answer("echo", "echo", payload).text()).isEqualTo(payload);
    }

    @Test
    void empty() {
        CallReport report = answer("empty", "run", "").report();
        assertThat(report.fuelUsed()).isEqualTo(2);
        assertThat(report.hostCalls()).isEmpty();
    }

    @Test
    void hello() {
        LoadOptions options = GRANTED.withEnvironment(Map.of("GREETING", "hi"));
        try (Plugin plugin = load("hello", options)) {
            assertThat(plugin.call("greet", new byte[0]).text())
                    .contains("argument 0: hello\nargument 1: greet\n", "GREETING=hi");
        }
        LoadOptions hidden = options.withGrants(Grants.none());
        try (Plugin plugin = load("hello", hidden)) {
            assertThat(plugin.call("greet", new byte[0]).text()).doesNotContain("GREETING");
        }
    }

    @Test
    void clock_random() {
        String coarse = answer("clock-random", "run", "").text();
        assertThat(coarse).contains("realtime-resolution 0.001000000\n");
        LoadOptions precise =
                LoadOptions.defaults().withGrants(Grants.of("clock:precise", "random"));
        try (Plugin plugin = load("clock-random", precise)) {
            assertThat(plugin.call("run", new byte[0]).text())
                    .contains("realtime-resolution 0.000000001\n");
        }
        CordonException denied = failure("clock-random", "run", LoadOptions.defaults());
        assertThat(denied)
                .hasMessage(
                        "CRD-401 [clock-random] asked for random bytes, but its grants are []\n"
                                + "  help: grant it `random`");
        assertThat(((CallReport) denied.report().orElseThrow()).denied()).containsExactly("random");
    }

    @Test
    void exit_status() {
        try (Plugin plugin = load("exit-status", GRANTED)) {
            assertThat(plugin.run(RunOptions.defaults().withArgs(List.of("200"))).exitStatus())
                    .isEqualTo(200);
            assertThat(plugin.run(RunOptions.defaults().withArgs(List.of("0"))).report().outcome())
                    .isEqualTo("ok");
        }
    }

    @Test
    void failing_command() {
        CordonException failure = failure("failing-command", "run", GRANTED);
        assertThat(failure).isInstanceOf(PluginErrorException.class);
        assertThat(((PluginErrorException) failure).text())
                .isEqualTo("failing-command: cannot make sense of 0 bytes\n");
        assertThat(((CallReport) failure.report().orElseThrow()).exitStatus()).isEqualTo(3);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (Plugin plugin = load("failing-command", GRANTED)) {
            RunOptions options =
                    RunOptions.defaults()
                            .withStreams(
                                    InputStream.nullInputStream(),
                                    new ByteArrayOutputStream(),
                                    err);
            assertThat(plugin.run(options).report().outcome()).isEqualTo("exit");
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("failing-command: ");
    }

    @Test
    void failing_reactor() {
        earns(ErrorCode.PLUGIN_ERROR, "failing-reactor", "text_and_one", "text_and_zero", "one");
        PluginErrorException failure =
                (PluginErrorException) failure("failing-reactor", "text_and_zero", GRANTED);
        assertThat(failure.text()).isEqualTo("no such order");
    }

    @Test
    void config_reader() {
        LoadOptions options = GRANTED.withConfiguration(Map.of("color", "grün"));
        try (Plugin plugin = load("config-reader", options)) {
            byte[] key = "color".getBytes(StandardCharsets.UTF_8);
            assertThat(plugin.call("get", key).text()).isEqualTo("grün");
            assertThatThrownBy(() -> plugin.call("get", "size".getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOfSatisfying(
                            PluginErrorException.class,
                            failure -> assertThat(failure.text()).isEqualTo("no such key"));
        }
    }

    @Test
    void state_counter() {
        try (Plugin plugin = load("state-counter", GRANTED)) {
            for (int i = 0; i < 3; i++) {
                assertThat(plugin.call("next", new byte[0]).text()).isEqualTo("A");
            }
        }
    }

    @Test
    void state_counter_kept() {
        try (Plugin plugin = load("state-counter-kept", GRANTED)) {
            assertThat(
                            Stream.of(1, 2, 3)
                                    .map(i -> plugin.call("next", new byte[0]).text())
                                    .toList())
                    .containsExactly("A", "B", "C");
        }
    }

    @Test
    void exceptions() {
        succeeds("exceptions");
    }

    @Test
    void tail_call() {
        answer("tail-call", "shallow", "");
        earns(ErrorCode.CALL_DEPTH_EXCEEDED, "tail-call", "deep");
    }

    @Test
    void huge_function() {
        succeeds("huge-function");
    }

    @Test
    void memory_hog_graceful() {
        LoadOptions little = GRANTED.withQuota(Quota.widest().withMemoryBytes(16 << 20));
        try (Plugin plugin = load("memory-hog-graceful", little)) {
            CallResult result = plugin.call("run", new byte[0]);
            assertThat(result.text()).isEqualTo("256");
            assertThat(result.report().memoryPeakBytes()).isEqualTo(16 << 20);
        }
    }

    // ---- hogs: fuel and time ----------------------------------------------------------------

    private void burnsItsFuel(String sample, String command) {
        LoadOptions little = GRANTED.withQuota(Quota.widest().withFuelPerCall(30_000_000));
        CordonException failure = failure(sample, command, little);
        assertThat(failure.code()).as(sample).isEqualTo(ErrorCode.OUT_OF_FUEL);
        assertThat(((CallReport) failure.report().orElseThrow()).fuelUsed()).isEqualTo(30_000_000);
        assertThat(((CallReport) failure.report().orElseThrow()).outcome())
                .isEqualTo("out-of-fuel");
    }

    @Test
    void fuel_hog() {
        burnsItsFuel("fuel-hog", "run");
    }

    @Test
    void fuel_hog_recursion() {
        burnsItsFuel("fuel-hog-recursion", "run");
    }

    @Test
    void fuel_hog_start() {
        burnsItsFuel("fuel-hog-start", "run");
    }

    @Test
    void fuel_hog_initialize() {
        burnsItsFuel("fuel-hog-initialize", "run");
    }

    @Test
    void fuel_hog_bulk() {
        burnsItsFuel("fuel-hog-bulk", "run");
    }

    @Test
    void fuel_hog_branch_table() {
        burnsItsFuel("fuel-hog-branch-table", "run");
    }

    @Test
    void fuel_hog_br_if() {
        burnsItsFuel("fuel-hog-br-if", "run");
    }

    @Test
    void throw_storm() {
        burnsItsFuel("throw-storm", "run");
    }

    @Test
    void swallow_exceptions() {
        burnsItsFuel("swallow-exceptions", "run");
        earns(ErrorCode.TRAP, "swallow-exceptions", "around_trap", "around_host");
        earns(ErrorCode.CALL_DEPTH_EXCEEDED, "swallow-exceptions", "around_recursion");
    }

    private void missesItsDeadline(String sample) {
        LoadOptions soon = GRANTED.withQuota(Quota.widest().withDeadline(Duration.ofMillis(300)));
        try (PluginEngine unfuelled =
                        PluginEngine.builder()
                                .trust(TrustPolicy.off())
                                .quota(Quota.defaults().withFuelPerCall(Quota.UNLIMITED))
                                .build();
                Plugin plugin = unfuelled.load(SamplePlugins.copyTo(sample, folder), soon)) {
            long start = System.nanoTime();
            assertThat(endOf(plugin).code()).as(sample).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
        }
    }

    private static CordonException endOf(Plugin plugin) {
        try {
            plugin.run(RunOptions.defaults());
        } catch (CordonException failure) {
            return failure;
        }
        throw new AssertionError(plugin.id() + " came to an end");
    }

    @Test
    void deadline_spin() {
        burnsItsFuel("deadline-spin", "any");
        missesItsDeadline("deadline-spin");
    }

    @Test
    void clock_spin() {
        missesItsDeadline("clock-spin");
    }

    @Test
    void sleep_past_deadline() {
        missesItsDeadline("sleep-past-deadline");
    }

    @Test
    void random_flood() {
        burnsItsFuel("random-flood", "any");
    }

    // ---- hogs: memory, stack and output -----------------------------------------------------

    private void exceeds(ErrorCode code, String sample, String command, Quota quota) {
        assertThat(failure(sample, command, GRANTED.withQuota(quota)).code())
                .as(sample + " " + command)
                .isEqualTo(code);
    }

    @Test
    void memory_hog() {
        Quota little = Quota.widest().withMemoryBytes(4 << 20);
        exceeds(ErrorCode.MEMORY_EXCEEDED, "memory-hog", "run", little);
    }

    @Test
    void memory_hog_at_once() {
        isStopped(ErrorCode.MEMORY_EXCEEDED, "memory-hog-at-once");
    }

    @Test
    void table_hog() {
        isStopped(ErrorCode.TABLE_EXCEEDED, "table-hog");
    }

    @Test
    void table_hog_at_once() {
        isRefused(ErrorCode.MODULE_LIMIT, "table-hog-at-once");
    }

    private void succeedsEveryTime(String sample) {
        try (Plugin plugin = load(sample, GRANTED)) {
            for (int i = 0; i < 3; i++) {
                plugin.call("run", new byte[0]);
            }
        }
    }

    @Test
    void table_grow_leak() {
        succeedsEveryTime("table-grow-leak");
    }

    @Test
    void exported_mutable_global() {
        succeedsEveryTime("exported-mutable-global");
    }

    @Test
    void stack_overflow() {
        isStopped(ErrorCode.CALL_DEPTH_EXCEEDED, "stack-overflow");
    }

    @Test
    void stack_overflow_indirect() {
        isStopped(ErrorCode.CALL_DEPTH_EXCEEDED, "stack-overflow-indirect");
    }

    @Test
    void stack_overflow_wide() {
        isStopped(ErrorCode.CALL_DEPTH_EXCEEDED, "stack-overflow-wide");
    }

    @Test
    void output_flood() {
        earns(ErrorCode.OUTPUT_EXCEEDED, "output-flood", "run", "stubborn");
    }

    @Test
    void error_flood() {
        earns(ErrorCode.OUTPUT_EXCEEDED, "error-flood", "run", "stubborn");
    }

    @Test
    void log_flood() {
        earns(ErrorCode.LOG_EXCEEDED, "log-flood", "run");
        burnsItsFuel("log-flood", "stubborn");
    }

    @Test
    void stdout_flood() {
        isStopped(ErrorCode.OUTPUT_EXCEEDED, "stdout-flood");
        try (Plugin plugin = load("stdout-flood", GRANTED)) {
            assertThat(endOf(plugin).code()).isEqualTo(ErrorCode.OUTPUT_EXCEEDED);
        }
    }

    @Test
    void stderr_flood() {
        isStopped(ErrorCode.OUTPUT_EXCEEDED, "stderr-flood");
    }

    @Test
    void iovec_bomb() {
        isStopped(ErrorCode.OUTPUT_EXCEEDED, "iovec-bomb");
    }

    // ---- traps and bad arguments ------------------------------------------------------------

    @Test
    void trap_unreachable() {
        CordonException failure = failure("trap-unreachable", "run", GRANTED);
        assertThat(failure)
                .hasMessage(
                        "CRD-601 [trap-unreachable] unreachable\n"
                                + "  help: it is a bug in the plugin: report it to its publisher");
        assertThat(((GuestTrapException) failure).guestStack())
                .containsExactly("inner", "middle", "run");
    }

    @Test
    void trap_divide() {
        earns(ErrorCode.TRAP, "trap-divide", "run", "overflow", "remainder", "convert");
    }

    @Test
    void trap_out_of_bounds() {
        earns(ErrorCode.TRAP, "trap-out-of-bounds", "run", "negative", "offset", "store");
        earns(ErrorCode.TRAP, "trap-out-of-bounds", "fill", "copy", "init");
    }

    @Test
    void trap_indirect_type() {
        isStopped(ErrorCode.TRAP, "trap-indirect-type");
    }

    @Test
    void table_of_nulls() {
        earns(ErrorCode.TRAP, "table-of-nulls", "run", "beyond");
    }

    @Test
    void data_out_of_bounds() {
        isStopped(ErrorCode.TRAP, "data-out-of-bounds");
    }

    @Test
    void huge_response_read() {
        try (Plugin plugin = load("huge-response-read", GRANTED)) {
            List<String> commands = new ArrayList<>(plugin.commands());
            assertThat(commands).hasSize(15).contains("far_offset");
            plugin.call("far_offset", new byte[0]);
            commands.remove("far_offset");
            earns(ErrorCode.TRAP, "huge-response-read", commands.toArray(String[]::new));
        }
    }

    @Test
    void bad_pointers_bridge() {
        try (Plugin plugin = load("bad-pointers-bridge", GRANTED)) {
            assertThat(plugin.commands()).hasSize(8);
            earns(ErrorCode.TRAP, "bad-pointers-bridge", plugin.commands().toArray(String[]::new));
        }
    }

    @Test
    void bad_utf8_log() {
        succeeds("bad-utf8-log");
        assertThat(LOG)
                .filteredOn(line -> line.startsWith("bad-utf8-log "))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).matches("[^\\p{Cntrl}\\u202e]*"));
    }

    // ---- modules that must be refused -------------------------------------------------------

    @Test
    void unknown_import() {
        assertThat(refusal("unknown-import"))
                .hasMessage(
                        "CRD-303 [unknown-import] imports `env.open_the_gates`, which the host does"
                                + " not offer\n"
                                + "  help: the host offers the modules `cordon`, `extism:host/env` and"
                                + " `wasi_snapshot_preview1`");
    }

    @Test
    void wrong_import_type() {
        assertThat(refusal("wrong-import-type"))
                .hasMessage(
                        "CRD-303 [wrong-import-type] imports `cordon.input_length` as `(i64) ->"
                                + " (i64)`, but it is `() -> (i32)`\n"
                                + "  help: build it against the host functions of guest ABI 1");
    }

    @Test
    void imported_memory() {
        isRefused(ErrorCode.UNKNOWN_IMPORT, "imported-memory");
    }

    @Test
    void invalid_module() {
        isRefused(ErrorCode.INVALID_MODULE, "invalid-module");
    }

    @Test
    void global_thief() {
        isRefused(ErrorCode.INVALID_MODULE, "global-thief");
    }

    @Test
    void function_thief() {
        isRefused(ErrorCode.INVALID_MODULE, "function-thief");
    }

    @Test
    void component_preamble() {
        isRefused(ErrorCode.COMPONENT, "component-preamble");
    }

    @Test
    void truncated() {
        isRefused(ErrorCode.MALFORMED_MODULE, "truncated");
    }

    @Test
    void not_wasm() {
        isRefused(ErrorCode.MALFORMED_MODULE, "not-wasm");
    }

    @Test
    void types_bomb() {
        isRefused(ErrorCode.MODULE_LIMIT, "types-bomb");
    }

    @Test
    void locals_bomb() {
        isHarmless("locals-bomb");
    }

    @Test
    void nesting_bomb() {
        isHarmless("nesting-bomb");
    }

    @Test
    void br_table_bomb() {
        isHarmless("br-table-bomb");
    }

    @Test
    void loop_sibling_bomb() {
        isHarmless("loop-sibling-bomb");
    }

    @Test
    void multi_memory() {
        isRefused(ErrorCode.UNSUPPORTED_PROPOSAL, "multi-memory");
    }

    @Test
    void simd() {
        isRefused(ErrorCode.UNSUPPORTED_PROPOSAL, "simd");
    }

    @Test
    void threads() {
        isRefused(ErrorCode.UNSUPPORTED_PROPOSAL, "threads");
    }

    @Test
    void gc() {
        isRefused(ErrorCode.UNSUPPORTED_PROPOSAL, "gc");
    }

    @Test
    void function_references() {
        isRefused(ErrorCode.UNSUPPORTED_PROPOSAL, "function-references");
    }

    @Test
    void legacy_exceptions() {
        isRefused(ErrorCode.UNSUPPORTED_PROPOSAL, "legacy-exceptions");
    }

    @Test
    void memory64() {
        isRefused(ErrorCode.UNSUPPORTED_PROPOSAL, "memory64");
    }

    @Test
    void secret_inside() {
        succeeds("secret-inside");
        assertThat(scanOf("secret-inside")).containsExactly("high WVS-S001", "high WVS-S001");
    }

    @Test
    void hash_miner() {
        succeeds("hash-miner");
        assertThat(scanOf("hash-miner")).containsExactly("high WVS-M001", "medium WVS-S002");
    }

    @Test
    void undeclared_network() {
        succeeds("undeclared-network");
        assertThat(scanOf("undeclared-network"))
                .containsExactly("high WVS-C002", "medium WVS-C003", "medium WVS-C004");
    }

    @Test
    void sbom_bomb() {
        succeeds("sbom-bomb");
        assertThat(scanOf("sbom-bomb")).containsExactly("high WVS-V003");
    }

    @Test
    void vulnerable_parts() {
        succeeds("vulnerable-parts");
        assertThat(scanOf("vulnerable-parts")).isEmpty();
    }

    @Test
    void program_inside() {
        succeeds("program-inside");
        assertThat(scanOf("program-inside")).containsExactly("medium WVS-O001");
    }

    @Test
    void misleading_names() {
        succeeds("misleading-names");
        assertThat(scanOf("misleading-names"))
                .containsExactly("medium WVS-O002", "medium WVS-O002", "medium WVS-O002");
    }

    @Test
    void finding_flood() {
        succeeds("finding-flood");
        assertThat(scanOf("finding-flood")).hasSizeLessThan(100).contains("medium WVS-O002");
    }

    /** What the default policy finds, the weightiest first. */
    private List<String> scanOf(String sample) {
        return ENGINE.scan(SamplePlugins.copyTo(sample, folder)).findings().stream()
                .map(finding -> finding.level().text() + " " + finding.rule().id())
                .toList();
    }

    @Test
    void everySamplePluginHasATest() {
        Stream<String> tested =
                Stream.of(
                                SamplePluginTest.class,
                                DataSamplesTest.class,
                                HostSamplesTest.class,
                                FileSamplesTest.class,
                                SocketSamplesTest.class,
                                RustSamplesTest.class,
                                ExtismSamplesTest.class,
                                HttpSamplesTest.class,
                                ExtismHttpSamplesTest.class,
                                GrantSamplesTest.class,
                                OrderSamplesTest.class,
                                BridgeSamplesTest.class,
                                ReloadSamplesTest.class,
                                ChainMemoryTest.class)
                        .flatMap(tests -> Arrays.stream(tests.getDeclaredMethods()))
                        .map(Method::getName)
                        .map(name -> name.replace('_', '-'));
        assertThat(tested).containsAll(SamplePlugins.names());
    }
}
