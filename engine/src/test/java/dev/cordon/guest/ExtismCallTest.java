package dev.cordon.guest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestTrapException;
import dev.cordon.error.PluginErrorException;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.quota.Quota;
import dev.cordon.trust.TrustPolicy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How calls of Extism guests begin and end, guest by guest. */
class ExtismCallTest {
    private static final String ENV = "extism:host/env";
    private static final Quota SMALL = Quota.widest().withMemoryBytes(1 << 20);

    private final List<String> log = new ArrayList<>();
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .listener(
                            new EngineListener() {
                                @Override
                                public void guestLog(
                                        String plugin, GuestLogLevel level, String text) {
                                    log.add(text);
                                }
                            })
                    .build();

    private final ModuleBuilder module = new ModuleBuilder();
    private final int alloc = module.imported(ENV, "alloc", "I", "I");
    private final int storeByte = module.imported(ENV, "store_u8", "Ii", "");
    private final int input = module.imported(ENV, "input_offset", "", "I");
    private final int inputLength = module.imported(ENV, "input_length", "", "I");
    private final int load = module.imported(ENV, "load_u64", "I", "I");
    private final int store = module.imported(ENV, "store_u64", "II", "");
    private final int output = module.imported(ENV, "output_set", "II", "");
    private final int error = module.imported(ENV, "error_set", "I", "");
    private final int reset = module.imported(ENV, "reset", "", "");
    private final int free = module.imported(ENV, "free", "I", "");
    private final int info = module.imported(ENV, "log_info", "I", "");
    private final int level = module.imported(ENV, "get_log_level", "", "i");
    private final int exit = module.imported("wasi_snapshot_preview1", "proc_exit", "i", "");

    /** A block with the bytes {@code ok}, its handle in global 0. */
    private final String ok =
            "i64.const 2 call " + alloc + " global.set 0 " + letter(0, 'o') + letter(1, 'k');

    private final String answerOk = ok + "global.get 0 i64.const 2 call " + output + " ";
    private final String failOk = ok + "global.get 0 call " + error + " ";

