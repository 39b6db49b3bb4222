package dev.cordon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bridge.CommandResult;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.data.AccessLevel;
import dev.cordon.data.AccessRule;
import dev.cordon.data.DataClient;
import dev.cordon.monitor.AuditQuery;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Grants that come and go while guests use them as fast as they can. */
class LivePermissionsHammerTest {
    private static final Grant SEND = Grant.parse("command:send=order.price");
    private static final int GUESTS = 2;
    private static final int CHANGES = 200;

    @TempDir private Path folder;

    @Test
    void nothingIsAllowedAfterItWasTakenBack() {
        AtomicLong handled = new AtomicLong();
        AtomicLong whileRevoked = new AtomicLong();
        try (PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build()) {
            engine.commands()
                    .register(
                            "order.price",
                            command -> {
                                handled.incrementAndGet();
                                return CommandResult.empty();
                            });
            engine.data().setRules(List.of(AccessRule.plugins("stop", "**", AccessLevel.READ)));
            DataClient app = engine.data().application("app");
            LoadOptions options =
                    LoadOptions.defaults()
                            .withGrants(Grants.of("data:read=stop"))
                            .withQuota(Quota.widest().withDeadline(Duration.ofSeconds(60)));
            try (Plugin holder =
                    engine.load(SamplePlugins.copyTo("grant-holder", folder), options)) {
                List<CompletableFuture<CallResult>> guests = new ArrayList<>();
                for (int i = 0; i < GUESTS; i++) {
                    guests.add(holder.callAsync("spin", "s order.price".getBytes(UTF_8)));
                }
                for (int i = 0; i < CHANGES; i++) {
                    holder.grant(SEND);
                    Thread.yield();
                    holder.revoke(SEND);
                    long atOnce = handled.get();
                    Thread.yield();
                    whileRevoked.accumulateAndGet(handled.get() - atOnce, Math::max);
                }
                app.put("stop", new byte[1]);
                long allowed =
                        guests.stream().mapToLong(each -> Long.parseLong(each.join().text())).sum();
                assertThat(allowed).isEqualTo(handled.get());
                // What had begun when it was taken back may end: one use for each guest.
                assertThat(whileRevoked.get()).isLessThanOrEqualTo(GUESTS);
                AuditQuery sends = AuditQuery.all().ofOperation("command_send");
                assertThat(engine.audit().count(sends.onlyAllowed())).isEqualTo(allowed);
            }
        }
    }

    @Test
    void directoriesComeAndGoWhileTheyAreUsed() {
        Grant read = Grant.parse("fs:read=" + folder + "::/data");
        Grant write = Grant.parse("fs:write=" + folder + "::/data");
        try (PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build();
                Plugin holder = engine.load(SamplePlugins.copyTo("grant-holder", folder))) {
            byte[] use = "f /data/new".getBytes(UTF_8);
            List<CompletableFuture<CallResult>> calls = new ArrayList<>();
            for (int i = 0; i < CHANGES; i++) {
                holder.grant(read);
                calls.add(holder.callAsync("use", use));
                holder.grant(write);
                calls.add(holder.callAsync("use", use));
                holder.revoke(write);
                assertThat(holder.call("use", use).text()).as("read-only").isEqualTo("69");
                calls.add(holder.callAsync("use", use));
                holder.setGrants(Grants.none());
                assertThat(holder.call("use", use).text()).as("denied").isNotEqualTo("0");
            }
            assertThat(calls).allSatisfy(each -> each.join());
        }
    }
}
