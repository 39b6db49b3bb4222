package dev.cordon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.CallOptions;
import dev.cordon.CallResult;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.bridge.Command;
import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.DeadLetter;
import dev.cordon.bridge.Event;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.SubscriptionOptions;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.PluginErrorException;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.CommandReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The samples that use the bridge: what they must earn, and what attacks on it must not. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BridgeSamplesTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir Path folder;

    private final List<AuditRecord> audits = new CopyOnWriteArrayList<>();
    private final List<CommandReport> dispatches = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .quota(Quota.defaults().withFuelPerCall(20_000_000))
                    .listener(
                            new EngineListener() {
                                @Override
                                public void audited(AuditRecord entry) {
                                    audits.add(entry);
                                }

                                @Override
                                public void commandEnded(CommandReport report) {
                                    dispatches.add(report);
                                }

                                @Override
                                public void guestLog(
                                        String plugin, GuestLogLevel level, String text) {
                                    log.add(text);
                                }
                            })
                    .build();

    @AfterEach
    void close() {
        engine.close();
    }

    private Plugin load(String sample, String... grants) {
        return engine.load(
                SamplePlugins.copyTo(sample, folder),
                LoadOptions.defaults().withGrants(Grants.of(grants)));
    }

    /** A relay under an id of its own, so that several can send to each other. */
    private Plugin relay(String id, String... grants) {
        return engine.load(
                id + ".wasm",
                SamplePlugins.bytes("command-relay"),
                LoadOptions.defaults().withGrants(Grants.of(grants)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** What the relays take: a name with its length in front, and a payload. */
    private static byte[] addressed(String name, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(name.length());
        out.writeBytes(bytes(name));
        out.writeBytes(payload);
        return out.toByteArray();
    }

    private record Relayed(int result, String response) {
        static Relayed of(byte[] answer) {
            int result = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt();
            byte[] rest = Arrays.copyOfRange(answer, 4, answer.length);
            return new Relayed(result, new String(rest, StandardCharsets.UTF_8));
        }
    }

    private static Relayed send(Plugin relay, String name, String payload) {
        return Relayed.of(relay.call("relay", addressed(name, bytes(payload))).bytes());
    }

    @Test
    void aHandlerThatLacksAGrantIsNotTakenForItsSender() {
        engine.commands().register("order.draw", load("clock-random"), "draw");
        Plugin relay = load("command-relay", "command:send=order.*");
        CallResult result = relay.call("relay", addressed("order.draw", bytes("")));
        assertThat(Relayed.of(result.bytes())).isEqualTo(new Relayed(-6, "CRD-401"));
        assertThat(result.report().denied()).isEmpty();
    }

    private static int publish(Plugin relay, String topic, String payload) {
        return Relayed.of(relay.call("publish", addressed(topic, bytes(payload))).bytes()).result();
    }

    @Test
    void command_relay() {
        List<Command> seen = new CopyOnWriteArrayList<>();
        engine.commands()
                .register(
                        "order.price",
                        command -> {
                            seen.add(command);
                            return CommandResult.of("42");
                        });
        Plugin relay = load("command-relay", "command:send=order.*");
        assertThat(send(relay, "order.price", "three")).isEqualTo(new Relayed(2, "42"));
        assertThat(seen).extracting(Command::sender).containsOnly(Party.plugin("command-relay"));
        assertThat(new String(seen.get(0).payload(), StandardCharsets.UTF_8)).isEqualTo("three");
        assertThat(audits)
                .singleElement()
                .satisfies(entry -> assertThat(entry.allowed()).isTrue())
                .satisfies(entry -> assertThat(entry.subject()).isEqualTo("order.price"));
    }

    @Test
    void everyFailureHasItsNumber() {
        engine.commands()
                .register(
                        "no.order",
                        command -> {
                            throw new PluginErrorException("host", "no.order", "no such order");
                        });
        engine.commands()
                .register(
                        "no.host",
                        command -> {
                            throw new IllegalStateException("/etc/secret");
                        });
        engine.commands().register("no.trap", load("trap-divide"), "run");
        Plugin relay = load("command-relay", "command:send=no.*");
        assertThat(send(relay, "order.price", "")).isEqualTo(new Relayed(-1, ""));
        assertThat(send(relay, "no.body", "")).isEqualTo(new Relayed(-2, ""));
        assertThat(send(relay, "no.*", "")).isEqualTo(new Relayed(-3, ""));
        assertThat(send(relay, "", "")).isEqualTo(new Relayed(-3, ""));
        assertThat(send(relay, "n".repeat(201), "")).isEqualTo(new Relayed(-4, ""));
        assertThat(send(relay, "no.order", "")).isEqualTo(new Relayed(-6, "no such order"));
        assertThat(send(relay, "no.host", "")).isEqualTo(new Relayed(-6, "CRD-706"));
        assertThat(send(relay, "no.trap", "")).isEqualTo(new Relayed(-6, "CRD-601"));
    }

    @Test
    void aPluginWithoutTheGrantLearnsNothing() {
        engine.commands().register("order.price", command -> CommandResult.empty());
        Plugin relay = load("command-relay");
        CallResult there = relay.call("relay", addressed("order.price", bytes("")));
        CallResult notThere = relay.call("relay", addressed("order.none", bytes("")));
        assertThat(there.bytes()).isEqualTo(notThere.bytes());
        assertThat(there.report().denied()).containsExactly("command:send=order.price");
        assertThat(audits)
                .hasSize(2)
                .allSatisfy(entry -> assertThat(entry.allowed()).isFalse())
                .first()
                .satisfies(entry -> assertThat(entry.reason()).isEqualTo("not granted"));
    }

    @Test
    void aGrantThatWasTakenBackIsGoneAtTheNextUse() {
        engine.commands().register("order.price", command -> CommandResult.empty());
        Plugin relay = load("command-relay", "command:send=order.*");
        assertThat(send(relay, "order.price", "").result()).isZero();
        assertThat(relay.revoke(Grant.parse("command:send=order.*"))).isTrue();
        assertThat(send(relay, "order.price", "").result()).isEqualTo(-1);
    }

    @Test
    void aPluginReachesOthersOverTheBridge() {
        engine.commands().register("text.same", load("echo"), "echo");
        engine.commands().register("relay.one", relay("one", "command:send=text.*"), "relay");
        Plugin two = relay("two", "command:send=relay.*");
        byte[] inner = addressed("text.same", bytes("hello"));
        byte[] answer = two.call("relay", addressed("relay.one", inner)).bytes();
        byte[] within = Arrays.copyOfRange(answer, 4, answer.length);
        assertThat(Relayed.of(within)).isEqualTo(new Relayed(5, "hello"));
        assertThat(dispatches)
                .extracting(CommandReport::sender)
                .containsExactly("cordon:/plugins/one", "cordon:/plugins/two");
        assertThat(dispatches).extracting(CommandReport::depth).containsExactly(2, 1);
        assertThat(dispatches.get(0).traceparent().substring(0, 35))
                .isEqualTo(dispatches.get(1).traceparent().substring(0, 35));
    }

    @Test
    void aCircleIsRefusedAndDoesNotWaitForItself() {
        Plugin one = relay("one", "command:send=relay.*");
        Plugin two = relay("two", "command:send=relay.*");
        engine.commands().register("relay.one", one, "relay");
        engine.commands().register("relay.two", two, "relay");
        assertThat(send(one, "relay.one", "").result()).isEqualTo(-5);
        byte[] back = addressed("relay.one", bytes(""));
        byte[] answer = one.call("relay", addressed("relay.two", back)).bytes();
        assertThat(Relayed.of(Arrays.copyOfRange(answer, 4, answer.length)).result()).isEqualTo(-5);
    }

    @Test
    void aCircleThroughTheApplicationIsBoundedToo() {
        Plugin one = relay("one", "command:send=again");
        engine.commands().register("relay.one", one, "relay");
        engine.commands()
                .register(
                        "again",
                        command -> {
                            byte[] next = addressed("again", bytes(""));
                            return engine.commands().send("relay.one", next);
                        });
        assertThat(send(one, "again", "")).isEqualTo(new Relayed(-5, ""));
    }

    @Test
    void theReceiverSpendsWhatTheSenderHasLeft() {
        engine.commands().register("hog", load("fuel-hog"), "run");
        Plugin relay = load("command-relay", "command:send=hog");
        CallOptions options =
                CallOptions.defaults().withQuota(Quota.widest().withFuelPerCall(100_000));
        CordonException failure = failure(relay, options);
        assertThat(failure.code()).isEqualTo(ErrorCode.OUT_OF_FUEL);
        assertThat(failure.plugin()).isEqualTo("command-relay");
        assertThat(dispatches.get(0).fuelUsed()).isLessThan(100_000);
    }

    @Test
    void theReceiverEndsAtTheSendersDeadline() {
        engine.commands()
                .register(
                        "spin",
                        engine.load(
                                SamplePlugins.copyTo("fuel-hog", folder),
                                LoadOptions.defaults().withQuota(Quota.widest())),
                        "run");
        Plugin relay = load("command-relay", "command:send=spin");
        Quota quota = Quota.widest().withDeadline(Duration.ofMillis(1));
        assertThat(failure(relay, CallOptions.defaults().withQuota(quota)).code())
                .isIn(ErrorCode.DEADLINE_EXCEEDED, ErrorCode.OUT_OF_FUEL);
    }

    private static CordonException failure(Plugin relay, CallOptions options) {
        String name = relay.grants().granted().get(0).scope();
        try {
            relay.call("relay", addressed(name, bytes("")), options);
        } catch (CordonException failure) {
            return failure;
        }
        throw new AssertionError("the sender went on");
    }

    @Test
    void event_relay() {
        List<Event> seen = new CopyOnWriteArrayList<>();
        engine.events().subscribe("order.*", seen::add);
        Plugin relay = load("event-relay", "event:publish=order.*");
        assertThat(publish(relay, "order.placed", "{\"source\":\"cordon:/host\"}")).isZero();
        assertThat(publish(relay, "audit.placed", "")).isEqualTo(-1);
        assertThat(publish(relay, "order.*", "")).isEqualTo(-3);
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).publisher()).isEqualTo(Party.plugin("event-relay"));
        assertThat(new String(seen.get(0).json(), StandardCharsets.UTF_8))
                .contains("\"source\":\"cordon:/plugins/event-relay\"")
                .endsWith("\"data\":{\"source\":\"cordon:/host\"}}");
    }

    @Test
    void event_logger() {
        load("event-logger", "event:subscribe=order.placed", "event:subscribe=audit.**");
        engine.events().publish("order.placed", bytes("one"));
        engine.events().publish("order.shipped", bytes("two"));
        engine.events().publish("order.placed", bytes("trap"));
        engine.events().publish("audit.a.b", bytes("three"));
        engine.events().publish("other.topic", bytes("four"));
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        assertThat(log).hasSize(2);
        assertThat(log.get(0)).endsWith("\"data\":\"one\"}").contains("\"type\":\"order.placed\"");
        assertThat(log.get(1)).endsWith("\"data\":\"three\"}");
        assertThat(audits)
                .filteredOn(entry -> !entry.allowed())
                .singleElement()
                .satisfies(entry -> assertThat(entry.subject()).isEqualTo("order.shipped"));
        assertThat(engine.events().deadLetters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.detail()).startsWith("CRD-601"))
                .satisfies(
                        letter -> assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.FAILED));
    }

    @Test
    void aPluginThatIsGrantedNoTopicReceivesNothing() {
        load("event-logger");
        engine.events().publish("order.placed", bytes("one"));
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        assertThat(log).isEmpty();
        assertThat(engine.events().deadLetters()).isEmpty();
    }

    @Test
    void aTopicThatWasTakenBackIsNotReceived() {
        Plugin logger = load("event-logger", "event:subscribe=order.*", "event:subscribe=audit.**");
        assertThat(logger.revoke(Grant.parse("event:subscribe=order.*"))).isTrue();
        engine.events().publish("order.placed", bytes("one"));
        engine.events().publish("audit.a", bytes("two"));
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        assertThat(log).singleElement().satisfies(line -> assertThat(line).contains("two"));
    }

    @Test
    void event_loop() {
        Plugin loop = load("event-loop", "event:subscribe=loop.tick", "event:publish=loop.tick");
        engine.events().publish("loop.tick", bytes(""));
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        assertThat(loop.grants().granted()).hasSize(2); // and it is still alive
    }

    @Test
    void event_flood() {
        List<Event> seen = new CopyOnWriteArrayList<>();
        CountDownLatch full = new CountDownLatch(1);
        engine.events()
                .subscribe(
                        "order.*",
                        event -> {
                            awaitQuietly(full);
                            seen.add(event);
                        },
                        SubscriptionOptions.defaults().withCapacity(10));
        Plugin flood = load("event-flood", "event:publish=order.placed");
        CordonException stopped = stopped(flood);
        assertThat(stopped.code()).isEqualTo(ErrorCode.OUT_OF_FUEL);
        engine.events().publish("order.placed", bytes("mine"));
        full.countDown();
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        assertThat(seen)
                .extracting(Event::publisher)
                .contains(Party.host())
                .contains(Party.plugin("event-flood"))
                .hasSizeLessThanOrEqualTo(7);
        assertThat(engine.events().deadLetters())
                .hasSize(1_000)
                .allSatisfy(
                        letter ->
                                assertThat(letter.event().publisher())
                                        .isEqualTo(Party.plugin("event-flood")));
    }

    private static CordonException stopped(Plugin flood) {
        try {
            flood.call("run", new byte[0]);
        } catch (CordonException failure) {
            return failure;
        }
        throw new AssertionError("it came to an end");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
