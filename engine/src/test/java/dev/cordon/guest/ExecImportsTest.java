package dev.cordon.guest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cordon.CallOptions;
import dev.cordon.CallResult;
import dev.cordon.Cancellation;
import dev.cordon.EngineKind;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.quota.ResourceQuota;
import dev.cordon.trust.TrustPolicy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs as a guest reaches them, and as it attacks them. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(120)
class ExecImportsTest {
    private static final byte[] NOTHING = {};
    private static final String ECHO = "sys:exec=/bin/echo";
    private static final String SLEEP = "sys:exec=/bin/sleep";
    private static final String SLEEPING = "{\"program\":\"/bin/sleep\",\"args\":[\"1000\"]}";

    private final List<AuditRecord> audit = new CopyOnWriteArrayList<>();
    private final PluginEngine engine = engine(EngineKind.COMPILED);

    private PluginEngine engine(EngineKind kind) {
        EngineListener listener =
                new EngineListener() {
                    @Override
                    public void audited(AuditRecord entry) {
                        audit.add(entry);
                    }
                };
        return PluginEngine.builder()
                .trust(TrustPolicy.off())
                .engine(kind)
                .listener(listener)
                .build();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    /** A guest that answers with the result of {@code exec} in 4 bytes and with the response. */
    private static byte[] guest(byte[] request, String range, String after) {
        ModuleBuilder module = new ModuleBuilder();
        int exec = module.imported("cordon", "exec", "ii", "i");
        int write = module.imported("cordon", "output_write", "ii", "i");
        int read = module.imported("cordon", "response_read", "iii", "i");
        String body = "i32.const 1900000 i32.const " + range.replace(" ", " i32.const ");
        body += " call " + exec + " i32.store 0 i32.const 1900000 i32.const 4 call " + write;
        body += " drop i32.const 1800000 i32.const 1800000 i32.const 0 i32.const 90000 call ";
        body += read + " call " + write + " drop " + after;
        int run = module.function("", "", "", body);
        return module.memory(30).data(0, request).export("run", run).build();
    }

    private static byte[] guest(String request) {
        byte[] bytes = request.getBytes(UTF_8);
        return guest(bytes, "0 " + bytes.length, "");
    }

    private static LoadOptions granted(String... grants) {
        return LoadOptions.defaults().withGrants(Grants.of(grants));
    }

    private CallResult run(String request, String... grants) {
        try (Plugin plugin = engine.load("guest", guest(request), granted(grants))) {
            return plugin.call("run", NOTHING);
        }
    }

    private static int number(CallResult result) {
        return ByteBuffer.wrap(result.bytes()).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private static String response(CallResult result) {
        return new String(result.bytes(), 4, result.bytes().length - 4, UTF_8);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void aProgramRunsAndItsOutputIsTheResponse(EngineKind kind) {
        byte[] guest = guest("{\"program\":\"/bin/echo\",\"args\":[\"a b\",\"$HOME\"]}");
        try (PluginEngine own = engine(kind);
                Plugin plugin = own.load("guest", guest, granted(ECHO))) {
            CallResult result = plugin.call("run", NOTHING);
            assertThat(response(result))
                    .isEqualTo("{\"status\":0,\"stdout\":\"a b $HOME\\n\",\"stderr\":\"\"}")
                    .hasSize(number(result));
            assertThat(result.report().hostCalls()).containsEntry("cordon.exec", 1L);
            assertThat(result.report().fuelUsed()).isGreaterThan(ExecImports.START_COST);
        }
    }

    @Test
    void bytesThatAreNoTextAreBase64BothWays() {
        String request = "{\"program\":\"/bin/cat\",\"stdin\":\"/wA=\",\"base64\":[\"stdin\"]}";
        assertThat(response(run(request, "sys:exec=/bin/cat")))
                .isEqualTo(
                        "{\"status\":0,\"stdout\":\"/wA=\",\"stderr\":\"\","
                                + "\"base64\":[\"stdout\"]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bin/cat", "echo", "/bin/../bin/echo", "/bin//echo", "/bin/echo/", "/usr/bin/env",
                "/bin/echo\\u0000", "/bin/ECHO", "", "/", "/bin/echo ", "./echo"
            })
    void onlyTheGrantedPathIsStarted(String program) {
        CallResult result = run("{\"program\":\"" + program + "\"}", ECHO, "random");
        assertThat(number(result)).isEqualTo(-1);
        assertThat(result.report().denied()).hasSize(1);
        assertThat(audit).extracting(AuditRecord::allowed).containsExactly(false);
    }

    @Test
    void eachDecisionIsAudited() {
        String request = "{\"program\":\"/bin/echo\"}";
        CallResult denied = run(request);
        assertThat(number(denied)).isEqualTo(-1);
        assertThat(denied.report().denied()).containsExactly(ECHO);
        run(request, ECHO);
        assertThat(audit)
                .extracting(
                        AuditRecord::operation,
                        AuditRecord::capability,
                        AuditRecord::allowed,
                        AuditRecord::reason)
                .containsExactly(
                        tuple("exec", ECHO, false, "no grant names the program"),
                        tuple("exec", ECHO, true, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "null",
                "{}",
                "{\"program\":7}",
                "{\"program\":\"/bin/echo\"} x",
                "{\"program\":\"/bin/echo\",\"program\":\"/bin/echo\"}",
                "{\"program\":\"/bin/echo\",\"env\":{}}",
                "{\"program\":\"/bin/echo\",\"args\":\"x\"}",
                "{\"program\":\"/bin/echo\",\"args\":[1]}",
                "{\"program\":\"/bin/echo\",\"args\":[[\"x\"]]}",
                "{\"program\":\"/bin/echo\",\"args\":[null]}",
                "{\"program\":\"/bin/echo\",\"args\":[\"a\\u0000b\"]}",
                "{\"program\":\"/bin/echo\",\"args\":[\"\\ud800\"]}",
                "{\"program\":\"/bin/echo\",\"stdin\":[]}",
                "{\"program\":\"/bin/echo\",\"stdin\":\"*\",\"base64\":[\"stdin\"]}",
                "{\"program\":\"/bin/echo\",\"base64\":[\"args\"]}"
            })
    void whatIsNoRequestIsInvalid(String request) {
        assertThat(number(run(request, ECHO))).isEqualTo(-3);
        assertThat(audit).isEmpty();
    }

    @Test
    void deepOrBrokenTextIsInvalid() {
        assertThat(number(run("{\"program\":" + "[".repeat(50_000), ECHO))).isEqualTo(-3);
        byte[] latin = "{\"program\":\"/bin/echo\u00e4\"}".getBytes(ISO_8859_1);
        byte[] guest = guest(latin, "0 " + latin.length, "");
        try (Plugin plugin = engine.load("guest", guest, granted(ECHO))) {
            assertThat(number(plugin.call("run", NOTHING))).isEqualTo(-3);
        }
    }

    @ParameterizedTest
    @CsvSource({"-1 -1", "1966080 1", "1966079 2", "-16 32", "0 -2147483648", "0 1966081"})
    void rangesBeyondMemoryTrapWhateverIsGranted(String range) {
        for (String grant : List.of(ECHO, "random")) {
            byte[] guest = guest(NOTHING, range, "");
            try (Plugin plugin = engine.load("guest", guest, granted(grant))) {
                assertThat(failure(plugin).code()).isEqualTo(ErrorCode.TRAP);
            }
        }
    }

    private static CordonException failure(Plugin plugin) {
        try {
            plugin.call("run", NOTHING);
        } catch (CordonException failure) {
            return failure;
        }
        throw new AssertionError("it succeeded");
    }

    @Test
    void whatIsTooLargeIsRefused() {
        byte[] guest = guest(NOTHING, "0 1048577", "");
        try (Plugin plugin = engine.load("guest", guest, granted(ECHO))) {
            assertThat(number(plugin.call("run", NOTHING))).isEqualTo(-4);
        }
        String many = "{\"program\":\"/bin/echo\",\"args\":[" + "\"\",".repeat(256) + "\"\"]}";
        assertThat(number(run(many, ECHO))).isEqualTo(-4);
        String flood =
                "{\"program\":\"/usr/bin/head\",\"args\":[\"-c\",\"1048577\",\"/dev/zero\"]}";
        assertThat(number(run(flood, "sys:exec=/usr/bin/head"))).isEqualTo(-4);
    }

    @Test
    void aGrantThatIsTakenBackEndsWhatRuns() throws Exception {
        try (Plugin plugin = engine.load("guest", guest(SLEEPING), granted(SLEEP))) {
            CompletableFuture<CallResult> call = plugin.callAsync("run", NOTHING);
            awaitStarted();
            assertThat(plugin.revoke(Grant.parse(SLEEP))).isTrue();
            assertThat(number(call.get())).isEqualTo(-1);
            assertThat(audit)
                    .filteredOn(entry -> entry.operation().equals("exec"))
                    .extracting(AuditRecord::reason)
                    .containsExactly("", "the grant was taken back while it ran");
            assertThat(number(plugin.call("run", NOTHING))).isEqualTo(-1);
        }
    }

    private void awaitStarted() throws InterruptedException {
        while (audit.isEmpty()) {
            Thread.sleep(5);
        }
    }

    @Test
    void cancellationAndDeadlineEndWhatRuns() throws Exception {
        Cancellation cancellation = new Cancellation();
        CallOptions options = CallOptions.defaults().withCancellation(cancellation);
        try (Plugin plugin = engine.load("guest", guest(SLEEPING), granted(SLEEP))) {
            CompletableFuture<CallResult> call = plugin.callAsync("run", NOTHING, options);
            awaitStarted();
            cancellation.cancel();
            assertThatThrownBy(call::get)
                    .hasRootCauseInstanceOf(CordonException.class)
                    .hasMessageContaining(ErrorCode.CANCELLED.id());
        }
        LoadOptions brief =
                granted(SLEEP).withQuota(Quota.widest().withDeadline(Duration.ofMillis(300)));
        try (Plugin plugin = engine.load("guest", guest(SLEEPING), brief)) {
            assertThat(failure(plugin).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void closingThePluginEndsWhatRuns() throws Exception {
        Plugin plugin = engine.load("guest", guest(SLEEPING), granted(SLEEP));
        CompletableFuture<CallResult> call = plugin.callAsync("run", NOTHING);
        awaitStarted();
        plugin.close();
        assertThat(call).failsWithin(Duration.ofSeconds(20));
    }

    @Test
    void moreProgramsThanTheQuotaAreRefused() {
        String echo = "{\"program\":\"/bin/echo\"}";
        LoadOptions none =
                granted(ECHO)
                        .withQuota(
                                Quota.widest()
                                        .withResources(ResourceQuota.widest().withProcesses(0)));
        try (Plugin plugin = engine.load("guest", guest(echo), none)) {
            assertThat(number(plugin.call("run", NOTHING))).isEqualTo(-5);
        }
        byte[] request = echo.getBytes(UTF_8);
        byte[] trapping = guest(request, "0 " + request.length, "unreachable");
        try (Plugin plugin = engine.load("guest", trapping, none)) {
            assertThat(failure(plugin).code()).isEqualTo(ErrorCode.PROCESSES_EXCEEDED);
        }
    }

    @Test
    void aProgramThatIsNotThereRefusesThePlugin() {
        assertThatThrownBy(
                        () ->
                                engine.load(
                                        "guest", guest("{}"), granted("sys:exec=/no/such/program")))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(
                        "was granted the program `/no/such/program`, but it cannot be found or"
                                + " read");
    }
}
