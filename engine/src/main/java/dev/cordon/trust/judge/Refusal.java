package dev.cordon.trust.judge;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.MalformedBundleException;
import dev.cordon.error.UntrustedPluginException;

/** Turns a rejection into the error that callers get. */
final class Refusal {
    private static final String VERIFY = "`cordon verify` says line by line why";

    private Refusal() {}

    static CordonException of(String plugin, ErrorCode code, String detail) {
        return switch (code) {
            case MALFORMED_MODULE, MALFORMED_MANIFEST ->
                    new MalformedBundleException(
                            code, plugin, detail, "build it again, and sign it afterwards");
            default -> new UntrustedPluginException(code, plugin, detail, help(code));
        };
    }

    private static String help(ErrorCode code) {
        return switch (code) {
            case UNSIGNED ->
                    "sign it with `cordon sign`, or state a policy that is off if you know its"
                            + " origin";
            case UNTRUSTED_KEY -> "add the key to a publisher of the policy, if it is theirs";
            case STALE_POLICY -> "get the current list of revocations";
            case REVOCATION_UNKNOWN -> "put the issuer's current list (CRL) into the folder";
            case ROLLBACK -> "use the newer release, or allow this downgrade once in the policy";
            case UNSIGNED_MANIFEST -> "embed it with `cordon sign --manifest`";
            case GRANT_SCOPE -> "widen `maxGrants` of the publisher, if it may have that";
            case PUBLISHER_SCOPE -> "widen `plugins` of the publisher, if it may publish that";
            case TRUST_STATE -> "repair the file; without it nobody knows what was seen before";
            case REVOKED, CERTIFICATE_REVOKED -> "use a release that is not revoked";
            default -> VERIFY;
        };
    }
}
