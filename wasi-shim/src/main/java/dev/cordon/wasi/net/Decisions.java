package dev.cordon.wasi.net;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.audit.AccessDecision.Use;
import dev.cordon.wasi.audit.UseApproval;

/**
 * Decides about addresses and names: the rules first, then whoever has the last word. Thread-safe.
 */
public final class Decisions {
    private static final String APPROVED = "approved by the embedder";
    private static final String DISAPPROVED = "disapproved by the embedder";

    private final Audit audit;
    private final UseApproval approval;

    /** Hears what was decided about an address or a name. */
    @FunctionalInterface
    public interface Audit {
        /**
         * Something was decided.
         *
         * @param operation the host function
         * @param use what for
         * @param subject the address or the name
         * @param allowed whether it goes on
         * @param reason why not, or who allowed it where no rule did
         */
        void decided(String operation, Use use, String subject, boolean allowed, String reason);
    }

    /**
     * A way to decide.
     *
     * @param audit hears of everything
     * @param approval has the last word
     */
    public Decisions(Audit audit, UseApproval approval) {
        this.audit = audit;
        this.approval = approval;
    }

    /** Whether something may be reached that no rule is about. */
    boolean mayApprove() {
        return approval != UseApproval.NONE;
    }

    /**
     * Decides, and takes note of it.
     *
     * @param whyNot what the rules say against it; empty when they allow it
     * @return whether it was allowed by somebody else than the rules
     * @throws Refusal {@code EACCES} when it is not allowed
     */
    boolean decide(String operation, Use use, String subject, String whyNot) throws Refusal {
        boolean byRule = whyNot.isEmpty();
        boolean allowed = approval.approves(operation, use, subject, byRule);
        String reason = whyNot;
        if (allowed != byRule) {
            reason = allowed ? APPROVED : DISAPPROVED;
        }
        audit.decided(operation, use, subject, allowed, reason);
        if (!allowed) {
            throw Refusal.of(Errno.ACCES);
        }
        return !byRule;
    }

    /**
     * Refuses what nobody may allow, and takes note of it.
     *
     * @throws Refusal always {@code EACCES}
     */
    void refuse(String operation, Use use, String subject, String reason) throws Refusal {
        audit.decided(operation, use, subject, false, reason);
        throw Refusal.of(Errno.ACCES);
    }
}
