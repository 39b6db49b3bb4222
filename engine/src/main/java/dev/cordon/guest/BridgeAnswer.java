package dev.cordon.guest;

import dev.cordon.error.CordonException;
import org.jspecify.annotations.Nullable;

/**
 * What came back over the bridge.
 *
 * @param payload the answer; empty if there is a failure
 * @param failure why there is no answer, or null
 * @param fuelUsed units that the receiver used, which the caller pays
 */
public record BridgeAnswer(byte[] payload, @Nullable CordonException failure, long fuelUsed) {}
