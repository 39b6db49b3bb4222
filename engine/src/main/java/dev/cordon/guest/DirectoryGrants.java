package dev.cordon.guest;

import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.capability.Scratch;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Which directories grants are about, by the names that guests know them by. */
final class DirectoryGrants {
    private DirectoryGrants() {}

    /**
     * The grants of each guest name, in their order.
     *
     * @param taken names that scratch directories have
     * @throws UsageException if two directories have the same name
     */
    static Map<String, List<Grant.Directory>> byName(
            String plugin, Grants grants, Collection<String> taken) {
        Map<String, List<Grant.Directory>> names = new LinkedHashMap<>();
        for (Grant grant : grants.granted()) {
            if (grant instanceof Grant.Directory directory) {
                List<Grant.Directory> same =
                        names.computeIfAbsent(directory.guest(), name -> new ArrayList<>());
                same.add(directory);
                if (!same.get(0).host().equals(directory.host())) {
                    throw twice(plugin, directory.guest());
                }
            }
        }
        requireDistinct(plugin, Stream.concat(names.keySet().stream(), taken.stream()).toList());
        return names;
    }

    static List<String> names(List<Scratch> scratch) {
        return scratch.stream().map(Scratch::guest).toList();
    }

    private static void requireDistinct(String plugin, List<String> names) {
        Set<String> seen = new TreeSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw twice(plugin, name);
            }
        }
    }

    private static UsageException twice(String plugin, String name) {
        return new UsageException(
                ErrorCode.USAGE,
                plugin,
                "was given two directories that it is to know as `" + name + "`",
                "give each a name of its own, behind `::`");
    }

    /**
     * Refuses rules for directories that nobody granted.
     *
     * @throws UsageException if there are any
     */
    static void requireGranted(
            String plugin, Map<String, DirectoryRules> rules, Set<String> names) {
        for (String name : rules.keySet()) {
            if (!names.contains(name)) {
                throw new UsageException(
                        ErrorCode.USAGE,
                        plugin,
                        "has rules for the directory `" + name + "`, which it was not granted",
                        "grant it with `fs:read` or `fs:write`, or leave the rules out");
            }
        }
    }
}
