package dev.cordon.scan.rule;

import dev.cordon.scan.Evidence;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanRule;
import dev.cordon.wasm.CustomSection;
import dev.cordon.wasm.DeclaredSize;
import dev.cordon.wasm.FunctionBodies;
import dev.cordon.wasm.ModuleOutline;
import java.util.List;

/** What the module takes before and when it starts: size, memory, tables, a start function. */
final class LimitRules {
    private static final long PAGE = 65_536;
    private static final int MUCH_MODULE = 16 * 1024 * 1024;
    private static final int MANY_FUNCTIONS = 50_000;
    private static final int MUCH_BODY = 256 * 1024;
    private static final int MUCH_CUSTOM = 4 * 1024 * 1024;

    private LimitRules() {}

    static List<Rule> all() {
        return List.of(LimitRules::size, LimitRules::memory, LimitRules::tables, LimitRules::start);
    }

    private static void size(Subject subject, Findings findings) {
        ModuleOutline outline = subject.outline();
        large(findings, subject.module().length, MUCH_MODULE, "bytes");
        large(findings, outline.bodies().count(), MANY_FUNCTIONS, "functions");
        long custom = outline.customSections().stream().mapToLong(CustomSection::size).sum();
        large(findings, custom, MUCH_CUSTOM, "bytes of custom sections");
        FunctionBodies bodies = outline.bodies();
        for (int i = 0; i < bodies.count(); i++) {
            if (bodies.size(i) > MUCH_BODY) {
                findings.add(
                        ScanRule.SIZE,
                        Level.LOW,
                        subject.inFunction(outline.importedFunctions() + i, -1, 0),
                        "a function of " + bodies.size(i) + " bytes is more than most plugins need",
                        "",
                        "");
            }
        }
    }

    private static void large(Findings findings, long count, long usual, String things) {
        if (count > usual) {
            findings.add(
                    ScanRule.SIZE,
                    Level.LOW,
                    Evidence.MODULE,
                    count + " " + things + " are more than most plugins need",
                    things,
                    "");
        }
    }

    private static void memory(Subject subject, Findings findings) {
        if (subject.outline().memory().isEmpty()) {
            return;
        }
        DeclaredSize size = subject.outline().memory().get();
        long most = subject.policy().quota().memoryBytes();
        if (size.minimum() * PAGE > most) {
            findings.add(
                    ScanRule.MEMORY_SIZE,
                    ScanRule.MEMORY_SIZE.level(),
                    Evidence.MODULE,
                    "the memory starts with "
                            + size.minimum() * PAGE
                            + " bytes, and its quota is "
                            + most);
        } else if (size.maximum().isEmpty()) {
            findings.add(
                    ScanRule.MEMORY_SIZE,
                    Level.LOW,
                    Evidence.MODULE,
                    "the memory declares no maximum, so that only its quota bounds it");
        }
    }

    private static void tables(Subject subject, Findings findings) {
        long most = subject.policy().quota().tableElements();
        for (int i = 0; i < subject.outline().tables().size(); i++) {
            DeclaredSize size = subject.outline().tables().get(i).size();
            boolean starts = size.minimum() > most;
            if (starts || size.maximum().orElse(0) > most) {
                findings.add(
                        ScanRule.TABLE_SIZE,
                        starts ? ScanRule.TABLE_SIZE.level() : Level.LOW,
                        Evidence.MODULE,
                        "table "
                                + i
                                + (starts ? " starts with " : " may grow to ")
                                + (starts ? size.minimum() : size.maximum().orElse(0))
                                + " elements, and its quota is "
                                + most);
            }
        }
    }

    private static void start(Subject subject, Findings findings) {
        subject.outline()
                .startFunction()
                .ifPresent(
                        function ->
                                findings.add(
                                        ScanRule.START_FUNCTION,
                                        ScanRule.START_FUNCTION.level(),
                                        subject.inFunction(function, -1, 0),
                                        "a function runs when the module is instantiated",
                                        "",
                                        ""));
    }
}
