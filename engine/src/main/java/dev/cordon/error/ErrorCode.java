package dev.cordon.error;

/**
 * The stable codes of everything that Cordon refuses or stops.
 *
 * <p>The hundreds say which step spoke: 1 bundle, 2 trust, 3 module, 4 capability, 5 quota, 6
 * guest, 7 use of the engine, 9 a defect of Cordon itself. Codes never change their meaning.
 */
public enum ErrorCode {
    /** The file could not be read. */
    UNREADABLE(101, Exit.REFUSED),
    /** The file is larger than a plugin may be. */
    BUNDLE_TOO_LARGE(102, Exit.REFUSED),
    /** The bytes are not a WebAssembly module. */
    MALFORMED_MODULE(103, Exit.REFUSED),
    /** The manifest cannot be understood. */
    MALFORMED_MANIFEST(104, Exit.REFUSED),
    /** The file is a WebAssembly component, which Cordon does not run. */
    COMPONENT(105, Exit.REFUSED),

    /** A signature is required and there is none. */
    UNSIGNED(201, Exit.REFUSED),
    /** A signature or a signed statement breaks the rules of its format. */
    MALFORMED_SIGNATURE(202, Exit.REFUSED),
    /** No signature is a valid one over these bytes. */
    NO_VALID_SIGNATURE(203, Exit.REFUSED),
    /** A signature is valid, and no publisher of the policy has its key or certificate. */
    UNTRUSTED_KEY(204, Exit.REFUSED),
    /** A key is too short, or of a kind that proves nothing. */
    WEAK_KEY(205, Exit.REFUSED),
    /** A signature or certificate uses an algorithm that is not on the list. */
    ALGORITHM_NOT_ALLOWED(206, Exit.REFUSED),
    /** A certificate was no longer valid when the signature was made. */
    CERTIFICATE_EXPIRED(207, Exit.REFUSED),
    /** A certificate was not yet valid when the signature was made. */
    CERTIFICATE_NOT_YET_VALID(208, Exit.REFUSED),
    /** A certificate was revoked by its issuer. */
    CERTIFICATE_REVOKED(209, Exit.REFUSED),
    /** Nothing fresh says whether a certificate was revoked. */
    REVOCATION_UNKNOWN(210, Exit.REFUSED),
    /** A certificate is not made for what it was used for. */
    WRONG_KEY_USAGE(211, Exit.REFUSED),
    /** A certificate does not lead to a trusted authority. */
    CHAIN_INVALID(212, Exit.REFUSED),
    /** A timestamp is missing though required, or proves nothing. */
    TIMESTAMP_INVALID(213, Exit.REFUSED),
    /** A signature is over other bytes. */
    DIGEST_MISMATCH(214, Exit.REFUSED),
    /** The plugin is pinned to other bytes. */
    PIN_MISMATCH(215, Exit.REFUSED),
    /** A newer release of the plugin was accepted before. */
    ROLLBACK(216, Exit.REFUSED),
    /** The list of revocations is missing, expired or older than one seen before. */
    STALE_POLICY(217, Exit.REFUSED),
    /** The publisher may not publish a plugin of this id. */
    PUBLISHER_SCOPE(218, Exit.REFUSED),
    /** The manifest names a kind of signature that is not there. */
    STRIPPED_SIGNATURE(219, Exit.REFUSED),
    /** Fewer signers than the policy demands. */
    TOO_FEW_SIGNERS(220, Exit.REFUSED),
    /** The plugin asks for more than its publisher may ever get. */
    GRANT_SCOPE(221, Exit.REFUSED),
    /** The list of revocations names the plugin, its bytes, its key or its certificate. */
    REVOKED(222, Exit.REFUSED),
    /** The plugin's own period has not begun. */
    PLUGIN_NOT_YET_VALID(223, Exit.REFUSED),
    /** The plugin's own period is over. */
    PLUGIN_EXPIRED(224, Exit.REFUSED),
    /** The manifest lies beside the module, where no signature covers it. */
    UNSIGNED_MANIFEST(225, Exit.REFUSED),
    /** What was seen before cannot be read or written. */
    TRUST_STATE(226, Exit.REFUSED),

    /** The module breaks a rule of WebAssembly validation. */
    INVALID_MODULE(301, Exit.REFUSED),
    /** The module uses a WebAssembly proposal that the profile leaves out. */
    UNSUPPORTED_PROPOSAL(302, Exit.REFUSED),
    /** The module imports something that the host does not offer. */
    UNKNOWN_IMPORT(303, Exit.REFUSED),
    /** The module is beyond a fixed bound on its size or shape. */
    MODULE_LIMIT(304, Exit.REFUSED),
    /** Compilation took more time or memory than its budget. */
    COMPILE_BUDGET(305, Exit.REFUSED),
    /** The plugin has no such command. */
    UNKNOWN_COMMAND(306, Exit.REFUSED),
    /** The module is none of the kinds of plugin that can be called this way. */
    NOT_A_PLUGIN(307, Exit.REFUSED),
    /** The scan found something that the policy does not accept. */
    SCAN_FAILED(308, Exit.REFUSED),
    /** The modules of a plugin do not fit together. */
    LINK_FAILED(309, Exit.REFUSED),

