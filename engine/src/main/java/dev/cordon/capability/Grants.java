package dev.cordon.capability;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that a host grants one plugin. Immutable. */
public final class Grants {
    private static final Grants NONE = new Grants(List.of());

    private final List<Grant> granted;
    private final Set<GrantKind> kinds;

    private Grants(List<Grant> granted) {
        this.granted = granted;
        this.kinds = EnumSet.noneOf(GrantKind.class);
        granted.forEach(grant -> kinds.add(grant.kind()));
    }

    /**
     * The start of every set of grants: no files, no network, no programs, no bridge, no precise
     * clock, no random bytes, no environment, no streams, no growth of memory.
     *
     * @return nothing
     */
    public static Grants none() {
        return NONE;
    }

    /**
     * Several grants at once.
     *
     * @param texts each {@code KIND} or {@code KIND=SCOPE}
     * @return their set
     * @throws dev.cordon.error.UsageException if one of them is no grant
     */
    public static Grants of(String... texts) {
        return new Grants(Arrays.stream(texts).map(Grant::parse).distinct().toList());
    }

    /**
     * Adds a grant.
     *
     * @param grant what else is allowed
     * @return a copy
     */
    public Grants with(Grant grant) {
        if (granted.contains(grant)) {
            return this;
        }
        List<Grant> more = new ArrayList<>(granted);
        more.add(grant);
        return new Grants(List.copyOf(more));
    }

    /**
     * Leaves out a grant.
     *
     * @param grant what is no longer allowed
     * @return a copy
     */
    public Grants without(Grant grant) {
        return new Grants(granted.stream().filter(each -> !each.equals(grant)).toList());
    }

    /**
     * Whether anything of a kind is granted.
     *
     * @param kind which authority
     * @return true if at least one grant is of this kind
     */
    public boolean has(GrantKind kind) {
        return kinds.contains(kind);
    }

    /**
     * Whether something with a name may be done.
     *
     * @param kind a kind whose scope is a pattern of names
     * @param name the command, topic or key
     * @return true if a grant of this kind covers the name
     */
    public boolean allows(GrantKind kind, String name) {
        if (!kinds.contains(kind)) {
            return false;
        }
        for (Grant grant : granted) {
            if (grant instanceof Grant.Names names
                    && names.kind() == kind
                    && NamePattern.covers(names.scope(), name)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether a plugin's request is met by a grant that says the same, or covers the name.
     *
     * @param request {@code KIND} or {@code KIND=SCOPE} as the manifest has it
     * @return true if it is granted
     */
    public boolean meets(String request) {
        return granted.stream().anyMatch(grant -> meets(grant, request));
    }

    private static boolean meets(Grant grant, String request) {
        if (grant instanceof Grant.Directory directory) {
            String guest = directory.guest();
            return request.equals(grant.kind().text() + "=" + guest)
                    || (grant.kind() == GrantKind.FS_WRITE
                            && request.equals(GrantKind.FS_READ.text() + "=" + guest));
        }
        if (grant instanceof Grant.Names && request.startsWith(grant.kind().text() + "=")) {
            String wanted = request.substring(grant.kind().text().length() + 1);
            return wanted.equals(grant.scope())
                    || (NamePattern.isExact(wanted) && NamePattern.covers(grant.scope(), wanted));
        }
        return request.equals(grant.text());
    }

    /**
     * The grants in the order in which they were given.
     *
     * @return an immutable list without duplicates
     */
    public List<Grant> granted() {
        return granted;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grants grants && granted.equals(grants.granted);
    }

    @Override
    public int hashCode() {
        return granted.hashCode();
    }

    @Override
    public String toString() {
        return granted.stream().map(Grant::text).collect(Collectors.joining(", ", "[", "]"));
    }
}
