package dev.cordon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.bridge.CommandResult;
import dev.cordon.capability.Grants;
import dev.cordon.error.PluginErrorException;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples that handle orders. */
class OrderSamplesTest {
    private static final String ORDER = "{\"id\":\"o-1\",\"item\":\"book\",\"quantity\":3}";

    @TempDir Path folder;

    private final PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build();
    private final List<String> accepted = new CopyOnWriteArrayList<>();

    @BeforeEach
    void subscribe() {
        engine.events()
                .subscribe(
                        "order.accepted",
                        event -> accepted.add(new String(event.payload(), StandardCharsets.UTF_8)));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Plugin pricing(String... grants) {
        return engine.load(
                SamplePlugins.copyTo("order-pricing", folder),
                LoadOptions.defaults()
                        .withGrants(Grants.of(grants))
                        .withConfiguration(Map.of("price.book", "1250", "price.pen", "no")));
    }

    private Plugin pricing() {
        return pricing("command:send=order.enrich", "event:publish=order.accepted");
    }

    private static String place(Plugin plugin, String order) {
        return plugin.call("place", order.getBytes(StandardCharsets.UTF_8)).text();
    }

    private static String refusal(Plugin plugin, String order) {
        return catchThrowableOfType(PluginErrorException.class, () -> place(plugin, order)).text();
    }

    private List<String> announced() {
        assertThat(engine.events().awaitDelivery(Duration.ofSeconds(60))).isTrue();
        return accepted;
    }

    @Test
    void order_pricing() {
        engine.commands().register("order.enrich", command -> new CommandResult(command.payload()));
        String priced = "{\"id\":\"o-1\",\"item\":\"book\",\"quantity\":3,\"total\":3750}";

        assertThat(place(pricing(), ORDER)).isEqualTo(priced);
        assertThat(announced()).containsExactly(priced);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "{\"item\":\"book\"}",
                "{\"item\":\"book\",\"quantity\":0}",
                "{\"item\":\"book\",\"quantity\":1001}",
                "{\"item\":\"book\",\"quantity\":99999999999999999999}",
                "{\"item\":\"book\",\"quantity\":\"3\"}",
                "{\"item\":3,\"quantity\":3}",
                "{\"item\":\"book\",\"quantity\":3,\"total\":1}",
                "{\"item\":\"book\",\"quantity\":3}}",
                "{\"item\":\"book\",\"quantity\":3",
                "{\"item\":\"book\"\"quantity\":3}",
                "{\"item\":\"bo\\u006fk\",\"quantity\":3}"
            })
    void whatIsNoOrderIsRefused(String order) {
        Plugin plugin = pricing();

        assertThat(refusal(plugin, order)).isEqualTo("not an order");
        assertThat(announced()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pen", "lamp", ""})
    void anItemWithoutAPriceIsRefused(String item) {
        Plugin plugin = pricing();
        String order = ORDER.replace("book", item);

        assertThat(refusal(plugin, order)).contains("has no price");
    }

    @Test
    void whoeverFailsOnTheWayIsHeardOf() {
        Plugin plugin = pricing();
        assertThat(refusal(plugin, ORDER)).contains("nobody could enrich");

        engine.commands()
                .register(
                        "order.enrich",
                        command -> {
                            throw new PluginErrorException("host", "order.enrich", "out of stock");
                        });
        assertThat(refusal(plugin, ORDER)).contains("out of stock");
        assertThat(announced()).isEmpty();
    }

    @Test
    void withoutTheGrantsNothingIsAnnounced() {
        engine.commands().register("order.enrich", command -> new CommandResult(command.payload()));
        Plugin plugin = pricing("command:send=order.enrich");

        assertThat(refusal(plugin, ORDER)).contains("announced");
        assertThat(announced()).isEmpty();
    }
}
