package dev.cordon.guest;

import dev.cordon.capability.GrantKind;
import dev.cordon.http.HttpAnswer;
import dev.cordon.http.HttpProblem;
import dev.cordon.http.HttpRequest;
import dev.cordon.runtime.GuestInstance;
import dev.cordon.wasi.EgressWatch;
import dev.cordon.wasi.audit.AccessDecision.Use;
import dev.cordon.wasi.audit.AuditTrail;

/**
 * One request over HTTP as a part of a call: paid with its fuel, ended by its deadline and its
 * cancellation, told in its report. For any ABI.
 */
final class HttpCall implements EgressWatch {
    /** The operation in records. */
    static final String OPERATION = "http_request";

    private final GuestInstance guest;
    private final GuestCall call;

    HttpCall(GuestInstance guest, GuestCall call) {
        this.guest = guest;
        this.call = call;
    }

    /**
     * Sends a request and waits for the answer, whose bytes are paid for before they are kept.
     *
     * @param maxBody most bytes of the answer's body
     * @throws HttpProblem if there is no answer
     * @throws dev.cordon.error.CordonException if the call ends meanwhile
     */
    HttpAnswer send(HttpRequest request, long maxBody) throws HttpProblem {
        PluginDoors doors = call.settings().doors();
        AuditTrail trail =
                doors.trail().overheard(refusal -> call.noteDenied(doors.capability(refusal)));
        HttpAnswer answer = doors.http().client().send(request, maxBody, OPERATION, trail, this);
        guest.checkpoint();
        return answer;
    }

    @Override
    public boolean approves(String operation, String subject) {
        UseGate gate = call.settings().doors().gate();
        if (!gate.hasBroker()) {
            return true;
        }
        String capability = Audits.address(Use.NET_OUTBOUND, subject);
        Ruling ruling = gate.ask(operation, GrantKind.NET_OUTBOUND, capability, subject, true);
        guest.charge(ruling.fuel());
        return ruling.allowed();
    }

    @Override
    public void check() {
        guest.checkpoint();
    }

    @Override
    public void charge(long bytes) {
        guest.charge(bytes >>> 3);
    }

    @Override
    public void moved(boolean inbound, long bytes) {
        call.noteNetwork(inbound, bytes);
    }
}
