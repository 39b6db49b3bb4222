package dev.cordon.cli;

import dev.cordon.PluginEngine;
import dev.cordon.PluginEngineBuilder;
import dev.cordon.data.DataQuota;
import dev.cordon.data.SharedData;
import dev.cordon.quota.Quota;
import dev.cordon.trust.TrustMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** {@code cordon serve}. */
final class ServeCommand {
    private final Console console;
    private final Optional<Path> cache;

    ServeCommand(Console console, Optional<Path> cache) {
        this.console = console;
        this.cache = cache;
    }

    /** Serves until the process, or this thread, is told to end. */
    int run(ParseResult options) {
        ServeSettings settings = ServeSettings.of(options);
        HostLog log = new HostLog(console, settings.verbosity());
        if (settings.config().trust().mode() == TrustMode.OFF) {
            log.note(
                    "note: signatures are not checked; `trust` in the --config file asks for them");
        }
        try (StopSignal stop = new StopSignal(settings.grace())) {
            host(settings, log, stop);
            log.note("ended");
        }
        return ExitStatus.SUCCESS;
    }

    private void host(ServeSettings settings, HostLog log, StopSignal stop) {
        try (SharedData data = data(settings);
                PluginEngine engine = engine(settings, data, log)) {
            PluginHost host =
                    new PluginHost(engine, settings.config().plugins(), log, settings.grace());
            ServeLoop loop = new ServeLoop(settings, host, log);
            loop.start(stop);
            serve(settings, engine, host, loop, log, stop);
        }
    }

    private static void serve(
            ServeSettings settings,
            PluginEngine engine,
            PluginHost host,
            ServeLoop loop,
            HostLog log,
            StopSignal stop) {
        if (settings.http().isEmpty()) {
            log.note("serving " + host.hosted().size() + " plugins, without HTTP");
            loop.run(stop);
            log.note("ending");
            engine.events().awaitDelivery(settings.grace());
            return;
        }
        BearerToken token = settings.token().orElseGet(BearerToken::random);
        HttpRoutes routes = new HttpRoutes(engine, host);
        try (HttpEndpoint http = HttpEndpoint.start(settings.http().get(), token, routes, log)) {
            if (settings.token().isEmpty()) {
                log.error("token: " + token.text());
            }
            log.note("serving " + host.hosted().size() + " plugins at " + http.url());
            loop.run(stop);
            log.note("ending");
            long start = System.nanoTime();
            http.drain(settings.grace());
            Duration left = settings.grace().minusNanos(System.nanoTime() - start);
            engine.events().awaitDelivery(left.isNegative() ? Duration.ZERO : left);
            engine.close(); // before the endpoint, so that calls it stops are still answered
            http.drain(ANSWERS);
        }
    }

    /** How long answers about calls that were stopped may take to be written. */
    private static final Duration ANSWERS = Duration.ofSeconds(1);

    private static SharedData data(ServeSettings settings) {
        return settings.config()
                .engine()
                .data()
                .map(folder -> SharedData.onDisk(folder, DataQuota.defaults()))
                .orElseGet(SharedData::inMemory);
    }

    private PluginEngine engine(ServeSettings settings, SharedData data, HostLog log) {
        HostConfig config = settings.config();
        PluginEngineBuilder builder =
                PluginEngine.builder()
                        .engine(settings.engine())
                        .quota(QuotaNames.set(Quota.defaults(), config.engine().quota()))
                        .trust(config.trust())
                        .allowUnrequested(config.allowUnrequested())
                        .data(data)
                        .listener(log);
        config.engine().maxCallsInParallel().ifPresent(builder::maxCallsInParallel);
        Optional<Path> compiled = config.engine().cacheOff() ? Optional.empty() : cache;
        config.engine().cache().or(() -> compiled).ifPresent(builder::cache);
        return builder.build();
    }
}
