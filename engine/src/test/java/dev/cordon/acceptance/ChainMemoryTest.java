package dev.cordon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cordon.CallOptions;
import dev.cordon.EngineKind;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.bridge.CommandResult;
import dev.cordon.capability.Grants;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What plugins hold that wait for each other. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class ChainMemoryTest {
    private static final int LENGTH = 16;
    private static final long MIB = 1 << 20;
    private static final byte[] NOTHING = {};

    /** What one plugin of the chain says of itself. */
    private record Link(int pages, int elements, int result) {
        long bytes() {
            return pages * 65_536L + elements * 4L;
        }
    }

    private static PluginEngine engine(EngineKind kind) {
        return PluginEngine.builder().trust(TrustPolicy.off()).engine(kind).build();
    }

    private static Plugin load(PluginEngine engine, String id, String sample, Quota quota) {
        return load(engine, id, sample, quota, "command:send=to.*", "sys:memory");
    }

    private static Plugin load(
            PluginEngine engine, String id, String sample, Quota quota, String... grants) {
        LoadOptions options = LoadOptions.defaults().withGrants(Grants.of(grants)).withQuota(quota);
        Plugin plugin = engine.load(id + ".wasm", SamplePlugins.bytes(sample), options);
        engine.commands().register("to." + id, plugin, plugin.commands().get(0));
        return plugin;
    }

    private static byte[] addressed(String name, byte[] payload) {
        return ByteBuffer.allocate(1 + name.length() + payload.length)
                .put((byte) name.length())
                .put(name.getBytes(StandardCharsets.UTF_8))
                .put(payload)
                .array();
    }

    private static List<Link> links(byte[] answer) {
        List<Link> links = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.remaining() >= 12) {
            links.add(new Link(bytes.getInt(), bytes.getInt(), bytes.getInt()));
        }
        return links;
    }

    /** The payload of the first of a chain, each of which sends to the next. */
    private static byte[] through(int length) {
        byte[] payload = NOTHING;
        for (int i = length - 1; i > 0; i--) {
            payload = addressed("to.p" + i, payload);
        }
        return payload;
    }

    private static List<Link> chain(EngineKind kind, int greedy) {
        try (PluginEngine engine = engine(kind)) {
            for (int i = 0; i < LENGTH; i++) {
                String[] grants =
                        i == greedy
                                ? new String[] {"command:send=to.*", "sys:memory"}
                                : new String[] {"command:send=to.*"};
                load(engine, "p" + i, "memory-relay", Quota.widest(), grants);
            }
            CallOptions four =
                    CallOptions.defaults().withQuota(Quota.widest().withMemoryBytes(4 * MIB));
            CommandResult result = engine.commands().send("to.p0", through(LENGTH), four);
            assertThat(result.text()).endsWith("CRD-503");
            return links(result.payload());
        }
    }

    private static long held(List<Link> links) {
        return links.stream().mapToLong(Link::bytes).sum();
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void memory_relay(EngineKind kind) {
        List<Link> links = chain(kind, -1);
        assertThat(links).hasSizeBetween(5, LENGTH - 1);
        assertThat(held(links)).isLessThanOrEqualTo(4 * MIB).isGreaterThan(4 * MIB - 65_540);
        assertThat(links.get(links.size() - 1).result()).isEqualTo(-6);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void whoTakesAllThatIsLeftTakesNoMore(EngineKind kind) {
        List<Link> links = chain(kind, 2);
        assertThat(links).hasSize(3);
        assertThat(links.get(2).pages()).isGreaterThan(32);
        assertThat(held(links)).isLessThanOrEqualTo(4 * MIB).isGreaterThan(4 * MIB - 4);
        assertThat(links.get(2).result()).isEqualTo(-6);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void theFirstPluginsQuotaIsThatOfTheChain(EngineKind kind) {
        try (PluginEngine engine = engine(kind)) {
            Plugin first = load(engine, "p0", "memory-relay", Quota.widest().withMemoryBytes(MIB));
            load(engine, "p1", "memory-relay", Quota.widest());
            List<Link> links = links(first.call("relay", through(2)).bytes());
            assertThat(links).hasSize(1);
            assertThat(links.get(0).pages()).isEqualTo(16);
            assertThat(links.get(0).result()).isEqualTo(-6);
            // The one that was refused is none the worse for it.
            CommandResult alone = engine.commands().send("to.p1", NOTHING);
            assertThat(links(alone.payload()).get(0).pages()).isEqualTo(4_096);
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void whatEndedIsHeldNoLonger(EngineKind kind) {
        try (PluginEngine engine = engine(kind)) {
            load(engine, "p0", "memory-relay", Quota.widest().withMemoryBytes(MIB));
            List<Integer> pages = new ArrayList<>();
            engine.commands()
                    .register(
                            "to.host",
                            command -> {
                                for (int i = 0; i < 3; i++) {
                                    CommandResult one = engine.commands().send("to.p0", NOTHING);
                                    pages.add(links(one.payload()).get(0).pages());
                                }
                                return CommandResult.empty();
                            });
            Plugin relay = load(engine, "r", "command-relay", Quota.widest());
            relay.call("relay", addressed("to.host", NOTHING));
            assertThat(pages).containsExactly(16, 16, 16);
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void anOrdinaryPluginCallsAnotherWithTheDefaults(EngineKind kind) {
        try (PluginEngine engine = engine(kind)) {
            load(engine, "echo", "echo", Quota.widest());
            Plugin relay = load(engine, "r", "command-relay", Quota.widest());
            byte[] answer =
                    relay.call("relay", addressed("to.echo", new byte[] {'h', 'i'})).bytes();
            assertThat(answer).containsExactly(2, 0, 0, 0, 'h', 'i');
        }
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void whoTrapsForWhatItsCallerDidNotHaveSaysSo(EngineKind kind) {
        try (PluginEngine engine = engine(kind)) {
            load(engine, "hog", "memory-hog", Quota.widest());
            CallOptions small =
                    CallOptions.defaults().withQuota(Quota.widest().withMemoryBytes(4 * MIB));
            assertThat(catchThrowable(() -> engine.commands().send("to.hog", NOTHING, small)))
                    .hasMessageContaining("CRD-503")
                    .hasMessageContaining("that its caller had left");
        }
    }
}
