package dev.cordon.guest;

import dev.cordon.http.HttpAnswer;
import dev.cordon.http.HttpProblem;
import dev.cordon.http.HttpRequest;
import dev.cordon.runtime.GuestInstance;
import java.nio.charset.StandardCharsets;

/** The function of module {@code cordon} that sends requests over HTTP. */
final class HttpImports {
    /** Largest body of a response; the memory quota may be less. */
    static final long MAX_RESPONSE_BYTES = 52_428_800;

    private HttpImports() {}

    /** {@code (request, request_len, body, body_len)}: sends a request and waits. */
    static int request(GuestInstance guest, GuestCall call, long[] args) {
        Slice head = Slice.of(args, 0).check(guest);
        Slice body = Slice.of(args, 2).check(guest);
        if (head.length() > HttpRequest.MAX_JSON_BYTES
                || body.length() > HttpRequest.MAX_BODY_BYTES) {
            return Result.TOO_LARGE;
        }
        try {
            HttpRequest request = HttpRequest.read(bytes(guest, head), bytes(guest, body));
            long most = Math.min(MAX_RESPONSE_BYTES, call.quota().memoryBytes());
            return respond(guest, call, new HttpCall(guest, call).send(request, most));
        } catch (HttpProblem problem) {
            call.respond(problem.what().getBytes(StandardCharsets.UTF_8));
            return result(call, problem);
        }
    }

    private static byte[] bytes(GuestInstance guest, Slice slice) {
        guest.charge(slice.length() >>> 3); // before memory is allocated for it
        byte[] bytes = new byte[slice.length()];
        guest.memory().readInto(slice.offset(), bytes, 0, bytes.length);
        return bytes;
    }

    private static int respond(GuestInstance guest, GuestCall call, HttpAnswer answer) {
        byte[] head = answer.head();
        byte[] body = answer.body();
        int length = Integer.BYTES + head.length + body.length;
        guest.charge(length >>> 3); // before memory is allocated for it
        byte[] response = new byte[length];
        for (int i = 0; i < Integer.BYTES; i++) {
            response[i] = (byte) (head.length >>> (i * Byte.SIZE));
        }
        System.arraycopy(head, 0, response, Integer.BYTES, head.length);
        System.arraycopy(body, 0, response, Integer.BYTES + head.length, body.length);
        call.respond(response);
        return length;
    }

    private static int result(GuestCall call, HttpProblem problem) {
        switch (problem.kind()) {
            case DENIED:
                return Result.DENIED;
            case INVALID:
                return Result.INVALID;
            case TOO_LARGE:
                return Result.TOO_LARGE;
            case QUOTA:
                call.noteRefused(RefusedQuota.OPEN_FILES);
                return Result.QUOTA;
            case CLOSED:
                return Result.UNAVAILABLE;
            default:
                return Result.FAILED;
        }
    }
}
