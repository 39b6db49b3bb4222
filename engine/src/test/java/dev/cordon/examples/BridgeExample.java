package dev.cordon.examples;

import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.bridge.CommandResult;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import dev.cordon.trust.TrustPolicy;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Lets plugins and an application send each other commands and events. */
public final class BridgeExample {
    /** What the plugin's command {@code top} answers a list of. */
    public record Word(String word, int count) {}

    private BridgeExample() {}

    /** Connects two plugins, sends commands and an event, and prints what came of it. */
    public static void run(Path wordCount, Path eventRelay, PrintStream out) {
        EngineListener listener =
                new EngineListener() {
                    @Override
                    public void audited(AuditRecord entry) {
                        out.println(
                                entry.plugin()
                                        + (entry.allowed() ? " may use " : " may not use ")
                                        + entry.capability());
                    }
                };
        LoadOptions publisher =
                LoadOptions.defaults().withGrants(Grants.of("event:publish=text.*"));
        LoadOptions counter = LoadOptions.defaults().withGrants(Grants.of("sys:memory"));
        try (PluginEngine engine =
                        PluginEngine.builder().trust(TrustPolicy.off()).listener(listener).build();
                Plugin words = engine.load(wordCount, counter);
                Plugin relay = engine.load(eventRelay, publisher)) {
            commands(engine, words, out);
            events(engine, relay, out);
        }
    }

    private static void commands(PluginEngine engine, Plugin words, PrintStream out) {
        engine.commands().register("text.top", words, "top");
        engine.commands().register("text.length", String.class, String::length);
        engine.commands()
                .use(
                        (command, next) -> {
                            out.println(command.sender() + " sends " + command.name());
                            return next.proceed(command.payload());
                        });
        CommandResult top = engine.commands().send("text.top", bytes("to be or not to be"));
        out.println("top: " + top.text());
        out.println("length: " + engine.commands().send("text.length", "to be", Integer.class));
        try {
            engine.commands().send("text.translate", bytes("to be"));
        } catch (CordonException nobody) {
            out.println(nobody.code());
        }
    }

    private static void events(PluginEngine engine, Plugin relay, PrintStream out) {
        engine.events()
                .subscribe(
                        "text.**",
                        event -> out.println(event.topic() + " of " + event.publisher()));
        for (String topic : List.of("text.counted", "order.placed")) {
            // The sample takes a topic, its length in front, and publishes on it.
            relay.call("publish", bytes((char) topic.length() + topic + "{\"words\":6}"));
            engine.events().awaitDelivery(Duration.ofSeconds(10));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
