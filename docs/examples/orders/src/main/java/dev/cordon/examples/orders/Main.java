package dev.cordon.examples.orders;

import dev.cordon.monitor.AuditRecord;
import dev.cordon.samples.SamplePlugins;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs the order service for a handful of orders and tells what happened. */
public final class Main {
    private static final List<String> PLUGINS =
            List.of("order-pricing", "extism-enrich", "command-relay", "trap-unreachable");

    private static final int ATTEMPTS = 4;

    private Main() {}

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException if there is no room for the plugins or no port for the catalog
     * @throws InterruptedException if the thread is to stop
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path plugins = Files.createTempDirectory("cordon-orders");
        try {
            run(plugins, System.out);
        } finally {
            for (String name : PLUGINS) {
                Files.deleteIfExists(plugins.resolve(name + ".wasm"));
                Files.deleteIfExists(plugins.resolve(name + ".cordon.json"));
            }
            Files.delete(plugins);
        }
    }

    static void run(Path plugins, PrintStream out) throws IOException, InterruptedException {
        PLUGINS.forEach(name -> SamplePlugins.copyTo(name, plugins));
        try (Catalog catalog = Catalog.start();
                OrderService service = new OrderService(plugins, catalog)) {
            out.println("Orders");
            out.println("  " + service.place("{\"id\":\"o-1\",\"item\":\"book\",\"quantity\":2}"));
            out.println("  " + service.place("{\"id\":\"o-2\",\"item\":\"pen\",\"quantity\":10}"));
            out.println("  " + service.place("{\"id\":\"o-3\",\"item\":\"lamp\",\"quantity\":1}"));
            out.println("Stored");
            service.stored().forEach(line -> out.println("  " + line));
            out.println("A plugin without grants places an order");
            out.println("  " + service.trespass());
            out.println("A plugin that crashes is asked for reports");
            for (int i = 0; i < ATTEMPTS; i++) {
                out.println("  " + service.report() + ", now " + service.reporterHealth().state());
                service.awaitReporter();
            }
            out.println("Audit, of each plugin the newest first");
            service.audit().forEach(entry -> out.println("  " + line(entry)));
        }
    }

    private static String line(AuditRecord entry) {
        String times = entry.count() == 1 ? "" : " x " + entry.count();
        String verdict = entry.allowed() ? "allowed" : "denied: " + entry.reason();
        return entry.plugin() + " " + entry.capability() + times + ": " + verdict;
    }
}
