package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bridge.CommandResult;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * Chains of commands on any way through plugins and the application, against a model that is
 * written as the documentation says it.
 */
class BridgeModelTest {
    private static final int MAX_DEPTH = 16;
    private static final String HOST = "to.host";
    private static final String END = "to.end";
    private static final List<String> PLUGINS =
            List.of("to.a", "to.b", "to.c", "to.d", "to.e", "to.f");

    private static @Nullable PluginEngine engine;

    @BeforeContainer
    static void connect() {
        PluginEngine made = PluginEngine.builder().trust(TrustPolicy.off()).build();
        LoadOptions granted =
                LoadOptions.defaults()
                        .withGrants(Grants.of("command:send=to.*", "command:send=none"));
        byte[] relay = SamplePlugins.bytes("command-relay");
        for (String name : PLUGINS) {
            made.commands().register(name, made.load(name + ".wasm", relay, granted), "relay");
        }
        made.commands().register(END, command -> CommandResult.of("E"));
        made.commands()
                .register(
                        HOST,
                        command -> {
                            byte[] all = command.payload();
                            int end = 1 + all[0];
                            String next = new String(all, 1, all[0], StandardCharsets.UTF_8);
                            byte[] rest = Arrays.copyOfRange(all, end, all.length);
                            return made.commands().send(next, rest);
                        });
        engine = made;
    }

    @AfterContainer
    static void close() {
        if (engine != null) {
            engine.close();
        }
    }

    @Provide
    Arbitrary<List<String>> ways() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.of(PLUGINS)),
                        Tuple.of(8, Arbitraries.just(HOST)),
                        Tuple.of(1, Arbitraries.of("none", "hidden")))
                .list()
                .ofMaxSize(MAX_DEPTH + 4);
    }

    /** What a plugin is told, as the number that {@code command_send} answers. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int result;

        Refused(int result) {
            this.result = result;
        }
    }

    /** What the command at this place of the way is answered with. */
    private static byte[] expected(
            List<String> way, int at, boolean byPlugin, Set<String> waiting, int depth) {
        String name = at == way.size() ? END : way.get(at);
        if (byPlugin && name.equals("hidden")) {
            throw new Refused(-1);
        }
        if (depth > MAX_DEPTH) {
            throw new Refused(-5);
        }
        if (name.equals(END)) {
            return new byte[] {'E'};
        }
        if (name.equals(HOST)) {
            return expected(way, at + 1, false, waiting, depth + 1);
        }
        if (!PLUGINS.contains(name)) {
            throw new Refused(-2);
        }
        if (waiting.contains(name)) {
            throw new Refused(-5);
        }
        Set<String> more = new HashSet<>(waiting);
        more.add(name);
        try {
            byte[] answer = expected(way, at + 1, true, more, depth + 1);
            return relayed(answer.length, answer);
        } catch (Refused refused) {
            return relayed(refused.result, new byte[0]);
        }
    }

    private static byte[] relayed(int result, byte[] response) {
        return ByteBuffer.allocate(4 + response.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(result)
                .put(response)
                .array();
    }

    private static byte[] addressed(String name, byte[] payload) {
        return ByteBuffer.allocate(1 + name.length() + payload.length)
                .put((byte) name.length())
                .put(name.getBytes(StandardCharsets.UTF_8))
                .put(payload)
                .array();
    }

    private static int result(ErrorCode code) {
        switch (code) {
            case CAPABILITY_DENIED:
                return -1;
            case NO_HANDLER:
                return -2;
            case CHAIN_EXCEEDED:
                return -5;
            default:
                throw new AssertionError("no chain ends with " + code);
        }
    }

    @Property(tries = 300)
    void everyChainEndsAsItMust(@ForAll("ways") List<String> way) {
        byte[] payload = new byte[0];
        for (int i = way.size() - 1; i >= 0; i--) {
            payload = addressed(i == way.size() - 1 ? END : way.get(i + 1), payload);
        }
        String first = way.isEmpty() ? END : way.get(0);
        byte[] wanted = null;
        int refusal = 0;
        try {
            wanted = expected(way, 0, false, Set.of(), 1);
        } catch (Refused refused) {
            refusal = refused.result;
        }
        try {
            byte[] answer =
                    Objects.requireNonNull(engine).commands().send(first, payload).payload();
            assertThat(answer).isEqualTo(wanted);
        } catch (CordonException refused) {
            assertThat(result(refused.code())).isEqualTo(refusal);
        }
    }
}
