package dev.cordon.monitor;

/**
 * How one circuit breaker stands. Immutable.
 *
 * @param command the name of the commands that go through it
 * @param sender whose commands they are: {@code cordon:/host} or {@code cordon:/plugins/ID}
 * @param state {@code closed}: all go through; {@code open}: none do; {@code half-open}: a few do,
 *     to see whether to close
 * @param failurePercent of the last commands that were counted; -1 if they were too few
 * @param counted how many commands that is of
 * @param refused how many commands did not go through since it last closed
 */
public record BreakerReport(
        String command,
        String sender,
        String state,
        float failurePercent,
        int counted,
        long refused) {}
