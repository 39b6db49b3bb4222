package dev.cordon.guest;

import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.runtime.GuestInstance;
import java.util.List;

/**
 * The functions of module {@code cordon} that tell a plugin what it holds. To ask is no use: nobody
 * is told, and nothing is decided.
 */
final class CapabilityImports {
    /** Longest use that can be asked about, in bytes; no grant is longer. */
    static final int MAX_USE_BYTES = 4_096;

    /** What looking at one grant costs, in fuel. */
    private static final int GRANT_FUEL = 32;

    /** What holding one component of a path against a directory's rules costs, in fuel. */
    private static final int COMPONENT_FUEL = 64;

    private static final ValType I32 = ValType.I32;

    private CapabilityImports() {}

    static List<HostOffer> offers() {
        return List.of(
                CordonImports.offer("capability_query", CapabilityImports::query, I32, I32),
                CordonImports.offer("capabilities_get", CapabilityImports::get));
    }

    /** {@code (use, use_len)}: whether a use is granted now. */
    private static int query(GuestInstance guest, GuestCall call, long[] args) {
        Slice text = Slice.of(args, 0).check(guest);
        if (text.length() > MAX_USE_BYTES) {
            return Result.TOO_LARGE;
        }
        HeldCapabilities held = new HeldCapabilities(call.settings().doors());
        guest.charge((long) GRANT_FUEL * held.size());
        String use = CordonImports.utf8(guest, text);
        if (use == null) {
            return Result.INVALID;
        }
        guest.charge(COMPONENT_FUEL * use.chars().filter(each -> each == '/').count());
        return held.query(use);
    }

    /** {@code ()}: the grants of now become the response. */
    private static int get(GuestInstance guest, GuestCall call, long[] args) {
        HeldCapabilities held = new HeldCapabilities(call.settings().doors());
        guest.charge((long) GRANT_FUEL * held.size()); // before memory is allocated for them
        byte[] list = held.list();
        guest.charge(list.length >>> 3);
        call.respond(list);
        return list.length;
    }
}
