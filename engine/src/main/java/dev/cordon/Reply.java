package dev.cordon;

import dev.cordon.monitor.CallReport;

/**
 * What a plugin answered to a typed call.
 *
 * @param value the result, mapped from JSON
 * @param report what the call used
 * @param <T> the result's type
 */
public record Reply<T>(T value, CallReport report) {}
