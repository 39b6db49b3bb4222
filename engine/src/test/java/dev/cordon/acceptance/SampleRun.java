package dev.cordon.acceptance;

import dev.cordon.CallOptions;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.RunOptions;
import dev.cordon.RunResult;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.monitor.CallReport;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One run of a sample that is a WASI command, and what came of it. */
record SampleRun(int status, String out, String err, CallReport report) {
    /** What a run may do and gets; every {@code with} method changes it. */
    static final class Setting {
        private final PluginEngine engine;
        private final String sample;
        private final List<String> grants = new ArrayList<>(List.of("stdio", "env", "random"));
        private LoadOptions options =
                LoadOptions.defaults()
                        .withQuota(Quota.widest().withDeadline(Duration.ofSeconds(60)));
        private RunOptions run = RunOptions.defaults();

        Setting(PluginEngine engine, String sample) {
            this.engine = engine;
            this.sample = sample;
        }

        Setting grant(String grant) {
            grants.add(grant);
            return this;
        }

        Setting options(java.util.function.UnaryOperator<LoadOptions> change) {
            options = change.apply(options);
            return this;
        }

        Setting environment(java.util.Map<String, String> environment) {
            run = run.withEnvironment(environment);
            return this;
        }

        Setting listeners(ServerSocketChannel... sockets) {
            run = run.withListeners(List.of(sockets));
            return this;
        }

        Setting call(CallOptions call) {
            run = run.withCall(call);
            return this;
        }

        Plugin load() {
            return engine.load(
                    sample,
                    SamplePlugins.bytes(sample),
                    options.withGrants(Grants.of(grants.toArray(String[]::new))));
        }

        SampleRun run(String... args) {
            try (Plugin plugin = load()) {
                return run(plugin, args);
            }
        }

        SampleRun run(Plugin plugin, String... args) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            RunResult result =
                    plugin.run(
                            run.withArgs(List.of(args))
                                    .withStreams(InputStream.nullInputStream(), out, err));
            return new SampleRun(
                    result.exitStatus(),
                    out.toString(StandardCharsets.UTF_8),
                    err.toString(StandardCharsets.UTF_8),
                    result.report());
        }

        CordonException failure(String... args) {
            try {
                SampleRun run = run(args);
                throw new AssertionError(sample + " ended with " + run);
            } catch (CordonException failure) {
                return failure;
            }
        }
    }
}
