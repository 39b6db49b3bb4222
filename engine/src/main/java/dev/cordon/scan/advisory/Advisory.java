package dev.cordon.scan.advisory;

import dev.cordon.scan.Level;
import java.util.List;

/**
 * One advisory as its file says it.
 *
 * @param id its name
 * @param aliases other names of the same
 * @param summary one line; may be empty
 * @param affected the packages that it speaks of
 */
record Advisory(String id, List<String> aliases, String summary, List<Affected> affected) {

    /**
     * One package that an advisory speaks of.
     *
     * @param ecosystem as the file has it, with a release behind a colon perhaps
     * @param name the package's name there
     * @param level what it weighs for this package
     * @param versions affected versions, one by one
     * @param ranges affected versions from here to there; those of commits are left out
     */
    record Affected(
            String ecosystem,
            String name,
            Level level,
            List<String> versions,
            List<VersionRange> ranges) {}
}
