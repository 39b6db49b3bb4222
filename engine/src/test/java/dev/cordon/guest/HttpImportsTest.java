package dev.cordon.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestTrapException;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.quota.Quota;
import dev.cordon.trust.TrustPolicy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code http_request} of module {@code cordon} as a guest that does everything wrong sees it. */
class HttpImportsTest {
    private final PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build();

    @AfterEach
    void close() {
        engine.close();
    }

    /** A module that sends one request with these four numbers, and answers with the result. */
    private static byte[] module(String arguments, byte[] data, int pages) {
        ModuleBuilder module = new ModuleBuilder();
        int request = module.imported("cordon", "http_request", "iiii", "i");
        int output = module.imported("cordon", "output_write", "ii", "i");
        String body =
                "i32.const 60000 i32.const "
                        + arguments.replace(" ", " i32.const ")
                        + " call "
                        + request
                        + " i32.store 0 i32.const 60000 i32.const 4 call "
                        + output
                        + " drop ";
        int run = module.function("", "", "", body);
        return module.memory(pages).data(0, data).export("run", run).build();
    }

    private int result(String arguments, byte[] data, int pages, LoadOptions options) {
        byte[] module = module(arguments, data, pages);
        try (Plugin plugin = engine.load("script", module, options)) {
            byte[] answer = plugin.call("run", new byte[0]).bytes();
            return ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt();
        }
    }

    private int result(byte[] json) {
        return result("0 " + json.length + " 0 0", json, 1, LoadOptions.defaults());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 65537 0 0",
                "65536 1 0 0",
                "-1 1 0 0",
                "0 -1 0 0",
                "0 0 0 65537",
                "0 0 65536 1",
                "0 0 -1 -1",
                "0 -2147483648 0 0",
                "2147483647 2147483647 0 0"
            })
    void rangesBeyondMemoryTrap(String arguments) {
        assertThatThrownBy(() -> result(arguments, new byte[0], 1, LoadOptions.defaults()))
                .isInstanceOf(GuestTrapException.class)
                .hasMessageStartingWith("CRD-601 [script] out of bounds memory access");
    }

    @Test
    void rangesAtTheEdgeAreRead() {
        assertThat(result("65536 0 65536 0", new byte[0], 1, LoadOptions.defaults())).isEqualTo(-3);
        assertThat(result("65535 1 0 65536", new byte[0], 1, LoadOptions.defaults())).isEqualTo(-3);
    }

    @Test
    void whatIsTooLargeIsNotRead() {
        LoadOptions options = LoadOptions.defaults();
        assertThat(result("0 65537 0 0", new byte[0], 2, options)).isEqualTo(-4);
        assertThat(result("0 0 0 16777217", new byte[0], 257, options)).isEqualTo(-4);
    }

    @Test
    void whatIsNoRequestIsInvalid() {
        assertThat(result(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1})).isEqualTo(-3);
        assertThat(result("{\"url\":\"http://a/\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(-3);
        assertThat(result("[".repeat(60_000).getBytes(StandardCharsets.US_ASCII))).isEqualTo(-3);
        assertThat(result(("{\"headers\":" + "{\"a\":".repeat(5_000)).getBytes())).isEqualTo(-3);
    }

    @ParameterizedTest
    @CsvSource({
        "net:outbound=tcp://127.0.0.1, http://127.0.0.1/",
        "net:outbound=http://127.0.0.1, http://127.0.0.1:81/",
        "net:outbound=http://127.0.0.1, https://127.0.0.1:80/",
        "net:outbound=https://127.0.0.1, http://127.0.0.1:443/",
        "net:outbound=http://*:*, http://127.0.0.1/",
        "net:outbound=http://0.0.0.0/0:*, http://127.0.0.1/"
    })
    void aGrantIsNoWiderThanItSays(String grant, String url) {
        LoadOptions options = LoadOptions.defaults().withGrants(Grants.of(grant));
        byte[] json = ("{\"url\":\"" + url + "\"}").getBytes(StandardCharsets.US_ASCII);
        assertThat(result("0 " + json.length + " 0 0", json, 1, options)).isEqualTo(-1);
    }

    @Test
    void aGrantThatIsNoRuleIsRefusedWhenThePluginIsLoaded() {
        LoadOptions options =
                LoadOptions.defaults().withGrants(Grants.of("net:outbound=http://127.1"));
        assertThatThrownBy(() -> result("0 0 0 0", new byte[0], 1, options))
                .hasMessageContaining("cannot use the grant `net:outbound=http://127.1`");
    }

    @Test
    void aRequestIsPaidForEvenIfItIsDenied() {
        byte[] json = "{\"url\":\"http://127.0.0.1/\"}".getBytes(StandardCharsets.US_ASCII);
        LoadOptions poor = LoadOptions.defaults().withQuota(Quota.widest().withFuelPerCall(10_000));
        assertThatThrownBy(() -> result("0 " + json.length + " 0 0", json, 1, poor))
                .isInstanceOfSatisfying(
                        CordonException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.OUT_OF_FUEL));
    }
}
