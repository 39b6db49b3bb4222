package dev.cordon.cli;

import dev.cordon.ModuleFacts;
import dev.cordon.PluginEngine;
import java.io.IOException;
import picocli.CommandLine.ParseResult;

/** {@code cordon inspect}. */
final class InspectCommand {
    private final Console console;

    InspectCommand(Console console) {
        this.console = console;
    }

    int run(ParseResult options) throws IOException {
        ModuleFacts facts = facts(options);
        console.print(
                options.hasMatchedOption("--json") ? FactsJson.text(facts) : FactsText.text(facts));
        return ExitStatus.SUCCESS;
    }

    private static ModuleFacts facts(ParseResult options) {
        try (PluginEngine engine = PluginEngine.builder().build()) {
            return engine.inspect(CallTarget.of(options).file());
        }
    }
}
