package dev.cordon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.CallResult;
import dev.cordon.EngineKind;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.capability.Grants;
import dev.cordon.data.AccessLevel;
import dev.cordon.data.AccessRule;
import dev.cordon.data.DataClient;
import dev.cordon.data.DataValue;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.PluginErrorException;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samples that use shared data. */
class DataSamplesTest {
    private static final byte[] NOTHING = {};

    private final List<AuditRecord> audit = new CopyOnWriteArrayList<>();
    private final EngineListener listener =
            new EngineListener() {
                @Override
                public void audited(AuditRecord entry) {
                    audit.add(entry);
                }
            };
    private final PluginEngine engine =
            PluginEngine.builder().trust(TrustPolicy.off()).listener(listener).build();

    @TempDir private Path folder;

    @AfterEach
    void close() {
        engine.close();
    }

    private Plugin load(String sample, String... grants) {
        return load(engine, sample, grants);
    }

    private Plugin load(PluginEngine into, String sample, String... grants) {
        LoadOptions options =
                LoadOptions.defaults()
                        .withGrants(Grants.of(grants))
                        .withQuota(Quota.widest().withDeadline(Duration.ofSeconds(60)));
        return into.load(SamplePlugins.copyTo(sample, folder), options);
    }

    @ParameterizedTest
    @EnumSource(EngineKind.class)
    void shared_counter(EngineKind kind) {
        try (PluginEngine own =
                        PluginEngine.builder().trust(TrustPolicy.off()).engine(kind).build();
                Plugin counter =
                        load(own, "shared-counter", "data:read=count.*", "data:write=count.*")) {
            List<CompletableFuture<CallResult>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(counter.callAsync("add", "count.words".getBytes(UTF_8)));
            }
            assertThat(calls.stream().map(call -> Integer.parseInt(call.join().text())))
                    .as("every call saw a count of its own")
                    .doesNotHaveDuplicates()
                    .contains(1, 200);
            assertThat(counter.call("add", "count.words".getBytes(UTF_8)).text()).isEqualTo("201");
            assertThatThrownBy(() -> counter.call("add", "other".getBytes(UTF_8)))
                    .isInstanceOfSatisfying(
                            PluginErrorException.class,
                            error ->
                                    assertThat(error.text()).isEqualTo("the count cannot be read"));
        }
    }

    @Test
    void data_hog() {
        try (Plugin hog = load("data-hog", "data:write=hog.*", "sys:memory")) {
            assertThat(stopped(hog, "keys")).isEqualTo(ErrorCode.DATA_EXCEEDED);
            assertThat(hog.call("graceful", NOTHING).text()).isEqualTo("-5 0");
            assertThat(hog.call("too_large", NOTHING).text()).isEqualTo("-4");
            DataClient app = reader();
            assertThat(app.keys()).hasSize(999);
            assertThat(stopped(hog, "values")).isEqualTo(ErrorCode.DATA_EXCEEDED);
            assertThat(stored(app)).isLessThanOrEqualTo(4 << 20);
            app.put("app", new byte[1]); // nobody else is hurt
        }
    }

    private DataClient reader() {
        engine.data().setRules(List.of(AccessRule.applications("hog.*", "app", AccessLevel.READ)));
        return engine.data().application("app");
    }

    private static long stored(DataClient app) {
        return app.keys().stream()
                .mapToLong(key -> app.get(key).map(DataValue::bytes).orElse(NOTHING).length)
                .sum();
    }

    private static ErrorCode stopped(Plugin plugin, String command) {
        try {
            plugin.call(command, NOTHING);
        } catch (CordonException failure) {
            return failure.code();
        }
        throw new AssertionError(command + " succeeded");
    }

    @Test
    void data_snooper() {
        DataClient app = engine.data().application("app");
        long version = app.put("secret.plan", "the plan".getBytes(UTF_8));
        String denied = "-1 0 0 -1 -1 -1 ";
        try (Plugin snooper = load("data-snooper", "data:read=**", "data:write=**")) {
            assertThat(snoop(snooper, "secret.plan")).as("no access level").isEqualTo(denied);
        }
        engine.data().setRules(List.of(AccessRule.plugins("**", "**", AccessLevel.OWNER)));
        try (Plugin snooper = load("data-snooper", "data:read=secret", "data:write=secret.*.*")) {
            assertThat(snoop(snooper, "secret.plan")).as("no grant").isEqualTo(denied);
        }
        DataValue plan = app.get("secret.plan").orElseThrow();
        assertThat(plan.text()).isEqualTo("the plan");
        assertThat(plan.version()).isEqualTo(version);
        assertThat(audit).isNotEmpty().noneMatch(AuditRecord::allowed);
        assertThat(audit.stream().mapToLong(AuditRecord::count).sum())
                .as("each of the 103 refusals of each run")
                .isEqualTo(2 * 103);
    }

    @Test
    void aSnooperThatIsLetInGetsIn() {
        engine.data().application("app").put("secret.plan", "the plan".getBytes(UTF_8));
        engine.data().setRules(List.of(AccessRule.plugins("**", "**", AccessLevel.OWNER)));
        try (Plugin snooper = load("data-snooper", "data:read=**", "data:write=**")) {
            assertThat(snoop(snooper, "secret.plan")).startsWith("8 8 1 0 ").endsWith(" 0 ");
        }
    }

    private static String snoop(Plugin snooper, String key) {
        return snooper.call("run", key.getBytes(UTF_8)).text();
    }
}
