package dev.cordon.trust;

import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import java.util.List;
import java.util.stream.Stream;

/**
 * The most that plugins may ever get, whatever a host grants. Immutable.
 *
 * @param allowed each {@code KIND}, {@code KIND=SCOPE} with the guest's paths, or {@code *}
 */
public record GrantCeiling(List<String> allowed) {
    /** No bound. */
    public static final GrantCeiling UNLIMITED = new GrantCeiling(List.of("*"));

    private static final String WRITE = "fs:write";
    private static final String READ = "fs:read";

    /** Copies the list. */
    public GrantCeiling {
        allowed = List.copyOf(allowed);
    }

    /**
     * A bound.
     *
     * @param allowed what is below it
     * @return the bound
     */
    public static GrantCeiling of(List<String> allowed) {
        return new GrantCeiling(allowed);
    }

    /**
     * What is below this bound or another one.
     *
     * @param other the other one
     * @return a bound above both
     */
    public GrantCeiling or(GrantCeiling other) {
        return new GrantCeiling(
                Stream.concat(allowed.stream(), other.allowed.stream()).distinct().toList());
    }

    /**
     * Whether a request is below the bound.
     *
     * @param request {@code KIND} or {@code KIND=SCOPE} as a manifest has it
     * @return true if the publisher's plugins may get it
     */
    public boolean covers(String request) {
        return allowed.stream().anyMatch(it -> covers(it, request));
    }

    private static boolean covers(String allowed, String request) {
        String kind = kind(request);
        boolean same = allowed.equals("*") || allowed.equals(request) || allowed.equals(kind);
        boolean writable =
                kind.equals(READ)
                        && kind(allowed).equals(WRITE)
                        && covers(READ + allowed.substring(WRITE.length()), request);
        return same || writable;
    }

    private static String kind(String text) {
        int equals = text.indexOf('=');
        return equals < 0 ? text : text.substring(0, equals);
    }

    /**
     * Leaves out what is above the bound.
     *
     * @param grants what a host grants
     * @return what is left of it
     */
    public Grants narrowed(Grants grants) {
        Grants left = Grants.none();
        for (Grant grant : grants.granted()) {
            if (covers(asRequest(grant))) {
                left = left.with(grant);
            }
        }
        return left;
    }

    /** The grant in the words of a manifest, which knows the guest's path only. */
    private static String asRequest(Grant grant) {
        return grant instanceof Grant.Directory directory
                ? grant.kind().text() + "=" + directory.guest()
                : grant.text();
    }
}
