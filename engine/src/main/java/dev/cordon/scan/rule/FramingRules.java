package dev.cordon.scan.rule;

import dev.cordon.scan.Evidence;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanRule;
import dev.cordon.scan.sbom.SbomReader;
import dev.cordon.wasm.CustomSection;
import dev.cordon.wasm.SectionFrames;
import dev.cordon.wasm.SectionFrames.Frame;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How the module's sections are written. */
final class FramingRules {
    /** Custom sections that say what is in a module, of which there can be one each. */
    private static final Set<String> TELLING =
            Set.of(
                    "producers",
                    "target_features",
                    "build_id",
                    "sourceMappingURL",
                    "version",
                    "revision",
                    "source",
                    "homepage",
                    "licenses",
                    "authors",
                    "description");

    private FramingRules() {}

    static List<Rule> all() {
        return List.of(FramingRules::padded, FramingRules::twice);
    }

    private static void padded(Subject subject, Findings findings) {
        List<Frame> padded =
                SectionFrames.of(subject.module()).frames().stream().filter(Frame::padded).toList();
        if (!padded.isEmpty()) {
            Frame first = padded.get(0);
            findings.add(
                    ScanRule.PADDED_SECTION,
                    ScanRule.PADDED_SECTION.level(),
                    Evidence.bytes(first.offset(), first.content() - first.offset()),
                    padded.size() + " section sizes are longer than they need to be");
        }
    }

    private static void twice(Subject subject, Findings findings) {
        Set<String> seen = new HashSet<>();
        for (CustomSection section : subject.outline().customSections()) {
            boolean parts =
                    SbomReader.recognises(
                            section.name(), subject.module(), section.offset(), section.size());
            if ((parts || TELLING.contains(section.name())) && !seen.add(section.name())) {
                findings.add(
                        ScanRule.DIFFERENTIAL,
                        parts ? Level.HIGH : Level.MEDIUM,
                        Evidence.bytes(section.offset(), section.size()),
                        "there are several custom sections of the name "
                                + Shown.quoted(section.name()));
            }
        }
    }
}
