package dev.cordon.examples;

import dev.cordon.CallOptions;
import dev.cordon.CallResult;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.Reply;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.PluginErrorException;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.quota.Quota;
import dev.cordon.trust.TrustPolicy;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Counts the words of a text with a plugin that nobody has to trust. */
public final class EmbeddingExample {
    /** What the plugin's command {@code top} answers a list of. */
    public record Word(String word, int count) {}

    private EmbeddingExample() {}

    /** Loads the plugin, calls it in several ways, and prints what came of it. */
    public static void run(Path wordCount, PrintStream out) {
        Quota quota =
                Quota.defaults()
                        .withFuelPerCall(100_000_000)
                        .withMemoryBytes(32 << 20)
                        .withDeadline(Duration.ofSeconds(5));
        EngineListener listener =
                new EngineListener() {
                    @Override
                    public void callEnded(CallReport report) {
                        out.println(report.command() + " ended: " + report.outcome());
                    }

                    @Override
                    public void guestLog(String plugin, GuestLogLevel level, String text) {
                        out.println(plugin + " says: " + text);
                    }
                };
        LoadOptions options =
                LoadOptions.defaults()
                        .withGrants(Grants.of("sys:memory"))
                        .withConfiguration(Map.of("top", "2"));

        try (PluginEngine engine =
                        PluginEngine.builder()
                                .trust(TrustPolicy.off())
                                .quota(quota)
                                .listener(listener)
                                .build();
                Plugin plugin = engine.load(wordCount, options)) {
            out.println(plugin.id() + " " + plugin.version() + " offers " + plugin.commands());

            // Bytes in, bytes out.
            byte[] text = "to be or not to be".getBytes(StandardCharsets.UTF_8);
            CallResult result = plugin.call("top", text);
            out.println(result.text());

            // The same result as a value.
            out.println(List.of(result.as(Word[].class)));

            // A value in, a value out: Jackson maps both.
            Reply<Word[]> reply = plugin.call("top", List.of("a", "b", "a"), Word[].class);
            out.println(reply.value()[0]);

            // One call with less than the plugin may have.
            CallOptions little =
                    CallOptions.defaults().withQuota(Quota.widest().withFuelPerCall(1_000));
            try {
                plugin.call("count", text, little);
            } catch (QuotaExceededException stopped) {
                out.println(stopped.getMessage());
            } catch (PluginErrorException error) {
                out.println("the plugin answered with an error: " + error.text());
            } catch (CordonException refused) {
                out.println("anything else that can happen: " + refused.code());
            }
        }
    }
}
