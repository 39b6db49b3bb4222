package dev.cordon.monitor;

import java.util.List;
import java.util.Map;

/**
 * What one call used and how it ended. Immutable.
 *
 * @param plugin the plugin's id
 * @param digest SHA-256 of the module's bytes as loaded, 64 hexadecimal digits
 * @param command the command's name
 * @param outcome one of the words that {@link Outcome} explains
 * @param exitStatus what the guest returned or exited with, all 32 bits of it; 0 for success, -1 if
 *     the guest was stopped or never started
 * @param fuelUsed units of fuel, start-up included; equal to {@code fuelLimit} if it ran out
 * @param fuelLimit units of fuel that it had; {@link Long#MAX_VALUE} for no limit
 * @param memoryPeakBytes most linear memory that the guest had
 * @param wallNanos time by the wall clock, waiting for an instance included
 * @param cpuNanos processor time of the calling thread; -1 where it was not measured
 * @param compileNanos how long it took to compile the plugin when it was loaded
 * @param compileCached whether the compiled code came from the cache
 * @param hostCalls how often each host function was used, by {@code module.name}; without those
 *     that were not used
 * @param bytesRead bytes that the guest read from its payload, its responses, its streams and files
 * @param bytesWritten bytes that the guest wrote to its result, its error text, its streams and
 *     files
 * @param netBytesIn bytes received from the network
 * @param netBytesOut bytes sent to the network
 * @param denied grants that the guest would have needed for what it was refused, such as {@code
 *     fs:write=/data}; at most 100
 * @param engine how the module was executed, {@code compiled} or {@code interpreter}
 */
public record CallReport(
        String plugin,
        String digest,
        String command,
        String outcome,
        int exitStatus,
        long fuelUsed,
        long fuelLimit,
        long memoryPeakBytes,
        long wallNanos,
        long cpuNanos,
        long compileNanos,
        boolean compileCached,
        Map<String, Long> hostCalls,
        long bytesRead,
        long bytesWritten,
        long netBytesIn,
        long netBytesOut,
        List<String> denied,
        String engine) {}
