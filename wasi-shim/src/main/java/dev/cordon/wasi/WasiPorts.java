package dev.cordon.wasi;

import dev.cordon.wasi.audit.AuditTrail;

/**
 * How the embedder has a say in what the functions do.
 *
 * @param meter makes guests pay for host functions
 * @param checkpoint says how long a guest may go on
 * @param listener hears of faults
 * @param audit takes note of what was decided about paths and addresses
 */
public record WasiPorts(
        HostCallMeter meter, Checkpoint checkpoint, WasiListener listener, AuditTrail audit) {
    /**
     * Ports of an embedder that has no say.
     *
     * @return free calls, endless waits, and nobody listening
     */
    public static WasiPorts none() {
        return new WasiPorts(
                HostCallMeter.FREE, Checkpoint.NONE, WasiListener.NONE, AuditTrail.none());
    }
}
