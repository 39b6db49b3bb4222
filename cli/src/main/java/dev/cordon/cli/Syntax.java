package dev.cordon.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What can be written behind {@code cordon}.
 *
 * <p>Built by hand instead of from annotations: reading those takes longer than most calls.
 */
final class Syntax {
    static final String CORDON = "cordon";
    static final String RUN = "run";
    static final String CALL = "call";
    static final String INSPECT = "inspect";
    static final String KEYGEN = "keygen";
    static final String SIGN = "sign";
    static final String VERIFY = "verify";
    static final String SCAN = "scan";
    static final String SERVE = "serve";

    /** Commands that belong to Cordon and that this version does not have. */
    static final Set<String> LATER_COMMANDS = Set.of("new");

    private Syntax() {}

    /** A parser; use it once. */
    static CommandLine parser() {
        CommandSpec root = command(CORDON, "Runs WebAssembly plugins that you need not trust.");
        root.addOption(
                flag("--version", "Shows the versions of Cordon, Chicory and Java.")
                        .versionHelp(true)
                        .build());
        example(root, "cordon call --input @book.txt word-count.wasm count");
        root.usageMessage().synopsisSubcommandLabel("COMMAND");
        CommandLine run = new CommandLine(run());
        run.setStopAtPositional(true);
        CommandLine parser = new CommandLine(root);
        parser.addSubcommand(RUN, run);
        parser.addSubcommand(CALL, new CommandLine(call()));
        parser.addSubcommand(INSPECT, new CommandLine(inspect()));
        parser.addSubcommand(KEYGEN, new CommandLine(TrustSyntax.keygen()));
        parser.addSubcommand(SIGN, new CommandLine(TrustSyntax.sign()));
        parser.addSubcommand(VERIFY, new CommandLine(TrustSyntax.verify()));
        parser.addSubcommand(SCAN, new CommandLine(scan()));
        parser.addSubcommand(SERVE, new CommandLine(ServeSyntax.serve()));
        // `--input @FILE` is ours to read, not an invitation to read arguments from FILE.
        parser.setExpandAtFiles(false);
        return parser;
    }

    private static CommandSpec run() {
        CommandSpec spec =
                command(
                        RUN,
                        "Runs a WASI command module; its stdin, stdout and stderr are those of"
                                + " `cordon`, its exit status passes through.");
        CallSyntax.addTo(spec, "unlimited", "none");
        spec.addOption(
                CallSyntax.repeated(
                        "--listen",
                        "tcp://ADDR:PORT",
                        "Hands over a listening socket, as the next descriptor behind the"
                                + " directories; may be repeated. Port 0 lets the system choose."));
        spec.addPositional(plugin());
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index("1..*")
                        .arity("0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("ARG")
                        .description("Arguments of the guest, passed on as they are.")
                        .build());
        example(
                spec,
                "cordon run --allow fs:read=reports::/data --deadline 10s report.wasm --year 2025");
        return spec;
    }

    private static CommandSpec call() {
        CommandSpec spec =
                command(CALL, "Sends a plugin one command and writes the result to stdout.");
        CallSyntax.addTo(spec, "1000000000", "30s");
        spec.addOption(
                CallSyntax.option(
                                "--input",
                                "INPUT",
                                "The payload: a text, `@FILE`, or `-` for stdin. Default: empty.")
                        .build());
        spec.addOption(
                CallSyntax.option(
                                CallTarget.EXTISM_MANIFEST,
                                "FILE",
                                "Loads what an Extism manifest (JSON) says instead of PLUGIN, with"
                                        + " its configuration and limits, and grants its"
                                        + " `allowed_paths`.")
                        .build());
        spec.addOption(
                CallSyntax.repeated(
                        CallTarget.EXTISM_ALLOW_URL,
                        "HOST[:PORT]",
                        "Lets an Extism manifest name modules by URL there, over https, if it says"
                                + " their hash; may be repeated. With http:// before one, plain"
                                + " HTTP is allowed, too."));
        spec.usageMessage()
                .customSynopsis(
                        "cordon call [OPTIONS] PLUGIN COMMAND",
                        "       cordon call [OPTIONS] --extism-manifest FILE COMMAND");
        // Which of them must be there depends on the manifest, so that is checked afterwards.
        spec.addPositional(
                positional("0", "PLUGIN", "The plugin's .wasm file; left out with a manifest."));
        spec.addPositional(positional("1", "COMMAND", "Which of the plugin's commands."));
        example(spec, "cordon call --input @book.txt --fuel 5000000 word-count.wasm count");
        return spec;
    }

    private static CommandSpec inspect() {
        CommandSpec spec =
                command(INSPECT, "Shows what a plugin is, needs and offers, without loading it.");
        spec.addOption(flag("--json", "Writes one JSON object instead of text.").build());
        spec.addOption(flag("--verbose", "Shows stack traces of Java, too.").build());
        spec.addPositional(plugin());
        example(spec, "cordon inspect --json word-count.wasm");
        return spec;
    }

    private static CommandSpec scan() {
        CommandSpec spec =
                command(
                        SCAN,
                        "Looks for what is suspicious in a plugin, without loading it; the exit"
                                + " status is 0 when no finding reaches the threshold, else 121.");
        spec.addOption(
                CallSyntax.option("--format", "FORMAT", "`text`, `json` or `sarif`. Default: text.")
                        .build());
        spec.addOption(
                CallSyntax.option(
                                "--fail-on",
                                "LEVEL",
                                "The threshold: `low`, `medium`, `high` or `critical`."
                                        + " Default: high.")
                        .build());
        spec.addOption(
                CallSyntax.option(
                                "--advisories",
                                "SOURCE",
                                "A folder or zip archive of OSV files, to compare the plugin's"
                                        + " parts with.")
                        .build());
        spec.addOption(
                CallSyntax.option(
                                "--suppress",
                                "FILE",
                                "A JSON file that says which findings do not count, and why.")
                        .build());
        spec.addOption(
                flag("--require-sbom", "Counts a plugin without a list of its parts as a finding.")
                        .build());
        spec.addOption(flag("--verbose", "Shows stack traces of Java, too.").build());
        spec.addPositional(plugin());
        example(spec, "cordon scan --fail-on medium --advisories osv.zip word-count.wasm");
        return spec;
    }

    static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage().description(description).abbreviateSynopsis(true).width(100);
        spec.usageMessage().parameterListHeading("%nArguments:%n");
        spec.usageMessage().optionListHeading("%nOptions:%n");
        spec.usageMessage().commandListHeading("%nCommands:%n").sortOptions(false);
        spec.addOption(flag("--help", "Shows this text.").usageHelp(true).build());
        return spec;
    }

    static void example(CommandSpec spec, String line) {
        spec.usageMessage().footer("", "Example:", "  " + line);
    }

    private static PositionalParamSpec positional(String index, String label, String description) {
        return PositionalParamSpec.builder()
                .index(index)
                .arity("0..1")
                .type(String.class)
                .required(false)
                .paramLabel(label)
                .description(description)
                .build();
    }

    private static PositionalParamSpec plugin() {
        return PositionalParamSpec.builder()
                .index("0")
                .type(String.class)
                .required(true)
                .paramLabel("PLUGIN")
                .description("The plugin's .wasm file.")
                .build();
    }

    static OptionSpec.Builder flag(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).arity("0").description(description);
    }
}
