package dev.cordon.guest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cordon.capability.Grant;
import dev.cordon.capability.GrantKind;
import dev.cordon.error.GuestText;
import dev.cordon.process.ProgramCommand;
import dev.cordon.process.ProgramLimits;
import dev.cordon.process.ProgramResult;
import dev.cordon.process.ProgramWatch;
import dev.cordon.process.Programs;
import dev.cordon.runtime.GuestInstance;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;

/** The function of module {@code cordon} that starts programs of the host. */
final class ExecImports {
    /** What starting a program costs beside bytes, in units of fuel: some milliseconds of work. */
    static final int START_COST = 1_000_000;

    /** Longest request; what is to be read by the program is in it. */
    private static final int MAX_REQUEST_BYTES = 1 << 20;

    private static final int MAX_SHOWN = 256;
    private static final String OPERATION = "exec";
    private static final String LABEL = "cordon.exec";
    private static final String NO_GRANT = "no grant names the program";
    private static final String TAKEN_BACK = "the grant was taken back while it ran";

    private ExecImports() {}

    /** {@code (request, request_len)}: runs a program and waits. */
    static int exec(GuestInstance guest, GuestCall call, long[] args) {
        Slice range = Slice.of(args, 0).check(guest);
        guest.charge(START_COST);
        if (range.length() > MAX_REQUEST_BYTES) {
            return Result.TOO_LARGE;
        }
        String json = CordonImports.utf8(guest, range);
        ProgramCommand command = json == null ? null : ExecRequest.read(json);
        if (command == null) {
            return Result.INVALID;
        }
        Optional<Path> granted = granted(call, command.program());
        Programs programs = call.settings().doors().programs();
        String objection = granted.map(programs::objection).orElse(NO_GRANT);
        if (objection.isEmpty()) {
            objection = objectionOfBroker(guest, call, command.program());
        }
        decided(call, command.program(), objection);
        if (!objection.isEmpty()) {
            return Result.DENIED;
        }
        if (command.tooLarge()) {
            return Result.TOO_LARGE;
        }
        ProgramWatch watch = new Watch(guest, call, command.program());
        ProgramResult result = programs.run(command, ProgramLimits.DEFAULTS, watch);
        guest.checkpoint();
        return answered(guest, call, command, result);
    }

    /** The granted path that a text is; nothing that a guest wrote ever becomes a path. */
    private static Optional<Path> granted(GuestCall call, String program) {
        for (Grant grant : call.settings().grants().granted()) {
            if (grant instanceof Grant.Program one && one.program().toString().equals(program)) {
                return Optional.of(one.program());
            }
        }
        return Optional.empty();
    }

    private static void decided(GuestCall call, String program, String objection) {
        boolean allowed = objection.isEmpty();
        if (!allowed) {
            String shown = GuestText.printable(program, MAX_SHOWN);
            call.noteDenied(GrantKind.SYS_EXEC.text() + "=" + shown);
        }
        UseGate gate = call.settings().doors().gate();
        gate.note(OPERATION, GrantKind.SYS_EXEC, program, allowed, objection);
    }

    /** It may refuse what is granted, but not allow more: only a grant names a file to start. */
    private static String objectionOfBroker(GuestInstance guest, GuestCall call, String program) {
        UseGate gate = call.settings().doors().gate();
        Ruling ruling = gate.ask(OPERATION, GrantKind.SYS_EXEC, program, true);
        guest.charge(ruling.fuel());
        return ruling.allowed() ? "" : ruling.reason();
    }

    private record Watch(GuestInstance guest, GuestCall call, String program)
            implements ProgramWatch {
        @Override
        public boolean stopped() {
            return call.budget().cancelled().getAsBoolean() || granted(call, program).isEmpty();
        }

        @Override
        public long nanosLeft() {
            return guest.nanosLeft();
        }

        @Override
        public void failed(Exception failure) {
            String plugin = call.settings().plugin();
            call.settings().listener().hostFunctionFailed(plugin, LABEL, failure);
        }
    }

    private static int answered(
            GuestInstance guest, GuestCall call, ProgramCommand command, ProgramResult result) {
        switch (result.ending()) {
            case EXITED:
                return respond(guest, call, response(guest, result), false);
            case TOO_LARGE:
                return Result.TOO_LARGE;
            case BUSY:
                call.noteRefused(RefusedQuota.PROCESSES);
                return Result.QUOTA;
            case STOPPED:
                if (granted(call, command.program()).isEmpty()) {
                    decided(call, command.program(), TAKEN_BACK);
                    return Result.DENIED;
                }
                return Result.UNAVAILABLE;
            case LATE:
                return respond(guest, call, bytes("it ran for too long"), true);
            default:
                return respond(guest, call, bytes("it could not be started"), true);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int respond(
            GuestInstance guest, GuestCall call, byte[] response, boolean failed) {
        guest.charge(response.length >>> 3);
        call.respond(response);
        return failed ? Result.FAILED : response.length;
    }

    private static byte[] response(GuestInstance guest, ProgramResult result) {
        guest.charge((result.stdout().length + result.stderr().length) >>> 3);
        ObjectNode response = HostJson.object();
        response.put("status", result.status());
        boolean out = put(response, "stdout", result.stdout());
        boolean err = put(response, "stderr", result.stderr());
        if (!out) {
            response.withArray(ExecRequest.BASE64).add("stdout");
        }
        if (!err) {
            response.withArray(ExecRequest.BASE64).add("stderr");
        }
        return bytes(response.toString());
    }

    /** Puts output in as text; tells whether it is any. */
    private static boolean put(ObjectNode response, String field, byte[] output) {
        ByteBuffer bytes = ByteBuffer.wrap(output);
        try {
            response.put(field, StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
            return true;
        } catch (CharacterCodingException notUtf8) {
            response.put(field, Base64.getEncoder().encodeToString(output));
            return false;
        }
    }
}
