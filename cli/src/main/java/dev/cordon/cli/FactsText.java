package dev.cordon.cli;

import dev.cordon.ModuleFacts;
import dev.cordon.error.GuestText;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.ManifestCommand;
import java.util.List;
import java.util.Locale;

/** What is in a plugin, for people. */
final class FactsText {
    private static final int MAX_SHOWN = 1_000;
    private static final String NONE = "none";

    private final StringBuilder out = new StringBuilder();

    private FactsText() {}

    /** Several lines. */
    static String text(ModuleFacts facts) {
        FactsText text = new FactsText();
        text.write(facts);
        return text.out.toString();
    }

    private void write(ModuleFacts facts) {
        out.append(shown(facts.name())).append('\n');
        line("digest", facts.digest());
        line("size", facts.sizeBytes() + " bytes");
        line("kind", FactsWords.kind(facts.kind()));
        writeManifest(facts.manifest());
        if (!facts.signers().isEmpty()) {
            line("signed by", joined(facts.signers()) + " (`cordon verify` tells if it counts)");
        }
        line("memory", memory(facts.memory()));
        for (ModuleFacts.Size table : facts.tables()) {
            line("table", range(table, "elements"));
        }
        if (facts.tables().isEmpty()) {
            line("table", NONE);
        }
        line("proposals", joined(facts.proposals()));
        line("would need", joined(facts.capabilities()));
        if (facts.runsAtStart()) {
            line("start", "runs a function when it is instantiated");
        }
        if (!facts.interpretedFunctions().isEmpty()) {
            line("interpreted", "too large for the JVM: " + joined(facts.interpretedFunctions()));
        }
        if (!facts.unknownImports().isEmpty()) {
            line("refused", "this engine does not offer " + joined(facts.unknownImports()));
        }
        writeImports(facts.imports());
        writeExports(facts.exports());
    }

    private void writeManifest(Manifest manifest) {
        line("plugin", manifest.id() + " " + manifest.version());
        if (!manifest.description().isEmpty()) {
            line("about", shown(manifest.description()));
        }
        for (ManifestCommand command : manifest.commands()) {
            String about = command.description().isEmpty() ? "" : ": " + command.description();
            line("command", shown(command.name() + about));
        }
        if (!manifest.subscriptions().isEmpty()) {
            line("listens to", joined(manifest.subscriptions()));
        }
        line("asks for", joined(manifest.requests()));
        String quota = String.join(", ", FactsWords.quota(manifest.quota()));
        if (!quota.isEmpty()) {
            line("uses at most", quota);
        }
        line("state", manifest.state().name().toLowerCase(Locale.ROOT));
    }

    private void writeImports(List<ModuleFacts.Import> imports) {
        out.append(imports.isEmpty() ? "imports: none\n" : "imports:\n");
        for (ModuleFacts.Import item : imports) {
            indented(item.kind() + " " + item.module() + "." + item.name() + " " + item.type());
        }
    }

    private void writeExports(List<ModuleFacts.Export> exports) {
        out.append(exports.isEmpty() ? "exports: none\n" : "exports:\n");
        for (ModuleFacts.Export item : exports) {
            indented(item.kind() + " " + item.name() + " " + item.type());
        }
    }

    private void indented(String text) {
        out.append("  ").append(shown(text).stripTrailing()).append('\n');
    }

    private void line(String name, String value) {
        out.append(String.format(Locale.ROOT, "  %-14s%s", name, value)).append('\n');
    }

    private static String memory(ModuleFacts.Size memory) {
        boolean none = memory.maximum().isPresent() && memory.maximum().getAsLong() == 0;
        return none ? NONE : range(memory, "pages of 64 KiB");
    }

    private static String range(ModuleFacts.Size size, String unit) {
        String most =
                size.maximum().isPresent() ? "at most " + size.maximum().getAsLong() : "no bound";
        return size.minimum() + " " + unit + ", " + most;
    }

    private static String joined(List<String> texts) {
        return texts.isEmpty() ? NONE : shown(String.join(", ", texts));
    }

    static String shown(String text) {
        return GuestText.printable(text, MAX_SHOWN);
    }
}
