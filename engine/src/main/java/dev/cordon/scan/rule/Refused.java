package dev.cordon.scan.rule;

import dev.cordon.error.CordonException;
import dev.cordon.scan.Evidence;
import dev.cordon.scan.ScanRule;
import dev.cordon.wasm.SectionFrames;
import dev.cordon.wasm.SectionFrames.Frame;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scan says of a module that was not read to its end. */
final class Refused {
    /** Sections that start with how many things follow, each of which takes a byte at least. */
    private static final Set<Integer> COUNTED = Set.of(1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 13);

    private static final Pattern PLACE = Pattern.compile(", at byte 0x([0-9a-f]{1,7})$");
    private static final byte[] MAGIC = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private Refused() {}

    static void report(byte[] module, CordonException refused, Findings findings) {
        ScanRule rule =
                switch (refused.code()) {
                    case UNSUPPORTED_PROPOSAL -> ScanRule.UNSUPPORTED_PROPOSAL;
                    case MODULE_LIMIT, BUNDLE_TOO_LARGE -> ScanRule.SIZE;
                    default -> ScanRule.MALFORMED;
                };
        Optional<Frame> lying =
                SectionFrames.of(module).frames().stream()
                        .filter(frame -> lies(module, frame))
                        .findFirst();
        if (lying.isPresent() && rule != ScanRule.UNSUPPORTED_PROPOSAL) {
            rule = ScanRule.DIFFERENTIAL;
        }
        Evidence at =
                lying.map(it -> Evidence.bytes(it.offset(), 0)).orElseGet(() -> place(refused));
        findings.add(rule, rule.level(), at, refused.what() + "; " + refused.help());
    }

    /** Messages of the reader end with the place if they have one. */
    private static Evidence place(CordonException refused) {
        Matcher place = PLACE.matcher(refused.what());
        return place.find()
                ? Evidence.bytes(Integer.parseInt(place.group(1), 16), 0)
                : Evidence.MODULE;
    }

    private static boolean lies(byte[] module, Frame frame) {
        return isModule(module)
                && COUNTED.contains(frame.id())
                && SectionFrames.count(module, frame) > frame.size();
    }

    private static boolean isModule(byte[] module) {
        return module.length > MAGIC.length
                && Arrays.equals(module, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }
}
