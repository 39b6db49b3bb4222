package dev.cordon.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.RunResult;

/** What one run of {@link KernelBenchmark} measured, by kernel and engine. */
final class KernelScores {
    private final Map<String, Map<String, Score>> byKernel = new LinkedHashMap<>();
    private String conditions = "";

    private KernelScores() {}

    static KernelScores of(Iterable<RunResult> results) {
        KernelScores scores = new KernelScores();
        for (RunResult result : results) {
            BenchmarkParams run = result.getParams();
            scores.conditions =
                    conditions(
                            run.getJdkVersion(),
                            run.getForks(),
                            iterations(run.getWarmup()),
                            iterations(run.getMeasurement()));
            var primary = result.getPrimaryResult();
            Score score = new Score(primary.getScore(), primary.getScoreError());
            scores.add(run.getParam("kernel"), run.getParam("engine"), score);
        }
        return scores;
    }

    static KernelScores read(File json) throws IOException {
        KernelScores scores = new KernelScores();
        for (JsonNode run : new ObjectMapper().readTree(json)) {
            if (!run.path("benchmark").asText().contains(KernelBenchmark.class.getName())) {
                continue;
            }
            scores.conditions =
                    conditions(
                            run.path("jdkVersion").asText(),
                            run.path("forks").asInt(),
                            iterations(run, "warmup"),
                            iterations(run, "measurement"));
            JsonNode primary = run.path("primaryMetric");
            double error = primary.path("scoreError").asDouble(Double.NaN);
            JsonNode params = run.path("params");
            scores.add(
                    params.path("kernel").asText(),
                    params.path("engine").asText(),
                    new Score(primary.path("score").asDouble(), error));
        }
        return scores;
    }

    private static String iterations(IterationParams phase) {
        return phase.getCount() + " × " + phase.getTime();
    }

    private static String iterations(JsonNode run, String phase) {
        return run.path(phase + "Iterations").asInt() + " × " + run.path(phase + "Time").asText();
    }

    private static String conditions(String jdk, int forks, String warmup, String measurement) {
        return "JDK %s, forks: %d, warm-up %s, measured %s, errors at 99.9 %%"
                .formatted(jdk, forks, warmup, measurement);
    }

    private void add(String kernel, String engine, Score score) {
        byKernel.computeIfAbsent(kernel, k -> new LinkedHashMap<>()).put(engine, score);
    }

    String conditions() {
        return conditions;
    }

    Collection<String> kernels() {
        return byKernel.keySet();
    }

    /** The score, or NaN when the run left this engine out. */
    Score of(String kernel, String engine) {
        return byKernel.getOrDefault(kernel, Map.of())
                .getOrDefault(engine, new Score(Double.NaN, Double.NaN));
    }
}
