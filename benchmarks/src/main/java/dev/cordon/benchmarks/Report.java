package dev.cordon.benchmarks;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Prints what metered code costs beside each peer, as ratios: runs {@link KernelBenchmark}, or
 * reads the JSON files that JMH wrote of earlier runs of it.
 */
public final class Report {
    private static final List<String> PEERS = List.of("chicory", "unmetered", "java");

    private Report() {}

    /**
     * Prints one table per run.
     *
     * @param files JSON files of JMH; none runs the benchmark here, with its own settings
     * @throws IOException if a file cannot be read
     * @throws RunnerException if the benchmark fails
     */
    public static void main(String[] files) throws IOException, RunnerException {
        if (files.length == 0) {
            print(KernelScores.of(run()));
        }
        for (String file : files) {
            print(KernelScores.read(new File(file)));
        }
    }

    private static Iterable<RunResult> run() throws RunnerException {
        String name = KernelBenchmark.class.getName();
        return new Runner(new OptionsBuilder().include(name).shouldFailOnError(true).build()).run();
    }

    private static void print(KernelScores scores) {
        System.out.println(scores.conditions());
        System.out.println();
        System.out.println("| kernel | metered, µs | / chicory | / unmetered | / java |");
        System.out.println("|---|---|---|---|---|");
        for (String kernel : scores.kernels()) {
            Score metered = scores.of(kernel, "metered");
            List<String> cells = new ArrayList<>(List.of(kernel, metered.text()));
            for (String peer : PEERS) {
                cells.add(metered.over(scores.of(kernel, peer)).text());
            }
            System.out.println("| " + String.join(" | ", cells) + " |");
        }
        List<String> means = new ArrayList<>(List.of("geometric mean", ""));
        for (String peer : PEERS) {
            means.add(String.format(Locale.ROOT, "%.2f", geometricMean(scores, peer)));
        }
        System.out.println("| " + String.join(" | ", means) + " |");
    }

    private static double geometricMean(KernelScores scores, String peer) {
        return Math.exp(
                scores.kernels().stream()
                        .map(kernel -> scores.of(kernel, "metered").over(scores.of(kernel, peer)))
                        .mapToDouble(ratio -> Math.log(ratio.value()))
                        .average()
                        .orElse(Double.NaN));
    }
}
