package dev.cordon.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.bridge.CommandResult;
import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.capability.Scratch;
import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.monitor.AuditQuery;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sample that asks what it holds, while its grants change. */
class GrantSamplesTest {
    private static final String BAD_DESCRIPTOR = "8";
    private static final String READ_ONLY = "69";
    private static final String NO_DIRECTORY = "1000";

    private final PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build();

    @TempDir private Path folder;
    private Path data = Path.of("");

    @BeforeEach
    void makeData() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("file"), "text");
        engine.commands().register("order.price", command -> CommandResult.empty());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private Plugin load(String... grants) {
        return load(LoadOptions.defaults().withGrants(Grants.of(grants)));
    }

    private Plugin load(LoadOptions options) {
        return engine.load(SamplePlugins.copyTo("grant-holder", folder), options);
    }

    private static String call(Plugin plugin, String command, String payload) {
        return plugin.call(command, payload.getBytes(UTF_8)).text();
    }

    private static String use(Plugin plugin, String use) {
        return call(plugin, "use", use);
    }

    private static Grant grant(String text) {
        return Grant.parse(text);
    }

    @Test
    void grant_holder() {
        try (Plugin holder =
                load("command:send=order.*", "fs:write=" + data + "::/data", "random")) {
            assertThat(call(holder, "held", ""))
                    .isEqualTo("[\"command:send=order.*\",\"fs:write=/data\",\"random\"]")
                    .doesNotContain(folder.toString());
            assertThat(use(holder, "s order.price")).isEqualTo("0");
            holder.setGrants(Grants.none());
            assertThat(call(holder, "held", "")).isEqualTo("[]");
            assertThat(use(holder, "s order.price")).isEqualTo("-1");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "command:send=order.price, 1",
        "command:send=order.price.now, 0",
        "command:send=order.*, -3",
        "command:send=, -3",
        "command:send, -3",
        "event:publish=seen.it, 0",
        "data:read=count.a, 1",
        "data:write=count.a, 0",
        "data:read=a/b, -3",
        "random, 1",
        "random=x, -3",
        "env, 0",
        "fs:read=/data, 1",
        "fs:read=/data/, -3",
        "fs:read=/data/x/y, 1",
        "fs:write=/data/x, 0",
        "fs:read=/data/secret/x, 0",
        "fs:read=/data/../etc, -3",
        "fs:read=/database, 0",
        "fs:write=/tmp/x, 1",
        "fs:read=/, -3",
        "net:outbound=tcp://192.0.2.1:443, 1",
        "net:outbound=tcp://192.0.2.1:80, 0",
        "net:outbound=udp://192.0.2.1:443, 0",
        "net:outbound=tcp://api.example.org:443, 1",
        "net:outbound=tcp://example.org:443, 0",
        "net:outbound=tcp://192.0.2.1, -3",
        "net:outbound=tcp://192.0.2.1:99999, -3",
        "net:outbound=tcp://[::1]:443, 0",
        "net:outbound=https://192.0.2.1:443, 0",
        "net:outbound=https://api.example.net:443, 1",
        "net:outbound=https://api.example.net:8443, 0",
        "net:outbound=http://api.example.net:443, 0",
        "host:call=desk.stock, 1",
        "host:call=desk.price.now, 0",
        "host:call=desk.*, -3",
        "net:outbound=ftp://a:1, -3",
        "net:inbound=tcp://127.0.0.1:8080, 0",
        "sys:exec=/bin/sh, 0",
        "sys:all, -3",
        "'', -3",
        "=, -3",
    })
    void aUseIsGrantedOrNot(String use, int expected) {
        LoadOptions options =
                LoadOptions.defaults()
                        .withGrants(
                                Grants.of(
                                        "command:send=order.*",
                                        "data:read=count.*",
                                        "random",
                                        "fs:read=" + data + "::/data",
                                        "net:outbound=tcp://192.0.2.0/24:443",
                                        "net:outbound=tcp://*.example.org:443",
                                        "net:outbound=https://*.example.net",
                                        "host:call=desk.*"))
                        .withDirectoryRules(
                                Map.of("/data", DirectoryRules.everything().deny("secret")))
                        .withScratch(List.of(Scratch.empty("/tmp")));
        try (PluginEngine all =
                        PluginEngine.builder()
                                .trust(TrustPolicy.off())
                                .allowUnrequested(true)
                                .build();
                Plugin holder = all.load(SamplePlugins.copyTo("grant-holder", folder), options)) {
            assertThat(call(holder, "query", use)).isEqualTo("" + expected);
            assertThat(all.audit().query(AuditQuery.all())).as("to ask is no use").isEmpty();
        }
    }

    @Test
    void filesFollowTheGrants() {
        try (Plugin holder = load()) {
            assertThat(use(holder, "r /data/file")).isEqualTo(NO_DIRECTORY);
            assertThat(holder.grant(grant("fs:read=" + data + "::/data"))).isTrue();
            assertThat(holder.grant(grant("fs:read=" + data + "::/data"))).isFalse();
            assertThat(use(holder, "r /data/file")).isEqualTo("0");
            assertThat(use(holder, "f /data/new")).isEqualTo(READ_ONLY);
            holder.grant(grant("fs:write=" + data + "::/data"));
            assertThat(use(holder, "f /data/new")).isEqualTo("0");
            holder.revoke(grant("fs:write=" + data + "::/data"));
            assertThat(use(holder, "f /data/new")).isEqualTo(READ_ONLY);
            holder.revoke(grant("fs:read=" + data + "::/data"));
            assertThat(use(holder, "r /data/file")).isNotEqualTo("0");
        }
    }

    @Test
    void whatIsOpenIsClosedAndWhatIsGrantedMeanwhileIsThere() {
        Grant write = grant("fs:write=" + data + "::/data");
        Grant read = grant("fs:read=" + data + "::/data");
        List<Plugin> loaded = new ArrayList<>();
        List<Runnable> pause = new ArrayList<>();
        engine.commands()
                .register(
                        "app.pause",
                        command -> {
                            pause.get(0).run();
                            return CommandResult.empty();
                        });
        Plugin holder = load(write.text(), "command:send=app.*");
        loaded.add(holder);
        pause.add(() -> holder.revoke(write));
        assertThat(call(holder, "keep", "/data/new"))
                .as("open, write to what was open, open again")
                .isEqualTo("0 " + BAD_DESCRIPTOR + " " + NO_DIRECTORY);
        pause.set(0, () -> holder.grant(write));
        holder.grant(read);
        assertThat(call(holder, "keep", "/data/new"))
                .as("what could only be read is written at once")
                .isEqualTo(READ_ONLY + " " + BAD_DESCRIPTOR + " 0");
        loaded.forEach(Plugin::close);
    }

    @Test
    void eventsComeOnceTheyAreGranted() {
        List<String> seen = new ArrayList<>();
        engine.events().subscribe("seen.*", event -> seen.add(event.topic()));
        try (Plugin holder = load("event:publish=seen.*")) {
            engine.events().publish("order.placed", new byte[0]);
            engine.events().awaitDelivery(Duration.ofSeconds(30));
            assertThat(seen).isEmpty();
            assertThat(engine.audit().query(AuditQuery.all().ofOperation("on_event"))).isEmpty();
            holder.grant(grant("event:subscribe=order.*"));
            engine.events().publish("order.placed", new byte[0]);
            engine.events().awaitDelivery(Duration.ofSeconds(30));
            assertThat(seen).containsExactly("seen.event");
        }
    }

    @Test
    void randomBytesCanBeGivenAgain() {
        try (Plugin holder = load("random")) {
            assertThat(use(holder, "n ")).isEqualTo("0");
            holder.revoke(grant("random"));
            assertThatThrownBy(() -> use(holder, "n "))
                    .isInstanceOf(CapabilityDeniedException.class);
            holder.grant(grant("random"));
            assertThat(use(holder, "n ")).isEqualTo("0");
        }
    }

    @Test
    void whatMayNotBeGrantedIsRefusedAndNothingChanges() {
        try (Plugin holder = load("command:send=order.*")) {
            Grants before = holder.grants();
            refused(ErrorCode.USAGE, () -> holder.grant(grant("sys:memory")));
            refused(ErrorCode.USAGE, () -> holder.revoke(grant("sys:memory")));
            refused(ErrorCode.USAGE, () -> holder.setGrants(Grants.of("sys:memory")));
            refused(
                    ErrorCode.GRANT_REFUSED,
                    () -> holder.grant(grant("net:outbound=tcp://192.0.2.1:443")));
            refused(
                    ErrorCode.GRANT_REFUSED,
                    () -> holder.setGrants(Grants.of("random", "net:inbound=tcp://127.0.0.1:1")));
            refused(ErrorCode.USAGE, () -> holder.grant(grant("fs:read=/no/such::/data")));
            assertThat(holder.grants()).isEqualTo(before);
            assertThat(engine.audit().query(AuditQuery.all().ofOperation("grant")))
                    .extracting(AuditRecord::allowed)
                    .containsExactly(false, false);
        }
    }

    private static void refused(ErrorCode code, Runnable change) {
        assertThatThrownBy(change::run)
                .isInstanceOf(UsageException.class)
                .extracting(failure -> ((CordonException) failure).code())
                .isEqualTo(code);
    }

    @Test
    void changesAreRecords() {
        try (Plugin holder = load("command:send=order.*")) {
            holder.setGrants(Grants.of("random", "data:read=**"));
            holder.revoke(grant("random"));
            use(holder, "s order.price");
            use(holder, "s order.price");
            assertThat(engine.audit().query(AuditQuery.all().ofPlugin("grant-holder")))
                    .extracting(
                            each ->
                                    each.operation()
                                            + " "
                                            + each.capability()
                                            + " "
                                            + each.subject()
                                            + " "
                                            + each.allowed()
                                            + " "
                                            + each.count())
                    .containsExactly(
                            "command_send command:send=order.price order.price false 1",
                            "command_send command:send=order.price order.price false 1",
                            "revoke random application true 1",
                            "grant data:read=** application true 1",
                            "grant random application true 1",
                            "revoke command:send=order.* application true 1");
        }
    }
}
