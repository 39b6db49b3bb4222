package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.bridge.Command;
import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.Registration;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.PluginErrorException;
import dev.cordon.error.UsageException;
import dev.cordon.monitor.CommandReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands as the application sends and handles them. */
class CommandBridgeTest {
    record Order(String id, int pieces) {}

    record Price(String id, int cents) {}

    private final List<CommandReport> reports = new CopyOnWriteArrayList<>();
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .listener(
                            new EngineListener() {
                                @Override
                                public void commandEnded(CommandReport report) {
                                    reports.add(report);
                                }
                            })
                    .build();
    private final CommandBridge commands = engine.commands();

    @AfterEach
    void close() {
        engine.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private CommandResult send(String name) {
        return commands.send(name, bytes("payload"));
    }

    private static CordonException failure(Supplier<?> work) {
        try {
            work.get();
        } catch (CordonException failure) {
            return failure;
        }
        throw new AssertionError("nothing was refused");
    }

    private Plugin echo(String name) {
        return engine.load(name + ".wasm", SamplePlugins.bytes("echo"));
    }

    @Test
    void aHandlerInTheApplicationAnswers() {
        commands.register(
                "order.price",
                command -> CommandResult.of("for " + text(command) + command.depth()));
        assertThat(send("order.price").text()).isEqualTo("for payload1");
        assertThat(commands.names()).containsExactly("order.price");
    }

    private static String text(Command command) {
        return new String(command.payload(), StandardCharsets.UTF_8);
    }

    @Test
    void valuesTravelAsJson() {
        commands.register(
                "order.price", Order.class, order -> new Price(order.id(), 250 * order.pieces()));
        assertThat(commands.send("order.price", new Order("a", 3), Price.class))
                .isEqualTo(new Price("a", 750));
    }

    @Test
    void aPluginAnswersUnderTheNameThatItWasGiven() {
        commands.register("text.same", echo("e"), "echo");
        assertThat(send("text.same").text()).isEqualTo("payload");
        assertThat(reports.get(0).handler()).isEqualTo("cordon:/plugins/e");
        assertThat(reports.get(0).fuelUsed()).isPositive();
    }

    @Test
    void aNameHasOneHandler() {
        Registration first = commands.register("a", command -> CommandResult.empty());
        assertThat(failure(() -> commands.register("a", command -> CommandResult.empty())).what())
                .isEqualTo("cannot handle `a`, which has a handler");
        first.close();
        commands.register("a", command -> CommandResult.empty());
        first.close(); // it is another's by now
        assertThat(commands.names()).containsExactly("a");
    }

    @Test
    void allOfAPluginsCommandsAreRegisteredOrNone() {
        Plugin words = engine.load("words.wasm", SamplePlugins.bytes("word-count-reactor"));
        Registration taken = commands.register("top", command -> CommandResult.empty());
        assertThat(failure(() -> commands.register(words)).code()).isEqualTo(ErrorCode.USAGE);
        assertThat(commands.names()).containsExactly("top");
        taken.close();
        commands.register(words);
        assertThat(commands.names()).contains("count", "top");
    }

    @Test
    void aClosedPluginHandlesNothing() {
        Plugin plugin = echo("e");
        commands.register("same", plugin, "echo");
        plugin.close();
        assertThat(failure(() -> send("same")).code()).isEqualTo(ErrorCode.NO_HANDLER);
        assertThat(commands.names()).isEmpty();
    }

    @Test
    void aCommandThatThePluginLacksIsNotRegistered() {
        assertThat(failure(() -> commands.register("a", echo("e"), "nope")).code())
                .isEqualTo(ErrorCode.UNKNOWN_COMMAND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a..b", "order.*", "**"})
    void onlyNamesAreSentAndHandled(String name) {
        assertThat(failure(() -> send(name)).code()).isEqualTo(ErrorCode.USAGE);
        assertThatThrownBy(() -> commands.register(name, command -> CommandResult.empty()))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void whatAHandlerThrowsIsOneTypedError() {
        commands.register(
                "broken",
                command -> {
                    throw new IllegalStateException("secret");
                });
        commands.register("endless", command -> commands.send("endless", command.payload()));
        commands.register(
                "wrong",
                command -> {
                    throw new PluginErrorException("host", "wrong", "no such order");
                });
        CordonException broken = failure(() -> send("broken"));
        assertThat(broken.code()).isEqualTo(ErrorCode.HANDLER_FAILED);
        assertThat(broken).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(failure(() -> send("endless")).code()).isEqualTo(ErrorCode.CHAIN_EXCEEDED);
        assertThat(failure(() -> send("wrong")).code()).isEqualTo(ErrorCode.PLUGIN_ERROR);
    }

    @Test
    void middlewareStandsAroundInTheOrderInWhichItCame() {
        List<String> way = new ArrayList<>();
        commands.use(
                (command, next) -> {
                    way.add("first " + command.name() + " of " + command.sender());
                    return CommandResult.of(next.proceed(bytes("other")).text() + "!");
                });
        Registration second =
                commands.use(
                        (command, next) -> {
                            way.add("second");
                            return next.proceed(command.payload());
                        });
        commands.register("echo", command -> new CommandResult(command.payload()));
        assertThat(send("echo").text()).isEqualTo("other!");
        second.close();
        assertThat(send("echo").text()).isEqualTo("other!");
        assertThat(way)
                .containsExactly(
                        "first echo of cordon:/host", "second", "first echo of cordon:/host");
    }

    @Test
    void middlewareCanTryAgain() {
        AtomicInteger attempts = new AtomicInteger();
        commands.use(
                (command, next) -> {
                    try {
                        return next.proceed(command.payload());
                    } catch (RuntimeException once) {
                        return next.proceed(command.payload());
                    }
                });
        commands.register(
                "flaky",
                command -> {
                    if (attempts.incrementAndGet() == 1) {
                        throw new IllegalStateException("not now");
                    }
                    return CommandResult.of("well");
                });
        assertThat(send("flaky").text()).isEqualTo("well");
    }

    @Test
    void aPayloadHasABound() {
        commands.register("big", command -> CommandResult.empty());
        byte[] most = new byte[Command.MAX_PAYLOAD_BYTES];
        assertThat(commands.send("big", most).payload()).isEmpty();
        byte[] more = new byte[Command.MAX_PAYLOAD_BYTES + 1];
        assertThat(failure(() -> commands.send("big", more)).code())
                .isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
    }

    @Test
    void theTraceAndTheSenderGoAlong() {
        List<Command> seen = new ArrayList<>();
        commands.register(
                "outer",
                command -> {
                    seen.add(command);
                    return commands.send("inner", command.payload());
                });
        commands.register(
                "inner",
                command -> {
                    seen.add(command);
                    return CommandResult.empty();
                });
        send("outer");
        assertThat(seen).extracting(Command::depth).containsExactly(1, 2);
        assertThat(seen).extracting(Command::sender).containsOnly(Party.host());
        assertThat(seen.get(1).trace().traceId()).isEqualTo(seen.get(0).trace().traceId());
        assertThat(seen.get(1).trace().spanId()).isNotEqualTo(seen.get(0).trace().spanId());
        assertThat(reports).extracting(CommandReport::outcome).containsExactly("ok", "ok");
    }

    @Test
    void fuelOfTheSenderBoundsEverythingThatTheCommandCauses() {
        commands.register("hog", engine.load("hog.wasm", SamplePlugins.bytes("fuel-hog")), "run");
        commands.register(
                "twice",
                command -> {
                    failure(() -> send("hog"));
                    return send("hog");
                });
        CallOptions options =
                CallOptions.defaults().withQuota(Quota.widest().withFuelPerCall(100_000));
        assertThat(failure(() -> commands.send("twice", new byte[0], options)).code())
                .isEqualTo(ErrorCode.OUT_OF_FUEL);
        assertThat(reports).hasSize(3);
        assertThat(reports.get(0).fuelUsed()).isEqualTo(100_000);
        assertThat(reports.get(1).fuelUsed()).isZero();
        assertThat(reports.get(2).fuelUsed()).isEqualTo(100_000);
    }

    @Test
    void aClosedEngineSendsNothing() {
        commands.register("a", command -> CommandResult.empty());
        engine.close();
        assertThat(failure(() -> send("a")).code()).isEqualTo(ErrorCode.CLOSED);
    }
}
