package dev.cordon.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.CallResult;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.capability.CapabilityBroker.Mode;
import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.Grants;
import dev.cordon.capability.Scratch;
import dev.cordon.error.PluginErrorException;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.ResourceQuota;
import dev.cordon.trust.TrustPolicy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a guest gets to hear of its grants, whatever it asks. */
class CapabilityImportsTest {
    private static final byte[] NOTHING = {};

    private final PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        engine.close();
    }

    /** A guest that calls one function and answers with its result and then the response. */
    private static byte[] asking(String function, String types, String arguments, String data) {
        ModuleBuilder module = new ModuleBuilder();
        int output = module.imported("cordon", "output_write", "ii", "i");
        int read = module.imported("cordon", "response_read", "iii", "i");
        int asked = module.imported("cordon", function, types, "i");
        String constants =
                arguments.isEmpty() ? "" : "i32.const " + arguments.replace(" ", " i32.const ");
        String body =
                "i32.const 60000 %s call %d i32.store 0 i32.const 60000 i32.const 4 call %d drop"
                        + " i32.const 50000 i32.const 50000 i32.const 0 i32.const 9000 call %d"
                        + " call %d drop";
        int run =
                module.function("", "", "", body.formatted(constants, asked, output, read, output));
        return module.memory(1)
                .data(0, data.getBytes(StandardCharsets.ISO_8859_1))
                .export("run", run)
                .build();
    }

    private CallResult run(byte[] module, String... grants) {
        LoadOptions options = LoadOptions.defaults().withGrants(Grants.of(grants));
        try (Plugin plugin = engine.load("asking", module, options)) {
            return plugin.call("run", NOTHING);
        }
    }

    private static int number(CallResult result) {
        return ByteBuffer.wrap(result.bytes()).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    @ParameterizedTest
    @CsvSource({
        "0 0, -3",
        "0 1, -3",
        "1 6, 0",
        "1 7, -3",
        "1 4096, -3",
        "1 4097, -4",
        "0 65536, -4"
    })
    void usesThatCannotBeAreRefused(String range, int expected) {
        byte[] module = asking("capability_query", "ii", range, "\u00ffrandom");
        assertThat(number(run(module))).isEqualTo(expected);
    }

    @Test
    void grantsComeBackAsTheResponse() {
        CallResult result =
                run(
                        asking("capabilities_get", "", "", ""),
                        "random",
                        "fs:read=" + folder + "::/data");
        byte[] bytes = result.bytes();
        assertThat(number(result)).isEqualTo(bytes.length - 4);
        assertThat(new String(bytes, 4, bytes.length - 4, StandardCharsets.UTF_8))
                .isEqualTo("[\"random\",\"fs:read=/data\"]");
    }

    @Test
    void askingIsPaidForByTheGrantAndTheComponent() {
        byte[] get = asking("capabilities_get", "", "", "");
        long none = run(get).report().fuelUsed();
        long two = run(get, "data:read=a", "data:read=b").report().fuelUsed();
        int length = "[\"data:read=a\",\"data:read=b\"]".length();
        // The list is paid for when it is made, and once more when it is read and when it is
        // written.
        assertThat(two - none).isBetween(2L * 32 + length / 8, 2L * 32 + length);
        String path = "fs:read=" + "/a".repeat(1_000);
        byte[] query = asking("capability_query", "ii", "0 " + path.length(), path);
        assertThat(run(query).report().fuelUsed()).isGreaterThan(1_000 * 64);
    }

    @Test
    void anExtismPluginMayAskToo() {
        ModuleBuilder module = new ModuleBuilder();
        module.imported("extism:host/env", "input_length", "", "I");
        int query = module.imported("cordon", "capability_query", "ii", "i");
        // 0, which is success, if the use is granted
        String body = "i32.const 0 i32.const 6 call " + query + " i32.const 1 i32.sub";
        int run = module.function("", "i", "", body);
        byte[] bytes =
                module.memory(1)
                        .data(0, "random".getBytes(StandardCharsets.UTF_8))
                        .export("run", run)
                        .build();
        LoadOptions options = LoadOptions.defaults().withGrants(Grants.of("random"));
        try (Plugin plugin = engine.load("extism", bytes, options)) {
            plugin.call("run", NOTHING);
            plugin.revoke(Grant.parse("random"));
            assertThatThrownBy(() -> plugin.call("run", NOTHING))
                    .isInstanceOf(PluginErrorException.class);
        }
    }

    @Test
    void whateverIsAskedHasAnAnswer() {
        EngineListener nobody = EngineListener.NONE;
        try (PluginDoors doors =
                PluginDoors.open(
                        "p",
                        Grants.of(
                                "fs:read=" + folder + "::/",
                                "fs:write=" + folder + "::/a/b",
                                "net:outbound=tcp://*.example.org",
                                "net:inbound=tcp://[::1]:0",
                                "command:send=**"),
                        Map.of("/a/b", DirectoryRules.everything().allow("**/x").deny("x/y")),
                        List.of(Scratch.empty("/a/b/c")),
                        ResourceQuota.defaults(),
                        null,
                        new BrokerDoor(null, Mode.MISSING_GRANTS, nobody),
                        nobody)) {
            HeldCapabilities held = new HeldCapabilities(doors);
            Random random = new Random(5);
            for (int i = 0; i < 100_000; i++) {
                assertThat(held.query(use(random))).isIn(-3, 0, 1);
            }
        }
    }

    private static String use(Random random) {
        GrantKind[] kinds = GrantKind.values();
        String[] parts = {
            "/",
            "a",
            "b",
            "c",
            "x",
            "y",
            "..",
            ".",
            "tcp://",
            "udp://",
            ":",
            "80",
            "[::1]",
            "*",
            "example.org",
            "\0",
            "\u202e",
            "\ud800",
            "127.0.0.1",
            "=",
            "@",
            "%2e",
            "999999",
            " "
        };
        StringBuilder text = new StringBuilder(kinds[random.nextInt(kinds.length)].text());
        text.append(random.nextInt(8) == 0 ? "" : "=");
        for (int left = random.nextInt(8); left > 0; left--) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.toString();
    }
}
