package dev.cordon.examples;

import dev.cordon.CrashPolicy;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.bridge.CommandResult;
import dev.cordon.error.CordonException;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.PluginHealth;
import dev.cordon.trust.TrustPolicy;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

/** Replaces a plugin that crashes too often by a new version. */
public final class LifecycleExample {
    private LifecycleExample() {}

    /** Lets the first release crash, loads the second, and prints what the callers saw. */
    public static void run(Path one, Path two, PrintStream out) {
        EngineListener listener =
                new EngineListener() {
                    @Override
                    public void pluginStateChanged(String plugin, PluginHealth health) {
                        out.println("now " + health.state());
                    }
                };
        CrashPolicy policy =
                CrashPolicy.open(command -> CommandResult.of("nobody knows"))
                        .withBackoff(Duration.ofSeconds(1), Duration.ofMinutes(1))
                        .withQuarantineAfter(1);
        LoadOptions options = LoadOptions.defaults().withCrashPolicy(policy);
        try (PluginEngine engine =
                        PluginEngine.builder().trust(TrustPolicy.off()).listener(listener).build();
                Plugin plugin = engine.load(one, options)) {
            engine.commands().register("release", plugin, "which");
            out.println(engine.commands().send("release", new byte[0]).text());
            call(plugin, "crash", out);
            call(plugin, "which", out);
            out.println(engine.commands().send("release", new byte[0]).text());
            plugin.reload(two);
            out.println(engine.commands().send("release", new byte[0]).text());
        }
    }

    private static void call(Plugin plugin, String command, PrintStream out) {
        try {
            out.println(plugin.call(command, new byte[0]).text());
        } catch (CordonException failure) {
            out.println(failure.code());
        }
    }
}
