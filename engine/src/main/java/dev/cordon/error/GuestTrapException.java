package dev.cordon.error;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A guest was stopped by its own fault: a WebAssembly trap. */
public final class GuestTrapException extends CordonException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> guestStack;

    /**
     * Says which trap it was and where.
     *
     * @param plugin the plugin's id or file name
     * @param what the trap, in WebAssembly's words
     * @param guestStack guest functions, innermost first; empty where it is not known
     * @param cause what the runtime threw
     */
    public GuestTrapException(
            String plugin, String what, List<String> guestStack, @Nullable Throwable cause) {
        super(
                ErrorCode.TRAP,
                plugin,
                what,
                "it is a bug in the plugin: report it to its publisher",
                cause);
        this.guestStack = List.copyOf(guestStack);
    }

    /**
     * The guest functions that were active, innermost first.
     *
     * @return names from the module's name section, or {@code func[12]}; at most 20
     */
    public List<String> guestStack() {
        return guestStack == null ? List.of() : guestStack;
    }
}
