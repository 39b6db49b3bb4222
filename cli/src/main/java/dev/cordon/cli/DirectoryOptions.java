package dev.cordon.cli;

import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.capability.Scratch;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/** Reads {@code --scratch} and {@code --deny}. */
final class DirectoryOptions {
    private static final String SCRATCH = "--scratch";
    private static final String DENY = "--deny";
    private static final String SEPARATOR = "/";

    private DirectoryOptions() {}

    /**
     * The directories in memory.
     *
     * @throws dev.cordon.error.UsageException if one of them cannot be understood
     */
    static List<Scratch> scratch(ParseResult options) {
        List<Scratch> all = new ArrayList<>();
        List<String> texts = options.matchedOptionValue(SCRATCH, List.of());
        for (String text : texts) {
            all.add(scratch(SCRATCH, text));
        }
        return all;
    }

    /** One directory in memory; messages call where it was written {@code option}. */
    static Scratch scratch(String option, String text) {
        int split = text.indexOf("::");
        String guest = split < 0 ? text : text.substring(split + 2);
        if (guest.isEmpty() || split == 0) {
            throw UsageProblem.ofOption(
                    option,
                    text,
                    "a name is missing",
                    "write it like `/tmp`, or `fixtures::/work` to start with a copy");
        }
        try {
            return split < 0
                    ? Scratch.empty(guest)
                    : Scratch.copyOf(Path.of(text.substring(0, split)), guest);
        } catch (InvalidPathException unusable) {
            throw UsageProblem.ofOption(
                    option, text, "it names no path", "write a path of this system");
        }
    }

    /**
     * What the plugin may not use, by the guest name of the granted directory that it lies in.
     *
     * @throws dev.cordon.error.UsageException if one lies in none of them
     */
    static Map<String, DirectoryRules> rules(ParseResult options, Grants grants) {
        return rules(DENY, options.matchedOptionValue(DENY, List.of()), grants);
    }

    /** The same of texts; messages call where they were written {@code option}. */
    static Map<String, DirectoryRules> rules(String option, List<String> texts, Grants grants) {
        Map<String, DirectoryRules> rules = new HashMap<>();
        for (String text : texts) {
            String directory = directoryOf(option, text, grants);
            String pattern = text.substring(prefix(directory).length());
            DirectoryRules known = rules.getOrDefault(directory, DirectoryRules.everything());
            rules.put(directory, known.deny(pattern));
        }
        return rules;
    }

    private static String directoryOf(String option, String text, Grants grants) {
        return grants.granted().stream()
                .filter(Grant.Directory.class::isInstance)
                .map(grant -> ((Grant.Directory) grant).guest())
                .filter(guest -> text.length() > prefix(guest).length())
                .filter(guest -> text.startsWith(prefix(guest)))
                .reduce((a, b) -> a.length() >= b.length() ? a : b)
                .orElseThrow(
                        () ->
                                UsageProblem.ofOption(
                                        option,
                                        text,
                                        "it lies in no granted directory",
                                        "write the guest name of a granted directory and a pattern"
                                                + " behind it, like `/data/**/.git`"));
    }

    private static String prefix(String guest) {
        return guest.endsWith(SEPARATOR) ? guest : guest + SEPARATOR;
    }
}
