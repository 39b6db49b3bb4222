package dev.cordon.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that {@code run} and {@code call} share. */
final class CallSyntax {
    private static final String ALLOW =
            "Grants KIND or KIND=SCOPE; may be repeated. fs:read=HOST::GUEST and"
                    + " fs:write=HOST::GUEST show a directory of the host, net:outbound=tcp://HOST"
                    + "[:PORT] (or udp) lets it connect, net:outbound=https://HOST[:PORT] (or http)"
                    + " send requests, net:inbound=tcp://ADDRESS:PORT listen, sys:exec=/PROGRAM"
                    + " starts a program of the host, clock:precise gives nanoseconds. Granted already: random, env,"
                    + " stdio, sys:memory.";
    private static final String DENY =
            "Keeps paths of a granted directory from the guest; may be repeated. A guest path in"
                    + " which `*`, `?` and `**` stand for others, such as /data/**/.git.";
    private static final String SCRATCH =
            "A directory in memory that the guest may write to and that is gone afterwards; may be"
                    + " repeated. With HOST it starts with a copy of that directory.";
    private static final String ENV =
            "One environment variable for the guest. May be repeated. Default: none.";
    private static final String DATA =
            "Keeps shared data in DIR, which is made if it does not exist and which one process at"
                    + " a time may use; needs --allow data:read=KEYS or data:write=KEYS. Default:"
                    + " shared data is gone after the call.";
    private static final String QUOTA =
            "Another limit; may be repeated. NAME is disk (default 256MiB: bytes written and"
                    + " kept), files (10000: created and kept), open-files (256), disk-rate and"
                    + " net-rate (none: bytes in a second, such as 10MiB), connections (64), processes (4:"
                    + " programs that run at once), cpu"
                    + " (none: percent of one core),"
                    + " log-rate (1000: log lines of one call), output (64MiB: all that it writes"
                    + " to its result, stdout and stderr), table-elements (100000) or call-depth"
                    + " (16384).";

    private CallSyntax() {}

    /** Adds them to a command, with its own defaults. */
    static void addTo(CommandSpec spec, String defaultFuel, String defaultDeadline) {
        spec.addOption(repeated("--allow", "GRANT", ALLOW));
        spec.addOption(repeated("--deny", "PATH", DENY));
        spec.addOption(repeated("--scratch", "[HOST::]GUEST", SCRATCH));
        spec.addOption(repeated("--env", "NAME=VALUE", ENV));
        add(spec, "--data", "DIR", DATA);
        add(
                spec,
                "--fuel",
                "N",
                "Fuel, about one unit per instruction, start-up included; or `unlimited`. Default: "
                        + defaultFuel
                        + ".");
        add(
                spec,
                "--memory",
                "SIZE",
                "Most linear memory: 64MiB, 512KiB, 1GiB, 1024p (pages of 64 KiB) or bytes."
                        + " Default: 256MiB.");
        add(
                spec,
                "--deadline",
                "DURATION",
                "Wall clock, start-up included: 500ms, 2s, 1m; or `none`. Default: "
                        + defaultDeadline
                        + ".");
        add(
                spec,
                "--engine",
                "ENGINE",
                "`compiled` or `interpreter`; results and fuel are equal. Default: compiled.");
        spec.addOption(repeated("--quota", "NAME=VALUE", QUOTA));
        add(
                spec,
                "--report",
                "FILE",
                "Writes one JSON object about the call to FILE, or to stderr for `-`.");
        spec.addOption(Syntax.flag("--quiet", "Shows errors only.").build());
        spec.addOption(
                Syntax.flag(
                                "--verbose",
                                "Shows all log lines of the guest, what was decided about paths"
                                        + " and addresses, what the call used, and stack traces of"
                                        + " Java.")
                        .build());
        add(
                spec,
                "--config",
                "FILE",
                "The host's policy file, in JSON: trust, grants and quotas per plugin. Default:"
                        + " none.");
        spec.addOption(
                Syntax.flag(
                                "--require-signature",
                                "Refuses what no publisher of the --config file signed.")
                        .build());
    }

    static OptionSpec.Builder option(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description);
    }

    private static void add(CommandSpec spec, String name, String label, String description) {
        spec.addOption(option(name, label, description).build());
    }

    static OptionSpec repeated(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }
}
