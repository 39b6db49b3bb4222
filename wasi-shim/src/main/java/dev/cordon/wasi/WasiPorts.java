package dev.cordon.wasi;

import dev.cordon.wasi.audit.AuditTrail;
import dev.cordon.wasi.audit.UseApproval;

/**
 * How the embedder has a say in what the functions do.
 *
 * @param meter makes guests pay for host functions
 * @param checkpoint says how long a guest may go on
 * @param listener hears of faults
 * @param audit takes note of what was decided about paths and addresses
 * @param approval has the last word on addresses and names
 */
public record WasiPorts(
        HostCallMeter meter,
        Checkpoint checkpoint,
        WasiListener listener,
        AuditTrail audit,
        UseApproval approval) {
    /**
     * Ports of an embedder that has no say.
     *
     * @return free calls, endless waits, and nobody listening
     */
    public static WasiPorts none() {
        return new WasiPorts(
                HostCallMeter.FREE,
                Checkpoint.NONE,
                WasiListener.NONE,
                AuditTrail.none(),
                UseApproval.NONE);
    }

    WasiPorts withMeter(HostCallMeter next) {
        return new WasiPorts(next, checkpoint, listener, audit, approval);
    }

    WasiPorts withCheckpoint(Checkpoint next) {
        return new WasiPorts(meter, next, listener, audit, approval);
    }

    WasiPorts withListener(WasiListener next) {
        return new WasiPorts(meter, checkpoint, next, audit, approval);
    }

    WasiPorts withAudit(AuditTrail next) {
        return new WasiPorts(meter, checkpoint, listener, next, approval);
    }

    WasiPorts withApproval(UseApproval next) {
        return new WasiPorts(meter, checkpoint, listener, audit, next);
    }
}
