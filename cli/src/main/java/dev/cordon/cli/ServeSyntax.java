package dev.cordon.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** What can be written behind {@code serve}. */
final class ServeSyntax {
    private ServeSyntax() {}

    static CommandSpec serve() {
        CommandSpec spec =
                Syntax.command(
                        Syntax.SERVE,
                        "Hosts the plugins of a folder until it is told to end, takes commands and"
                                + " events for them over HTTP, and picks up what changes in the"
                                + " folder.");
        add(
                spec,
                "--config",
                "FILE",
                "The host's policy file, in JSON; docs/serve.md describes it. Read again when it"
                        + " changes.");
        add(
                spec,
                "--http",
                "ADDRESS:PORT",
                "Where requests are taken, on this machine only; port 0 lets the system choose; or"
                        + " `none`. Default: "
                        + HttpAddress.DEFAULT
                        + ".");
        add(
                spec,
                "--token-file",
                "FILE",
                "What requests must present. Default: a random one, which is shown on stderr.");
        add(
                spec,
                "--grace",
                "DURATION",
                "How long calls may go on when a plugin is removed or the server ends."
                        + " Default: 20s.");
        add(spec, "--engine", "ENGINE", "`compiled` or `interpreter`. Default: compiled.");
        spec.addOption(
                Syntax.flag(
                                "--require-signature",
                                "Refuses what no publisher of the --config file signed.")
                        .build());
        spec.addOption(Syntax.flag("--quiet", "Shows errors only.").build());
        spec.addOption(
                Syntax.flag(
                                "--verbose",
                                "Shows all log lines of guests, what was decided about their"
                                        + " accesses, what each call used, and stack traces of"
                                        + " Java.")
                        .build());
        spec.addPositional(
                PositionalParamSpec.builder()
                        .index("0")
                        .arity("0..1")
                        .type(String.class)
                        .required(false)
                        .paramLabel("FOLDER")
                        .description("Where the plugins are; unless given, the file says it.")
                        .build());
        Syntax.example(spec, "cordon serve --config host.json --token-file token");
        return spec;
    }

    private static void add(CommandSpec spec, String name, String label, String description) {
        spec.addOption(CallSyntax.option(name, label, description).build());
    }
}
