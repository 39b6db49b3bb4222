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

    /**
     * What the rules say of a path.
     *
     * @param allowed whether it may be used
     * @param reason why not, or empty
     */
    public record Decision(boolean allowed, String reason) {
        static final Decision ALLOWED = new Decision(true, "");
        private static final Decision UNNAMED = new Decision(false, "no allow pattern matches");
    }

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

    /**
     * Whether a path is denied, whatever is allowed.
     *
     * @param path its components, from the root of the mount
     * @return a decision that is against it when a deny pattern matches it or a directory above it
     */
    public Decision denied(List<String> path) {
        for (PathPattern pattern : deny) {
            if (pattern.coversIgnoringCase(path)) {
                return new Decision(false, "denied by `" + pattern + "`");
            }
        }
        return Decision.ALLOWED;
    }

    /**
     * Whether a path may be used.
     *
     * @param path its components, from the root of the mount
     * @param passing whether it is a directory that is only passed or looked at, for which it is
     *     enough that something below it may be allowed
     * @return the decision
     */
    public Decision decide(List<String> path, boolean passing) {
        if (!inForce() || (passing && path.isEmpty())) {
            return Decision.ALLOWED;
        }
        Decision denied = denied(path);
        if (!denied.allowed() || allow.isEmpty()) {
            return denied;
        }
        for (PathPattern pattern : allow) {
            if (pattern.covers(path) || (passing && pattern.leadsBelow(path))) {
                return Decision.ALLOWED;
            }
        }
        return Decision.UNNAMED;
    }
}
