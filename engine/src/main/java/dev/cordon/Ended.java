package dev.cordon;

import dev.cordon.monitor.CallReport;

/**
 * A call that came to its end.
 *
 * @param output what the guest wrote as its result
 * @param status what it returned or exited with
 * @param report what it used
 */
record Ended(byte[] output, int status, CallReport report) {}
