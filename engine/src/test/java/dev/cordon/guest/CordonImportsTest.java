package dev.cordon.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.CallResult;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.error.GuestTrapException;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.quota.Quota;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Module {@code cordon} as a guest sees it: results, ranges, bounds and fuel. */
class CordonImportsTest {
    private static final String LAST_PAGE = "65536";

    private final List<String> log = new ArrayList<>();
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .listener(
                            new EngineListener() {
                                @Override
                                public void guestLog(
                                        String plugin, GuestLogLevel level, String text) {
                                    log.add(plugin + " " + level + " " + text);
                                }
                            })
                    .build();

    @AfterEach
    void close() {
        engine.close();
    }

    /** A module that calls functions and answers with 4 bytes for each value on the way. */
    private static final class Script {
        private final ModuleBuilder module = new ModuleBuilder();
        private final int output = module.imported("cordon", "output_write", "ii", "i");
        private final StringBuilder body = new StringBuilder();
        private byte[] built = {};

        int function(String name, String parameters) {
            return module.imported("cordon", name, parameters, "i");
        }

        /** Calls and answers with the result. */
        Script answer(int function, String arguments) {
            body.append("i32.const 60000 ").append(arguments).append(" call ").append(function);
            body.append(" i32.store 0 i32.const 60000 i32.const 4 call ").append(output);
            body.append(" drop ");
            return this;
        }

        /** Answers with a part of memory. */
        Script show(int from, int length) {
            body.append("i32.const ").append(from).append(" i32.const ").append(length);
            body.append(" call ").append(output).append(" drop ");
            return this;
        }

        byte[] build(String data) {
            if (built.length == 0) {
                built = make(data);
            }
            return built;
        }

        private byte[] make(String data) {
            int run = module.function("", "", "", body.toString());
            return module.memory(1)
                    .data(0, data.getBytes(StandardCharsets.ISO_8859_1))
                    .export("run", run)
                    .build();
        }
    }

    private CallResult run(Script script, String data, String payload, LoadOptions options) {
        try (Plugin plugin = engine.load("script", script.build(data), options)) {
            return plugin.call("run", payload.getBytes(StandardCharsets.UTF_8));
        }
    }

    private CallResult run(Script script, String data, String payload) {
        return run(script, data, payload, LoadOptions.defaults());
    }

    private int result(String function, String types, String arguments, String data) {
        Script script = new Script();
        script.answer(script.function(function, types), arguments);
        return number(run(script, data, "payload").bytes(), 0);
    }

    private static int number(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | bytes[at + 3] << 24;
    }

    private static String constants(String... values) {
        return "i32.const " + String.join(" i32.const ", values);
    }

    @Test
    void thePayloadIsReadInPieces() {
        Script script = new Script();
        int length = script.function("input_length", "");
        int read = script.function("input_read", "iii");
        script.answer(length, "")
                .answer(read, constants("100", "3", "2"))
                .answer(read, constants("110", "5", "9"))
                .answer(read, constants("120", "7", "9"))
                .answer(read, constants("120", "-1", "9"))
                .show(100, 4)
                .show(110, 3);
        byte[] result = run(script, "", "payload").bytes();
        assertThat(number(result, 0)).isEqualTo(7);
        assertThat(number(result, 4)).isEqualTo(2);
        assertThat(number(result, 8)).isEqualTo(2);
        assertThat(number(result, 12)).as("from its end").isZero();
        assertThat(number(result, 16)).as("from far beyond").isZero();
        assertThat(new String(result, 20, 7, StandardCharsets.ISO_8859_1))
                .as("nothing beside the copied bytes changed")
                .isEqualTo("lo\0\0ad\0");
    }

