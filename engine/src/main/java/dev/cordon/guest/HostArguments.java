package dev.cordon.guest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import dev.cordon.host.HostContext;
import dev.cordon.host.HostParameter;
import dev.cordon.host.HostType;
import dev.cordon.runtime.GuestInstance;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the raw values of a guest become the arguments of a function of the application. */
final class HostArguments {
    /** Reading JSON makes objects: this many units for each byte, beside the copy. */
    private static final int JSON_FUEL = 1;

    private final List<HostParameter> parameters;
    private final List<@Nullable ObjectReader> readers = new ArrayList<>();

    HostArguments(List<HostParameter> parameters) {
        this.parameters = parameters;
        for (HostParameter each : parameters) {
            boolean json = each.type().form() == HostType.Form.JSON;
            readers.add(json ? HostJson.reader(each.type().java()) : null);
        }
    }

    /** Traps unless all ranges lie in memory; tells whether one is longer than allowed. */
    boolean tooLarge(GuestInstance guest, long[] raw) {
        boolean large = false;
        int at = 0;
        for (HostParameter each : parameters) {
            if (each.type().form().isRange()) {
                large |= Slice.of(raw, at).check(guest).length() > each.maxBytes();
            }
            at += width(each);
        }
        return large;
    }

    private static int width(HostParameter parameter) {
        HostType.Form form = parameter.type().form();
        return form.isRange() ? 2 : form == HostType.Form.CONTEXT ? 0 : 1;
    }

    /**
     * Copies what was checked, and pays for it first.
     *
     * @return the arguments, or null if one is not what its type says
     * @throws InvalidDefinitionException if a class of the application cannot be made of any JSON
     */
    Object @Nullable [] read(GuestInstance guest, HostContext context, long[] raw)
            throws InvalidDefinitionException {
        Object[] arguments = new Object[parameters.size()];
        int at = 0;
        for (int i = 0; i < arguments.length; i++) {
            HostParameter each = parameters.get(i);
            Object argument =
                    each.type().form().isRange()
                            ? ofRange(guest, Slice.of(raw, at), each, readers.get(i))
                            : ofValue(each.type().form(), context, raw, at);
            if (argument == null) {
                return null;
            }
            arguments[i] = argument;
            at += width(each);
        }
        return arguments;
    }

    private static Object ofValue(HostType.Form form, HostContext context, long[] raw, int at) {
        switch (form) {
            case I32:
                return (int) raw[at];
            case I64:
                return raw[at];
            case F32:
                return Float.intBitsToFloat((int) raw[at]);
            case F64:
                return Double.longBitsToDouble(raw[at]);
            case BOOLEAN:
                return (int) raw[at] != 0;
            default:
                return context;
        }
    }

    private static @Nullable Object ofRange(
            GuestInstance guest, Slice range, HostParameter parameter, @Nullable ObjectReader json)
            throws InvalidDefinitionException {
        if (parameter.type().form() == HostType.Form.BYTES) {
            guest.charge(range.length() >>> 3); // before memory is allocated for it
            byte[] bytes = new byte[range.length()];
            guest.memory().readInto(range.offset(), bytes, 0, bytes.length);
            return bytes;
        }
        guest.charge(json == null ? 0 : (long) JSON_FUEL * range.length());
        String text = CordonImports.utf8(guest, range);
        return text == null || json == null ? text : value(json, text);
    }

    private static @Nullable Object value(ObjectReader reader, String json)
            throws InvalidDefinitionException {
        try {
            return reader.readValue(json);
        } catch (InvalidDefinitionException unusable) {
            throw unusable;
        } catch (JsonProcessingException wrong) {
            return null;
        }
    }
}
