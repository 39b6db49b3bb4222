package dev.cordon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.bridge.CommandResult;
import dev.cordon.capability.CapabilityBroker;
import dev.cordon.capability.CapabilityBroker.Answer;
import dev.cordon.capability.CapabilityBroker.Mode;
import dev.cordon.capability.CapabilityRequest;
import dev.cordon.capability.Grant;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.Grants;
import dev.cordon.data.AccessLevel;
import dev.cordon.data.AccessRule;
import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.guest.BrokerDoor;
import dev.cordon.monitor.AuditQuery;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application decides at the time of the use. */
class CapabilityBrokerTest {
    private final List<CapabilityRequest> asked = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final List<PluginEngine> engines = new ArrayList<>();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        engines.forEach(PluginEngine::close);
    }

    private PluginEngine engine(CapabilityBroker broker, Mode mode) {
        EngineListener listener =
                new EngineListener() {
                    @Override
                    public void hostFunctionFailed(
                            String plugin, String function, Throwable failure) {
                        failures.add(plugin + " " + function + " " + failure.getMessage());
                    }
                };
        PluginEngine engine =
                PluginEngine.builder()
                        .trust(TrustPolicy.off())
                        .listener(listener)
                        .broker(
                                request -> {
                                    asked.add(request);
                                    return broker.decide(request);
                                },
                                mode)
                        .build();
        engines.add(engine);
        engine.commands().register("order.price", command -> CommandResult.of("42"));
        return engine;
    }

    private Plugin load(PluginEngine engine, String... grants) {
        return engine.load(
                SamplePlugins.copyTo("grant-holder", folder),
                LoadOptions.defaults().withGrants(Grants.of(grants)));
    }

    private static String use(Plugin plugin, String use) {
        return plugin.call("use", use.getBytes(UTF_8)).text();
    }

    @ParameterizedTest
    @CsvSource({
        "s order.price, command:send, command_send, 2",
        "p seen.it, event:publish, event_publish, 0",
        "g count.a, data:read, data_get, -2",
        "w count.a, data:write, data_put, 0",
        "n, random, random_get, 0",
    })
    void whatIsNotGrantedIsAsked(String use, String kind, String operation, String allowed) {
        PluginEngine engine = engine(request -> Answer.ALLOW_ONCE, Mode.MISSING_GRANTS);
        Plugin holder = load(engine);
        assertThat(use(holder, use)).isEqualTo(allowed);
        assertThat(use(holder, use)).isEqualTo(allowed);
        String subject = use.substring(1).trim();
        String capability = subject.isEmpty() ? kind : kind + "=" + subject;
        GrantKind wanted = GrantKind.of(kind).orElseThrow();
        CapabilityRequest expected =
                new CapabilityRequest(
                        "grant-holder", wanted, capability, subject, operation, false);
        assertThat(asked).as("answers are not kept").containsExactly(expected, expected);
        assertThat(holder.grants()).isEqualTo(Grants.none());
        assertThat(engine.audit().query(AuditQuery.all().ofOperation(operation)))
                .allMatch(AuditRecord::allowed)
                .extracting(AuditRecord::reason)
                .containsOnly("allowed once by the broker");
    }

    @Test
    void whatIsGrantedGoesOnUnasked() {
        PluginEngine engine = engine(request -> Answer.DENY, Mode.MISSING_GRANTS);
        Plugin holder = load(engine, "command:send=order.*", "random");
        assertThat(use(holder, "s order.price")).isEqualTo("2");
        assertThat(use(holder, "n ")).isEqualTo("0");
        assertThat(asked).isEmpty();
        assertThat(use(holder, "g count.a")).isEqualTo("-1");
        assertThat(asked).hasSize(1);
    }

    @Test
    void everyUseCanBeRefused() {
        PluginEngine engine =
                engine(
                        request ->
                                request.granted() && request.kind() == GrantKind.COMMAND_SEND
                                        ? Answer.DENY
                                        : Answer.ALLOW_ONCE,
                        Mode.EVERY_USE);
        Plugin holder = load(engine, "command:send=order.*", "random");
        assertThat(use(holder, "s order.price")).isEqualTo("-1");
        assertThat(use(holder, "n ")).isEqualTo("0");
        assertThat(asked).extracting(CapabilityRequest::granted).containsExactly(true, true);
        assertThat(engine.audit().query(AuditQuery.all().onlyDenied()))
                .extracting(AuditRecord::reason)
                .containsExactly("refused by the broker");
    }

    @Test
    void theAccessLevelHoldsAllTheSame() {
        PluginEngine engine = engine(request -> Answer.ALLOW_ONCE, Mode.MISSING_GRANTS);
        engine.data().application("app").put("count.a", new byte[1]);
        engine.data().setRules(List.of(AccessRule.plugins("**", "**", AccessLevel.READ)));
        Plugin holder = load(engine);
        assertThat(use(holder, "g count.a")).isEqualTo("1");
        assertThat(use(holder, "w count.a")).isEqualTo("-1");
    }

    @Test
    void aBrokerThatFailsRefuses() {
        PluginEngine engine =
                engine(
                        request -> {
                            throw new IllegalStateException("no mood");
                        },
                        Mode.MISSING_GRANTS);
        Plugin holder = load(engine);
        assertThat(use(holder, "s order.price")).isEqualTo("-1");
        assertThatThrownBy(() -> use(holder, "n ")).isInstanceOf(CapabilityDeniedException.class);
        assertThat(failures).hasSize(2).allMatch("grant-holder broker no mood"::equals);
    }

    @Test
    void aBrokerMayGrantWhatItIsAskedFor() {
        List<Plugin> plugins = new ArrayList<>();
        PluginEngine engine =
                engine(
                        request -> {
                            plugins.get(0).grant(Grant.parse(request.capability()));
                            return Answer.ALLOW_ONCE;
                        },
                        Mode.MISSING_GRANTS);
        plugins.add(load(engine));
        assertThat(use(plugins.get(0), "s order.price")).isEqualTo("2");
        assertThat(use(plugins.get(0), "s order.price")).isEqualTo("2");
        assertThat(asked).hasSize(1);
        assertThat(plugins.get(0).grants()).isEqualTo(Grants.of("command:send=order.price"));
    }

    @Test
    void whatABrokerCausesItselfIsNotAskedAgain() {
        List<String> inner = new ArrayList<>();
        List<Plugin> plugins = new ArrayList<>();
        PluginEngine engine =
                engine(
                        request -> {
                            inner.add(use(plugins.get(1), "s order.price"));
                            return Answer.ALLOW_ONCE;
                        },
                        Mode.MISSING_GRANTS);
        plugins.add(load(engine));
        plugins.add(load(engine));
        assertThat(use(plugins.get(0), "s order.price")).isEqualTo("2");
        assertThat(inner).containsExactly("-1");
        assertThat(asked).hasSize(1);
    }

    @Test
    void askingIsPaidFor() {
        for (String use : List.of("s order.price", "p seen.it", "g count.a")) {
            byte[] payload = use.getBytes(UTF_8);
            PluginEngine asking = engine(request -> Answer.DENY, Mode.MISSING_GRANTS);
            long asks = load(asking).call("use", payload).report().fuelUsed();
            PluginEngine plain = PluginEngine.builder().trust(TrustPolicy.off()).build();
            engines.add(plain);
            long asksNobody = load(plain).call("use", payload).report().fuelUsed();
            assertThat(asks - asksNobody).isEqualTo(BrokerDoor.FUEL);
        }
    }

    @Test
    void aSlowBrokerUsesUpTheDeadline() {
        PluginEngine engine =
                engine(
                        request -> {
                            long end = System.nanoTime() + 300_000_000L;
                            while (System.nanoTime() < end) {
                                Thread.onSpinWait();
                            }
                            return Answer.ALLOW_ONCE;
                        },
                        Mode.MISSING_GRANTS);
        LoadOptions brief =
                LoadOptions.defaults()
                        .withQuota(Quota.widest().withDeadline(Duration.ofMillis(200)));
        Plugin holder = engine.load(SamplePlugins.copyTo("grant-holder", folder), brief);
        assertThatThrownBy(() -> use(holder, "s order.price"))
                .isInstanceOf(QuotaExceededException.class)
                .hasMessageContaining("CRD-502");
        assertThat(asked).hasSizeLessThan(2);
    }
}