    @Test
    void configurationComesBackAsTheResponse() {
        Script script = new Script();
        int get = script.function("config_get", "ii");
        int length = script.function("response_length", "");
        int read = script.function("response_read", "iii");
        script.answer(length, "")
                .answer(get, constants("0", "3"))
                .answer(length, "")
                .answer(read, constants("100", "1", "10"))
                .show(100, 3)
                .answer(get, constants("0", "2"))
                .answer(length, "");
        LoadOptions options = LoadOptions.defaults().withConfiguration(Map.of("key", "vää"));
        byte[] result = run(script, "key", "", options).bytes();
        assertThat(number(result, 0)).isZero();
        assertThat(number(result, 4)).isEqualTo(5);
        assertThat(number(result, 8)).isEqualTo(5);
        assertThat(number(result, 12)).isEqualTo(4);
        assertThat(new String(result, 16, 2, StandardCharsets.UTF_8)).isEqualTo("ä");
        assertThat(number(result, 19)).as("not found").isEqualTo(-2);
        assertThat(number(result, 23)).as("the response stays").isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({"0 0, -3", "0 1, -3", "1 1, -2", "0 1025, -4"})
    void keysThatCannotBeAreRefused(String range, int expected) {
        String[] parts = range.split(" ");
        assertThat(result("config_get", "ii", constants(parts[0], parts[1]), "\u00ffk"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0, TRACE", "1, DEBUG", "2, INFO", "3, WARN", "4, ERROR"})
    void linesReachTheListenerMadePrintable(int level, String name) {
        assertThat(result("log", "iii", constants("" + level, "0", "6"), "a\n\u001b[2J")).isZero();
        assertThat(log).containsExactly("script " + name + " a\\u{a}\\u{1b}[2J");
    }

    @ParameterizedTest
    @CsvSource({"5 0 1, -3", "-1 0 1, -3", "2 0 2, -3", "2 0 16385, -4"})
    void linesThatCannotBeAreRefused(String arguments, int expected) {
        assertThat(result("log", "iii", constants(arguments.split(" ")), "a\u00ff"))
                .isEqualTo(expected);
        assertThat(log).isEmpty();
    }

    @Test
    void linesBeyondTheQuotaAreRefused() {
        Script script = new Script();
        int logging = script.function("log", "iii");
        script.answer(logging, constants("2", "0", "1")).answer(logging, constants("2", "0", "1"));
        LoadOptions one = LoadOptions.defaults().withQuota(Quota.widest().withLogLines(1));
        byte[] result = run(script, "x", "", one).bytes();
        assertThat(number(result, 0)).isZero();
        assertThat(number(result, 4)).isEqualTo(-5);
        LoadOptions bytes = LoadOptions.defaults().withQuota(Quota.widest().withLogBytes(1));
        byte[] second = run(script, "x", "", bytes).bytes();
        assertThat(number(second, 4)).isEqualTo(-5);
        assertThat(log).hasSize(2);
    }

    @Test
    void outputBeyondTheQuotaStopsTheGuest() {
        Script script = new Script();
        script.show(0, 8).show(0, 8);
        LoadOptions little = LoadOptions.defaults().withQuota(Quota.widest().withOutputBytes(15));
        assertThatThrownBy(() -> run(script, "", "", little))
                .isInstanceOf(QuotaExceededException.class)
                .hasMessage(
                        "CRD-506 [script] produced more than its 15 bytes of output\n"
                                + "  help: raise the output quota, or have it answer with less");
        LoadOptions enough = LoadOptions.defaults().withQuota(Quota.widest().withOutputBytes(16));
        assertThat(run(script, "", "", enough).bytes()).hasSize(16);
    }

    @ParameterizedTest
    @CsvSource({
        "input_read, iii, 65535 0 2",
        "input_read, iii, -1 0 1",
        "input_read, iii, 0 9 65537",
        "input_read, iii, 65537 0 0",
        "output_write, ii, 65536 1",
        "output_write, ii, -16 32",
        "error_write, ii, 1 -1",
        "response_read, iii, 65530 0 7",
        "log, iii, 9 65536 1",
        "config_get, ii, 0 65537",
        "command_send, iiii, 0 1 65536 1",
        "command_send, iiii, 65536 1 0 1",
        "data_delete, ii, -1 -1",
        "exec, ii, 0 -2147483648",
        "capability_query, ii, 65535 2",
        "capability_query, ii, -1 1",
        "capability_query, ii, 0 -1",
    })
    void rangesBeyondMemoryTrap(String function, String types, String arguments) {
        assertThatThrownBy(() -> result(function, types, constants(arguments.split(" ")), ""))
                .isInstanceOf(GuestTrapException.class)
                .hasMessageStartingWith("CRD-601 [script] out of bounds memory access");
    }

    @Test
    void theWholeOfMemoryIsInRange() {
        assertThat(result("output_write", "ii", constants("0", LAST_PAGE), "")).isZero();
        assertThat(result("output_write", "ii", constants(LAST_PAGE, "0"), "")).isZero();
    }

    @Test
    void copiesCostAUnitForEightBytes() {
        Script none = new Script();
        Script some = new Script();
        int readNone = none.function("input_read", "iii");
        int readSome = some.function("input_read", "iii");
        none.answer(readNone, constants("0", "0", "0"));
        some.answer(readSome, constants("0", "0", "8192"));
        String payload = "x".repeat(8_192);
        long difference =
                run(some, "", payload).report().fuelUsed()
                        - run(none, "", payload).report().fuelUsed();
        assertThat(difference).isEqualTo(1_024);
    }

    @Test
    void bytesAreCountedBothWays() {
        Script script = new Script();
        script.answer(script.function("input_read", "iii"), constants("0", "0", "100"));
        CallResult result = run(script, "", "payload");
        assertThat(result.report().bytesRead()).isEqualTo(7);
        assertThat(result.report().bytesWritten()).isEqualTo(4);
    }
}