    /** A capability was used that was not granted. */
    CAPABILITY_DENIED(401, Exit.DENIED),
    /** A plugin asks for a capability that the host did not grant. */
    MISSING_GRANT(402, Exit.DENIED),

    /** The call used all its fuel. */
    OUT_OF_FUEL(501, Exit.FUEL),
    /** The call was still running at its deadline. */
    DEADLINE_EXCEEDED(502, Exit.DEADLINE),
    /** The guest needed more linear memory, blocks or variables than its quota. */
    MEMORY_EXCEEDED(503, Exit.QUOTA),
    /** The guest needed more table elements than its quota. */
    TABLE_EXCEEDED(504, Exit.QUOTA),
    /** Guest calls were nested deeper than the quota. */
    CALL_DEPTH_EXCEEDED(505, Exit.QUOTA),
    /** The guest produced more output than its quota. */
    OUTPUT_EXCEEDED(506, Exit.QUOTA),
    /** The caller cancelled the call. */
    CANCELLED(507, Exit.QUOTA),
    /** Too many calls are running or waiting. */
    BUSY(508, Exit.QUOTA),
    /** The guest made the host keep more references or exceptions than its quota. */
    REFERENCES_EXCEEDED(509, Exit.QUOTA),
    /** The guest wrote more log lines than its quota. */
    LOG_EXCEEDED(510, Exit.QUOTA),
    /** The guest needed more of the disk, or more files, than its quota. */
    DISK_EXCEEDED(511, Exit.QUOTA),
    /** The guest needed more open files or sockets than its quota. */
    OPEN_FILES_EXCEEDED(512, Exit.QUOTA),
    /** More shared data would have been kept than its quota. */
    DATA_EXCEEDED(513, Exit.QUOTA),
    /** Commands or events caused each other for too long, or in a circle. */
    CHAIN_EXCEEDED(514, Exit.QUOTA),
    /** The payload of a command or an event is larger than the bridge carries. */
    PAYLOAD_TOO_LARGE(515, Exit.QUOTA),
    /** A request over HTTP, or its answer, is larger than it may be. */
    RESPONSE_TOO_LARGE(516, Exit.QUOTA),
    /** A plugin crashed a moment ago and is not called again yet. */
    PLUGIN_BACKING_OFF(519, Exit.QUOTA),
    /** Too many commands of the name failed, so no more are sent for a while. */
    CIRCUIT_OPEN(520, Exit.QUOTA),
    /** The guest needed more programs at once than its quota. */
    PROCESSES_EXCEEDED(518, Exit.QUOTA),

    /** The guest trapped. */
    TRAP(601, Exit.TRAP),
    /** The plugin answered with an error. */
    PLUGIN_ERROR(602, 1),

    /** The engine or plugin was closed before. */
    CLOSED(701, Exit.USAGE),
    /** A setting, an option or an argument cannot be used. */
    USAGE(702, Exit.USAGE),
    /** A payload could not be turned into bytes, or a result into a value. */
    PAYLOAD(703, Exit.USAGE),
    /** The folder of the shared data could not be opened, read or written. */
    DATA_STORE(704, Exit.USAGE),
    /** Nobody handles the command. */
    NO_HANDLER(705, Exit.USAGE),
    /** A handler or a middleware of the application failed. */
    HANDLER_FAILED(706, Exit.USAGE),
    /** A request of an Extism plug-in over HTTP had no answer. */
    REQUEST_FAILED(710, Exit.USAGE),
    /** A plugin crashed too often and is not called any more until it is released. */
    PLUGIN_QUARANTINED(715, Exit.USAGE),
    /** A new version cannot take the place of the one that serves. */
    RELOAD_REFUSED(716, Exit.USAGE),
    /** A request over HTTP was turned away before it reached a command. */
    REQUEST_REFUSED(717, Exit.USAGE),
    /** A running plugin may not be granted that. */
    GRANT_REFUSED(720, Exit.USAGE),
    /** A function that the application offers its guests failed. */
    HOST_FUNCTION_FAILED(713, Exit.USAGE),

    /** A defect of Cordon. */
    INTERNAL(901, Exit.INTERNAL);

    private final int number;
    private final int exitStatus;

    ErrorCode(int number, int exitStatus) {
        this.number = number;
        this.exitStatus = exitStatus;
    }

    /**
     * The code as users see it.
     *
     * @return for example {@code CRD-501}
     */
    public String id() {
        return "CRD-" + number;
    }

    /**
     * The status that the {@code cordon} command exits with.
     *
     * @return 1 to 127
     */
    public int exitStatus() {
        return exitStatus;
    }

    /** Exit statuses of the command line, by cause. */
    private static final class Exit {
        static final int USAGE = 120;
        static final int REFUSED = 121;
        static final int DENIED = 122;
        static final int TRAP = 123;
        static final int DEADLINE = 124;
        static final int FUEL = 125;
        static final int QUOTA = 126;
        static final int INTERNAL = 127;
    }
}
