package dev.cordon.examples;

import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.bridge.CommandResult;
import dev.cordon.capability.CapabilityBroker;
import dev.cordon.capability.CapabilityRequest;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.monitor.AuditQuery;
import dev.cordon.trust.TrustPolicy;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Changes what a plugin may do while it runs, and asks afterwards what it did. */
public final class PermissionsExample {
    private PermissionsExample() {}

    /** Gives, takes and decides, and prints what came of it. */
    public static void run(Path holderFile, Path data, PrintStream out) {
        LoadOptions granted =
                LoadOptions.defaults()
                        .withGrants(
                                Grants.of("command:send=order.*", "fs:read=" + data + "::/data"));
        try (PluginEngine engine =
                        PluginEngine.builder()
                                .trust(TrustPolicy.off())
                                .broker(request -> decide(request, out))
                                .build();
                Plugin plugin = engine.load(holderFile, granted)) {
            engine.commands().register("order.price", command -> CommandResult.of("42"));
            out.println("it holds " + call(plugin, "held", ""));
            out.println("query: " + call(plugin, "query", "command:send=order.price"));

            // Widen and narrow, one by one or all at once.
            Grant write = Grant.parse("fs:write=" + data + "::/data");
            out.println("write: " + call(plugin, "use", "f /data/new"));
            plugin.grant(write);
            out.println("write: " + call(plugin, "use", "f /data/new"));
            plugin.revoke(write);
            plugin.setGrants(Grants.of("data:write=count.*"));
            out.println("it holds " + call(plugin, "held", ""));

            // What no grant covers is for the broker to decide.
            out.println("send: " + call(plugin, "use", "s order.price"));
            out.println("read: " + call(plugin, "use", "g count.words"));

            AuditQuery changes = AuditQuery.all().ofPlugin(plugin.id()).ofCapability("command:");
            engine.audit()
                    .query(changes)
                    .forEach(
                            entry ->
                                    out.println(
                                            entry.operation()
                                                    + " "
                                                    + entry.capability()
                                                    + ": "
                                                    + entry.allowed()
                                                    + " "
                                                    + entry.reason()));
            out.println(engine.audit().count(AuditQuery.all().onlyDenied()) + " uses were denied");
        }
    }

    private static CapabilityBroker.Answer decide(CapabilityRequest request, PrintStream out) {
        out.println(request.plugin() + " asks for " + request.capability());
        return request.subject().equals("order.price")
                ? CapabilityBroker.Answer.ALLOW_ONCE
                : CapabilityBroker.Answer.DENY;
    }

    private static String call(Plugin plugin, String command, String payload) {
        return plugin.call(command, payload.getBytes(StandardCharsets.UTF_8)).text();
    }
}