    ExtismCallTest() {
        module.global('I', "i64.const 0");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private String letter(int at, char letter) {
        return "global.get 0 i64.const "
                + at
                + " i64.add i32.const "
                + (int) letter
                + " call "
                + storeByte
                + " ";
    }

    private String call(String body, Quota quota) {
        int run = module.function("", "i", "", body);
        byte[] built = module.export("run", run).build();
        LoadOptions options = LoadOptions.defaults().withQuota(quota);
        try (Plugin plugin = engine.load("guest", built, options)) {
            return plugin.call("run", "payload".getBytes(UTF_8)).text();
        }
    }

    private String call(String body) {
        return call(body, SMALL);
    }

    private CordonException failure(String body) {
        return catchThrowableOfType(CordonException.class, () -> call(body));
    }

    @Test
    void theLastOutputCountsAlsoIfItIsFreedAfterwards() {
        String text = answerOk + "global.get 0 call " + free + " i32.const 0";
        assertThat(call("i64.const 0 i64.const 0 call " + output + " " + text)).isEqualTo("ok");
    }

    @Test
    void aPartOfTheInputCanBeTheOutput() {
        String from = "call " + input + " i64.const 3 i64.add i64.const 4 call " + output;
        assertThat(call(from + " i32.const 0")).isEqualTo("load");
    }

    @Test
    void whatAGuestWritesToItsInputIsItsOwn() {
        String write = "call " + input + " i32.const 80 call " + storeByte + " ";
        String all = "call " + input + " call " + inputLength + " call " + output;
        assertThat(call(write + all + " i32.const 0")).isEqualTo("Payload");
    }

    @Test
    void eightBytesAtTheEndOfABlockAreThoseThatThereAre() {
        String at = "call " + input + " i64.const %d i64.add ";
        String all = "call " + input + " call " + inputLength + " call " + output + " i32.const 0";
        String five = at.formatted(2) + at.formatted(0) + "call " + load + " call " + store + " ";
        assertThat(call(five + all)).as("7 bytes to a place for 5").isEqualTo("papaylo");
    }

    @Test
    void eightBytesAtTheEndOfABlockReadAsNothingBeyondIt() {
        String at = "call " + input + " i64.const %d i64.add call " + load + " i64.const ";
        String last = at.formatted(4) + 0x64616f + " i64.ne "; // oad
        String behind = at.formatted(7) + "0 i64.ne ";
        assertThat(call(last + behind + "i32.or")).as("status 0").isEmpty();
    }

    @Test
    void anInputThatWasFreedIsEmpty() {
        String text = "call " + input + " call " + free + " call " + inputLength + " i32.wrap_i64";
        assertThat(call(text)).as("status 0").isEmpty();
    }

    @Test
    void anErrorTextCanBeTakenBack() {
        assertThat(call(answerOk + failOk + "i64.const 0 call " + error + " i32.const 0"))
                .isEqualTo("ok");
    }

    @Test
    void anErrorTextCountsWhateverIsReturned() {
        PluginErrorException stopped = (PluginErrorException) failure(failOk + "i32.const 0");
        assertThat(stopped.text()).isEqualTo("ok");
    }

    @Test
    void resetLeavesNothing() {
        assertThat(call(answerOk + failOk + "call " + reset + " i32.const 0")).isEmpty();
    }

    @Test
    void aTextBeforeATrapIsTheAnswer() {
        CordonException stopped = failure(failOk + "unreachable");
        assertThat(stopped.code()).isEqualTo(ErrorCode.PLUGIN_ERROR);
        assertThat(((PluginErrorException) stopped).text()).isEqualTo("ok");
        assertThat(stopped.getSuppressed()).hasOnlyElementsOfType(GuestTrapException.class);
    }

    @Test
    void anExitEndsTheCallLikeAReturn() {
        assertThat(call(answerOk + "i32.const 0 call " + exit + " i32.const 1")).isEqualTo("ok");
    }

    @Test
    void anExitWithAStatusIsAnError() {
        assertThat(failure(answerOk + "i32.const 2 call " + exit + " i32.const 0").code())
                .isEqualTo(ErrorCode.PLUGIN_ERROR);
    }

    @Test
    void linesBeyondTheQuotaAreDropped() {
        String line = ok + "global.get 0 call " + info + " ";
        assertThat(call(line + line + line + answerOk + "i32.const 0", SMALL.withLogLines(2)))
                .isEqualTo("ok");
        assertThat(log).containsExactly("ok", "ok");
    }

    @Test
    void anEmptyLineIsNoFault() {
        assertThat(call("i64.const 0 call " + info + " i32.const 0")).isEmpty();
        assertThat(log).isEmpty();
    }

    @Test
    void theLogLevelIsOffWhereNothingIsLogged() {
        String body = "call " + level + " i32.const 2147483647 i32.eq i32.eqz";
        assertThat(call(body, SMALL.withLogLines(0))).as("status 0").isEmpty();
    }

    @Test
    void aResultBeyondTheQuotaIsRefused() {
        CordonException stopped =
                catchThrowableOfType(
                        CordonException.class,
                        () -> call(answerOk + "i32.const 0", SMALL.withOutputBytes(1)));
        assertThat(stopped.code()).isEqualTo(ErrorCode.OUTPUT_EXCEEDED);
    }

    private String startedBy(String first, String second, int otherType) {
        String late = "i64.const 50 global.set 0" + (otherType > 0 ? " i32.const 0" : "");
        module.export(first, module.function("", "", "", "i64.const 49 global.set 0"));
        module.export(second, module.function("", "i".repeat(otherType), "", late));
        String show =
                "call "
                        + input
                        + " global.get 0 i32.wrap_i64 call "
                        + storeByte
                        + " call "
                        + input
                        + " i64.const 1 call "
                        + output;
        return call(show + " i32.const 0");
    }

    @Test
    void constructorsComeBeforeInitialize() {
        assertThat(startedBy("__wasm_call_ctors", "_initialize", 0)).isEqualTo("1");
    }

    @Test
    void aStartFunctionOfAnotherTypeIsNone() {
        assertThat(startedBy("_initialize", "__wasm_call_ctors", 1)).isEqualTo("1");
    }
}
