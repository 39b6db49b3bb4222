package dev.cordon.benchmarks;

import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.util.ArrayList;
import java.util.List;

/** How much Java heap do loaded plugins take, each with an instance of one page of memory? */
public final class Footprint {
    private static final byte[] NOTHING = new byte[0];
    private static final int MEBIBYTE = 1 << 20;

    private Footprint() {}

    /**
     * Loads one plugin many times, calls each once, and prints the heap that is in use after it.
     *
     * @param args how many plugins; 10,000 unless given
     */
    public static void main(String[] args) {
        int plugins = args.length == 0 ? 10_000 : Integer.parseInt(args[0]);
        byte[] module = SamplePlugins.bytes("state-counter");
        long before = used();
        try (PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build()) {
            List<Plugin> loaded = new ArrayList<>(plugins);
            for (int i = 0; i < plugins; i++) {
                Plugin plugin = engine.load("plugin-" + i, module, LoadOptions.defaults());
                plugin.call("next", NOTHING);
                loaded.add(plugin);
            }
            long taken = used() - before;
            System.out.printf(
                    "%d plugins, an instance each: %d MiB of heap, %d bytes each%n",
                    loaded.size(), taken / MEBIBYTE, taken / plugins);
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
