package dev.cordon.guest;

import dev.cordon.capability.GrantKind;
import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.error.UsageException;
import dev.cordon.http.HttpAnswer;
import dev.cordon.http.HttpProblem;
import dev.cordon.http.HttpRequest;
import dev.cordon.runtime.Trap;

/**
 * Requests of Extism guests over HTTP. As in Extism, an answer of any status is a success, and a
 * request without an answer ends the call.
 */
final class ExtismHttp {
    private static final byte[] NO_BODY = {};

    private ExtismHttp() {}

    /** {@code (request, body)}: sends a request, waits, and gives the block of the body. */
    static long request(ExtismSession session, long[] args) {
        session.answered(null);
        long most = Math.min(session.responseBytes(), session.left());
        try {
            HttpRequest request = read(session, args);
            session.free(args[0]);
            session.free(args[1]);
            HttpAnswer answer = new HttpCall(session.guest(), session.call()).send(request, most);
            session.answered(answer);
            return session.write(answer.body());
        } catch (HttpProblem problem) {
            throw ending(session, problem);
        }
    }

    private static HttpRequest read(ExtismSession session, long[] args) throws HttpProblem {
        boolean bodiless = args[1] == ExtismStore.NONE;
        int length = bodiless ? 0 : session.block(args[1]).length();
        if (length > HttpRequest.MAX_BODY_BYTES) {
            throw new HttpProblem(HttpProblem.Kind.TOO_LARGE, "the request is too large");
        }
        return HttpRequest.read(session.read(args[0]), bodiless ? NO_BODY : session.read(args[1]));
    }

    /** The status of the last answer; 0 before. */
    static long status(ExtismSession session) {
        HttpAnswer answer = session.httpAnswer();
        return answer == null ? 0 : answer.status();
    }

    /** A block with the header fields of the last answer as JSON; 0 before. */
    static long headers(ExtismSession session) {
        HttpAnswer answer = session.httpAnswer();
        return answer == null ? ExtismStore.NONE : session.write(answer.headers());
    }

    private static RuntimeException ending(ExtismSession session, HttpProblem problem) {
        switch (problem.kind()) {
            case DENIED:
                return new CapabilityDeniedException(
                        ErrorCode.CAPABILITY_DENIED,
                        session.plugin(),
                        "asked for a request over HTTP that it may not send: " + problem.what(),
                        "grant it `"
                                + GrantKind.NET_OUTBOUND.text()
                                + "=https://HOST`, or name the host in `allowed_hosts`");
            case INVALID:
                return new Trap("not a request over HTTP: " + problem.what());
            case TOO_LARGE:
                return quota(session, ErrorCode.RESPONSE_TOO_LARGE, problem);
            case QUOTA:
                return quota(session, ErrorCode.OPEN_FILES_EXCEEDED, problem);
            default:
                return failed(session, problem);
        }
    }

    private static CordonException quota(
            ExtismSession session, ErrorCode code, HttpProblem problem) {
        return new QuotaExceededException(
                code,
                session.plugin(),
                "could not be given the answer to its request over HTTP: " + problem.what(),
                "raise `max_http_response_bytes`, the memory quota or the quota of connections");
    }

    private static CordonException failed(ExtismSession session, HttpProblem problem) {
        return new UsageException(
                ErrorCode.REQUEST_FAILED,
                session.plugin(),
                "asked for a request over HTTP that had no answer: " + problem.what(),
                "check the server and the way to it");
    }
}
