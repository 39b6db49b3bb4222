package dev.cordon.examples.orders;

import dev.cordon.CrashPolicy;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.bridge.Event;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.PluginErrorException;
import dev.cordon.monitor.AuditQuery;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.PluginHealth;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Takes orders as commands, has plugins price and enrich them, and stores what they announce.
 *
 * <p>Each plugin may do what its line in the constructor says and nothing else.
 */
final class OrderService implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int CRASHES = 3;

    private final PluginEngine engine;
    private final List<Plugin> plugins;
    private final Plugin rogue;
    private final Plugin reporter;
    private final List<String> stored = new CopyOnWriteArrayList<>();

    /**
     * Loads the plugins and connects them.
     *
     * @param folder where they are
     * @param catalog whom the enriching one may ask
     */
    OrderService(Path folder, Catalog catalog) {
        engine =
                PluginEngine.builder()
                        .trust(TrustPolicy.off()) // in production: whose plugins are loaded
                        .build();
        Plugin pricing =
                engine.load(
                        folder.resolve("order-pricing.wasm"),
                        LoadOptions.defaults()
                                .withGrants(
                                        Grants.of(
                                                "command:send=order.enrich",
                                                "event:publish=order.accepted"))
                                .withConfiguration(
                                        Map.of("price.book", "1250", "price.pen", "199")));
        String stock = "http://" + catalog.host() + ":" + catalog.port();
        Plugin enriching =
                engine.load(
                        folder.resolve("extism-enrich.wasm"),
                        LoadOptions.defaults()
                                .withGrants(Grants.of("sys:memory", "net:outbound=" + stock))
                                .withConfiguration(Map.of("enrich_url", stock + "/stock")));
        rogue = engine.load(folder.resolve("command-relay.wasm"));
        reporter =
                engine.load(
                        folder.resolve("trap-unreachable.wasm"),
                        LoadOptions.defaults()
                                .withCrashPolicy(
                                        CrashPolicy.reload()
                                                .withBackoff(PAUSE, PAUSE)
                                                .withQuarantineAfter(CRASHES)));
        plugins = List.of(pricing, enriching, rogue, reporter);
        engine.commands().register("order.place", pricing, "place");
        engine.commands().register("order.enrich", enriching, "enrich");
        engine.commands().register("order.report", reporter, "run");
        engine.events().subscribe("order.accepted", this::store);
    }

    private void store(Event event) {
        stored.add(event.publisher() + " announced " + text(event.payload()));
    }

    /**
     * Takes an order.
     *
     * @param order JSON
     * @return what became of it
     */
    String place(String order) {
        try {
            return "placed: " + engine.commands().send("order.place", bytes(order)).text();
        } catch (PluginErrorException refused) {
            return "refused: " + refused.text();
        }
    }

    /**
     * Lets a plugin that was granted nothing try to place an order.
     *
     * @return what its attempt came to
     */
    String trespass() {
        String name = "order.place"; // the sample takes a name, its length in front, and a payload
        byte[] answer = rogue.call("relay", bytes((char) name.length() + name + "{}")).bytes();
        return answer[0] == -1 ? "denied" : "it got through";
    }

    /**
     * Asks the plugin that crashes for a report.
     *
     * @return why there is none
     */
    ErrorCode report() {
        try {
            engine.commands().send("order.report", new byte[0]);
            throw new IllegalStateException("the sample is made to crash");
        } catch (CordonException failure) {
            return failure.code();
        }
    }

    /**
     * How the plugin that crashes is.
     *
     * @return its state now
     */
    PluginHealth reporterHealth() {
        return reporter.health();
    }

    /**
     * Waits until the plugin that crashes may be tried again.
     *
     * @throws InterruptedException if the thread is to stop
     */
    void awaitReporter() throws InterruptedException {
        Optional<Instant> next = reporter.health().nextAttempt();
        if (next.isPresent()) {
            Thread.sleep(Math.max(0, Duration.between(Instant.now(), next.get()).toMillis() + 1));
        }
    }

    /**
     * What was stored.
     *
     * @return one line each, in the order in which they were announced
     */
    List<String> stored() {
        engine.events().awaitDelivery(LONG);
        return List.copyOf(stored);
    }

    /**
     * What was decided about the plugins.
     *
     * @return of one plugin after the other, the newest first
     */
    List<AuditRecord> audit() {
        return plugins.stream()
                .flatMap(it -> engine.audit().query(AuditQuery.all().ofPlugin(it.id())).stream())
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        engine.close();
    }
}
