package dev.cordon.monitor;

/**
 * What became of one dispatch of a command. Immutable.
 *
 * @param name the command's name; printable, of bounded length
 * @param sender {@code cordon:/host} or {@code cordon:/plugins/ID}
 * @param handler the same; empty if it reached nobody
 * @param outcome one of the words that {@link Outcome} explains
 * @param depth how many commands it stood in, itself included
 * @param wallNanos time by the wall clock, waiting included
 * @param fuelUsed units of fuel that plugins used for it
 * @param traceparent where it belongs in a trace
 */
public record CommandReport(
        String name,
        String sender,
        String handler,
        String outcome,
        int depth,
        long wallNanos,
        long fuelUsed,
        String traceparent) {}
