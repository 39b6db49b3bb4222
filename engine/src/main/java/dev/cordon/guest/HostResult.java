package dev.cordon.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.error.ErrorCode;
import dev.cordon.host.HostOperation;
import dev.cordon.host.HostType;
import dev.cordon.runtime.GuestInstance;
import dev.cordon.runtime.Trap;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How the result of a function of the application reaches a guest: numbers as they are, everything
 * else as the response with its length; negative numbers are the results of the guest ABI.
 */
final class HostResult {
    private final HostOperation operation;
    private final HostType.Form form;
    private final @Nullable ObjectWriter writer;

    HostResult(HostOperation operation) {
        this.operation = operation;
        this.form = operation.result().form();
        this.writer =
                form == HostType.Form.JSON ? HostJson.writer(operation.result().java()) : null;
    }

    /** Answers with a number of the ABI; stops the guest where a fraction has no room for it. */
    long[] refused(GuestCall call, int code) {
        if (form != HostType.Form.F32 && form != HostType.Form.F64) {
            return new long[] {code};
        }
        String label = operation.label();
        if (code == Result.DENIED) {
            throw new CapabilityDeniedException(
                    ErrorCode.CAPABILITY_DENIED,
                    call.settings().plugin(),
                    "called `"
                            + label
                            + "`, which needs `host:call="
                            + operation.capability()
                            + "`",
                    "grant it, if the plugin may have it");
        }
        throw new Trap("`" + label + "` cannot answer: " + Result.text(code));
    }

    /**
     * Answers with what the application gave.
     *
     * @throws JsonProcessingException if the application's value cannot be written
     */
    long[] of(GuestInstance guest, GuestCall call, @Nullable Object value)
            throws JsonProcessingException {
        if (form == HostType.Form.NOTHING) {
            return new long[] {Result.OK};
        }
        if (value == null) {
            return refused(call, Result.NOT_FOUND);
        }
        switch (form) {
            case I32:
                return new long[] {(Integer) value};
            case I64:
                return new long[] {(Long) value};
            case F32:
                return new long[] {Float.floatToRawIntBits((Float) value)};
            case F64:
                return new long[] {Double.doubleToRawLongBits((Double) value)};
            case BOOLEAN:
                return new long[] {(Boolean) value ? 1 : 0};
            default:
                return response(guest, call, value);
        }
    }

    private long[] response(GuestInstance guest, GuestCall call, Object value)
            throws JsonProcessingException {
        int most = operation.terms().maxResultBytes();
        if ((value instanceof String text && text.length() > most)
                || (value instanceof byte[] bytes && bytes.length > most)) {
            return refused(call, Result.TOO_LARGE);
        }
        byte[] answer = bytes(value);
        if (answer.length > most) {
            return refused(call, Result.TOO_LARGE);
        }
        guest.charge(answer.length >>> 3);
        call.respond(answer);
        return new long[] {answer.length};
    }

    private byte[] bytes(Object value) throws JsonProcessingException {
        if (writer != null) {
            return writer.writeValueAsBytes(value);
        }
        return value instanceof byte[] bytes
                ? bytes.clone() // the application keeps its own
                : ((String) value).getBytes(StandardCharsets.UTF_8);
    }
}
