package dev.cordon.benchmarks;

import java.util.Locale;

/**
 * A measured time in microseconds, or the ratio of two.
 *
 * @param value the mean
 * @param error half of the 99.9 % confidence interval, NaN when it was measured once only
 */
record Score(double value, double error) {
    /** The ratio to a peer; errors add up as those of independent measurements. */
    Score over(Score peer) {
        double ratio = value / peer.value;
        return new Score(ratio, ratio * Math.hypot(error / value, peer.error / peer.value));
    }

    String text() {
        return String.format(Locale.ROOT, "%.2f ± %.2f", value, error);
    }
}
