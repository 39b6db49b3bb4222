package dev.cordon.scan.rule;

import dev.cordon.scan.Evidence;
import dev.cordon.scan.ScanRule;
import dev.cordon.wasm.ExportedItem;
import dev.cordon.wasm.ImportedItem;
import java.lang.Character.UnicodeScript;
import java.util.List;

/** Finds names that make a reader believe something else than what is there. */
final class NameRules {
    /** Cyrillic and Greek letters that look like Latin ones. */
    private static final String ALIKE =
            "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0456\u0458\u0455\u0501\u051b\u051d"
                    + "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0405"
                    + "\u0406\u0408\u03bf\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d"
                    + "\u039f\u03a1\u03a4\u03a5\u03a7\u03bd";

    private NameRules() {}

    static List<Rule> all() {
        return List.of(NameRules::functions, NameRules::borders);
    }

    private static void functions(Subject subject, Findings findings) {
        for (int i = 0; i < subject.outline().totalFunctions(); i++) {
            String name = subject.names().name(i);
            if (name.isEmpty()) {
                continue;
            }
            check(findings, name, "the function name", subject, i);
            if (i >= subject.outline().importedFunctions() && subject.host().isHostFunction(name)) {
                add(
                        findings,
                        subject.inFunction(i, -1, 0),
                        "a function of the module is called "
                                + Shown.quoted(name)
                                + ", like a function of the host");
            }
        }
    }

    private static void borders(Subject subject, Findings findings) {
        for (ImportedItem item : subject.outline().imports()) {
            check(findings, item.module() + "." + item.name(), "the import", subject, -1);
        }
        for (ExportedItem item : subject.outline().exports()) {
            check(findings, item.name(), "the export", subject, -1);
        }
    }

    private static void check(
            Findings findings, String name, String what, Subject subject, int function) {
        if (isPlain(name)) {
            return;
        }
        boolean invisible = !Shown.text(name, name.length()).equals(name);
        if (invisible || mixesScripts(name)) {
            Evidence at = function < 0 ? Evidence.MODULE : subject.inFunction(function, -1, 0);
            add(
                    findings,
                    at,
                    what
                            + " "
                            + Shown.quoted(name)
                            + (invisible
                                    ? " holds invisible characters"
                                    : " mixes letters that look alike"));
        }
    }

    private static void add(Findings findings, Evidence at, String message) {
        findings.add(ScanRule.MISLEADING_NAME, ScanRule.MISLEADING_NAME.level(), at, message);
    }

    private static boolean isPlain(String name) {
        return name.chars().allMatch(it -> it >= ' ' && it < 0x7f);
    }

    /** Whether a word of the name holds Latin letters and others that look like Latin ones. */
    private static boolean mixesScripts(String name) {
        boolean latin = false;
        boolean alike = false;
        for (int at = 0; at < name.length(); at++) {
            char letter = name.charAt(at);
            if (!Character.isLetter(letter)) {
                latin = false;
                alike = false;
            } else if (ALIKE.indexOf(letter) >= 0) {
                alike = true;
            } else {
                latin |= UnicodeScript.of(letter) == UnicodeScript.LATIN;
            }
            if (latin && alike) {
                return true;
            }
        }
        return false;
    }
}
