package dev.cordon.scan.rule;

import dev.cordon.scan.Evidence;
import dev.cordon.scan.ScanRule;
import dev.cordon.wasm.CustomSection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds toolchains that are older than the policy's floor, by the {@code producers} section. */
final class ToolchainRule implements Rule {
    private static final int MAX_ENTRIES = 100;
    private static final int MAX_NAME = 200;
    private static final int MAX_DIGITS = 9;

    @Override
    public void check(Subject subject, Findings findings) {
        Optional<CustomSection> section = subject.outline().customSection("producers");
        if (section.isEmpty()) {
            return;
        }
        int from = section.get().offset();
        Walk walk = new Walk(new ByteRange(subject.module(), from, from + section.get().size()));
        for (long fields = walk.number(); fields > 0 && walk.goesOn(); fields--) {
            walk.text(); // language, processed-by, sdk
            for (long entries = walk.number(); entries > 0 && walk.goesOn(); entries--) {
                int at = walk.at;
                tool(walk.text(), walk.text(), at, subject, findings);
            }
        }
    }

    private static void tool(
            String name, String version, int at, Subject subject, Findings findings) {
        String floor = subject.policy().toolchainFloors().get(name);
        List<Integer> actual = numbers(version);
        if (floor != null && !actual.isEmpty() && isBelow(actual, numbers(floor))) {
            findings.add(
                    ScanRule.OLD_TOOLCHAIN,
                    ScanRule.OLD_TOOLCHAIN.level(),
                    Evidence.bytes(at, 0),
                    "built with "
                            + Shown.quoted(name + " " + version)
                            + ", and the floor is "
                            + Shown.quoted(floor));
        }
    }

    /** The numbers that a version starts with, after letters such as in {@code go1.21}. */
    private static List<Integer> numbers(String version) {
        List<Integer> numbers = new ArrayList<>();
        int at = 0;
        while (at < version.length() && Character.isLetter(version.charAt(at))) {
            at++;
        }
        while (at < version.length() && isDigit(version.charAt(at))) {
            int end = at;
            while (end < version.length() && isDigit(version.charAt(end))) {
                end++;
            }
            numbers.add(
                    end - at > MAX_DIGITS
                            ? Integer.MAX_VALUE
                            : Integer.parseInt(version.substring(at, end)));
            at = end < version.length() && version.charAt(end) == '.' ? end + 1 : version.length();
        }
        return numbers;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    private static boolean isBelow(List<Integer> actual, List<Integer> floor) {
        for (int i = 0; i < floor.size(); i++) {
            int number = i < actual.size() ? actual.get(i) : 0;
            if (number != floor.get(i)) {
                return number < floor.get(i);
            }
        }
        return false;
    }

    /** Reads as far as the section makes sense. */
    private static final class Walk {
        private final ByteRange range;
        private int at;
        private int entries;

        Walk(ByteRange range) {
            this.range = range;
            this.at = range.from();
        }

        boolean goesOn() {
            return at < range.to() && entries++ < MAX_ENTRIES;
        }

        long number() {
            long value = 0;
            for (int shift = 0; shift < 35; shift += 7) {
                int part = range.at(at++);
                value |= (long) (part & 0x7f) << shift;
                if (part < 0x80) {
                    return value;
                }
            }
            return 0;
        }

        String text() {
            long length = Math.min(number(), Math.max(0, range.to() - at));
            int shown = (int) Math.min(length, MAX_NAME);
            String text =
                    shown == 0 ? "" : new String(range.bytes(), at, shown, StandardCharsets.UTF_8);
            at += (int) length;
            return text;
        }
    }
}
