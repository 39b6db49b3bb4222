package dev.cordon.wasi.fs;

import java.util.List;

/**
 * Which paths of a directory may be used: those that an allow pattern matches and no deny pattern
 * does. Immutable.
 *
 * @param allow patterns of what may be used; empty for everything
 * @param deny patterns of what may not, whatever {@code allow} says
 */
public record AccessRules(List<PathPattern> allow, List<PathPattern> deny) {
    /** No rules: everything may be used. */
    public static final AccessRules NONE = new AccessRules(List.of(), List.of());

    /** Copies the lists. */
    public AccessRules {
        allow = List.copyOf(allow);
        deny = List.copyOf(deny);
    }

    /**
     * Whether there are any rules.
     *
     * @return false when everything may be used
     */
    public boolean inForce() {
        return !allow.isEmpty() || !deny.isEmpty();
    }
}
