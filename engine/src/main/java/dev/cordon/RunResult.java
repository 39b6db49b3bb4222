package dev.cordon;

import dev.cordon.monitor.CallReport;

/**
 * How a run ended by itself.
 *
 * @param exitStatus the guest's own, all 32 bits of it
 * @param report what the run used
 */
public record RunResult(int exitStatus, CallReport report) {}
