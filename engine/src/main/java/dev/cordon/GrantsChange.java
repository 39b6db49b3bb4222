package dev.cordon;

import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.guest.PluginDoors;
import java.util.List;
import java.util.function.Predicate;

/**
 * The difference between what a plugin was and is granted. Immutable.
 *
 * @param added what is granted and was not
 * @param removed what was granted and is not any more
 */
record GrantsChange(List<Grant> added, List<Grant> removed) {
    static GrantsChange between(Grants before, Grants after) {
        return new GrantsChange(
                without(after.granted(), before.granted()),
                without(before.granted(), after.granted()));
    }

    /** Nothing is added, and what is not kept is removed. */
    static GrantsChange to(Grants before, Predicate<Grant> kept) {
        return new GrantsChange(
                List.of(), before.granted().stream().filter(kept.negate()).toList());
    }

    private static List<Grant> without(List<Grant> all, List<Grant> some) {
        return all.stream().filter(Predicate.not(some::contains)).toList();
    }

    /** Takes what was removed from doors, also from those that are being closed. */
    void narrow(PluginDoors doors) {
        removed.forEach(doors::revoke);
    }
}
