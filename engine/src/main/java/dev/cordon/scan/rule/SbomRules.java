package dev.cordon.scan.rule;

import dev.cordon.scan.Component;
import dev.cordon.scan.Evidence;
import dev.cordon.scan.ScanRule;
import dev.cordon.scan.Vulnerability;
import dev.cordon.scan.sbom.MalformedSbomException;
import dev.cordon.scan.sbom.SbomReader;
import dev.cordon.wasm.CustomSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the lists of the plugin's parts and compares them with advisories. */
final class SbomRules implements Rule {
    /** Most components of all lists together. */
    private static final int MAX_COMPONENTS = 2 * SbomReader.MAX_COMPONENTS;

    private static final int MAX_SUMMARY = 200;
    private static final int MAX_FIXES = 5;

    /** By a text, since equal hashes of texts cost little in a map and those of records much. */
    private final Map<String, Part> parts = new LinkedHashMap<>();

    private boolean found;

    private record Part(Component component, Evidence at) {}

    int components() {
        return parts.size();
    }

    @Override
    public void check(Subject subject, Findings findings) {
        for (CustomSection section : subject.outline().customSections()) {
            if (SbomReader.recognises(
                    section.name(), subject.module(), section.offset(), section.size())) {
                found = true;
                read(section, subject, findings);
            }
        }
        if (!found && subject.policy().requiresSbom()) {
            findings.add(
                    ScanRule.NO_SBOM,
                    ScanRule.NO_SBOM.level(),
                    Evidence.MODULE,
                    "there is no software bill of materials in it");
        }
        parts.values().forEach(part -> compare(part, subject, findings));
    }

    private void read(CustomSection section, Subject subject, Findings findings) {
        Evidence at = Evidence.bytes(section.offset(), section.size());
        try {
            List<Component> listed =
                    SbomReader.read(
                            section.name(), subject.module(), section.offset(), section.size());
            for (Component component : listed) {
                if (parts.size() == MAX_COMPONENTS) {
                    malformed(findings, section, at, "with it there are too many components");
                    return;
                }
                parts.putIfAbsent(key(component), new Part(component, at));
            }
        } catch (MalformedSbomException e) {
            malformed(findings, section, at, String.valueOf(e.getMessage()));
        }
    }

    private static void malformed(
            Findings findings, CustomSection section, Evidence at, String why) {
        findings.add(
                ScanRule.MALFORMED_SBOM,
                ScanRule.MALFORMED_SBOM.level(),
                at,
                "the list of parts " + Shown.quoted(section.name()) + " cannot be read: " + why);
    }

    private static String key(Component component) {
        return component.ecosystem() + "\n" + component.name() + "\n" + component.version();
    }

    private static void compare(Part part, Subject subject, Findings findings) {
        Component component = part.component();
        for (Vulnerability known : subject.policy().advisories().affecting(component)) {
            findings.add(
                    ScanRule.VULNERABLE_COMPONENT,
                    known.level(),
                    part.at(),
                    message(component, known),
                    key(component) + "\n" + known.id(),
                    Shown.text(known.id(), MAX_SUMMARY));
        }
    }

    private static String message(Component component, Vulnerability known) {
        StringBuilder message = new StringBuilder();
        message.append(Shown.quoted(component.label()))
                .append(known.compared() ? " is affected by " : " may be affected by ")
                .append(Shown.text(known.id(), MAX_SUMMARY));
        if (!known.summary().isEmpty()) {
            message.append(": ").append(Shown.text(known.summary(), MAX_SUMMARY));
        }
        if (!known.fixed().isEmpty()) {
            List<String> fixes =
                    known.fixed().stream()
                            .limit(MAX_FIXES)
                            .map(it -> Shown.text(it, MAX_SUMMARY))
                            .toList();
            message.append("; fixed in ").append(String.join(", ", fixes));
        }
        return message.toString();
    }
}
