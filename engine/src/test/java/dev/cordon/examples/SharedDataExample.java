package dev.cordon.examples;

import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.capability.Grants;
import dev.cordon.data.AccessLevel;
import dev.cordon.data.AccessRule;
import dev.cordon.data.DataClient;
import dev.cordon.data.DataQuota;
import dev.cordon.data.SharedData;
import dev.cordon.trust.TrustPolicy;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Lets two plugins share a count, and keeps a secret from one of them. */
public final class SharedDataExample {
    private SharedDataExample() {}

    /** Counts with one plugin, snoops with another, and prints what came of it. */
    public static void run(Path folder, Path counterFile, Path snooperFile, PrintStream out) {
        DataQuota quota = DataQuota.defaults().withPlugin(100, 1 << 20);
        LoadOptions granted =
                LoadOptions.defaults()
                        .withGrants(Grants.of("data:read=shop.**", "data:write=shop.**"));

        try (SharedData data = SharedData.onDisk(folder, quota);
                PluginEngine engine =
                        PluginEngine.builder().trust(TrustPolicy.off()).data(data).build();
                Plugin counter = engine.load(counterFile, granted);
                Plugin snooper = engine.load(snooperFile, granted)) {
            // Everybody else may do what a rule says, and nothing without one.
            data.setRules(
                    List.of(
                            AccessRule.plugins("shop.visits", "*", AccessLevel.WRITE),
                            AccessRule.applications("shop.**", "reports", AccessLevel.READ)));
            data.onChange(change -> out.println(change.key() + " was written by " + change.user()));

            // The application is a user like the plugins are.
            DataClient shop = data.application("shop");
            shop.put("shop.secret", bytes("the plan"));

            out.println("count: " + counter.call("add", bytes("shop.visits")).text());
            out.println("count: " + counter.call("add", bytes("shop.visits")).text());
            out.println("snooper: " + snooper.call("run", bytes("shop.secret")).text());

            // Write only if nobody else did in between.
            long version = shop.get("shop.secret").orElseThrow().version();
            out.println(shop.compareAndSet("shop.secret", version, bytes("another")).isPresent());
            out.println(shop.compareAndSet("shop.secret", version, bytes("too late")).isPresent());
            out.println(data.application("reports").keys());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
