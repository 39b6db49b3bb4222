package dev.cordon.scan.rule;

import dev.cordon.scan.Evidence;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanRule;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/** Says what was seen in a module's data: secrets, suspicious texts, packed bytes. */
final class DataRules {
    /** Packed bytes in a row that tables of ciphers do not reach. */
    private static final int MUCH_PACKED = 64 * 1024;

    private static final int MAX_HOSTS = 10;

    private DataRules() {}

    static List<Rule> all() {
        return List.of(DataRules::secrets, DataRules::texts, DataRules::files, DataRules::packed);
    }

    private static void secrets(Subject subject, Findings findings) {
        each(
                subject,
                ScanRule.SECRET,
                findings,
                (telltale, hit) -> {
                    byte[] module = subject.module();
                    String shown = Shown.secret(module, hit.offset(), hit.length());
                    add(findings, subject, telltale, hit, telltale.what() + " " + shown);
                });
    }

    private static void texts(Subject subject, Findings findings) {
        each(
                subject,
                ScanRule.SUSPICIOUS_TEXT,
                findings,
                (telltale, hit) -> {
                    byte[] module = subject.module();
                    String shown = Shown.quoted(module, hit.offset(), hit.length());
                    add(findings, subject, telltale, hit, telltale.what() + " " + shown);
                });
        urls(subject, findings);
    }

    /** Nearly every program holds addresses of its documentation, so all are one finding. */
    private static void urls(Subject subject, Findings findings) {
        Set<String> hosts = new LinkedHashSet<>();
        Evidence first = Evidence.MODULE;
        int count = 0;
        for (var seen : subject.data().of(ScanRule.SUSPICIOUS_TEXT).entrySet()) {
            if (!seen.getKey().what().equals(TextTelltales.URL)) {
                continue;
            }
            for (DataFacts.Hit hit : seen.getValue().first()) {
                int scheme = seen.getKey().start().length;
                hosts.add(
                        Shown.quoted(
                                subject.module(), hit.offset() + scheme, hit.length() - scheme));
                if (first.offset() < 0 || hit.offset() < first.offset()) {
                    first = Evidence.bytes(hit.offset(), hit.length());
                }
            }
            count += seen.getValue().first().size() + seen.getValue().left();
        }
        if (count > 0) {
            String shown = String.join(", ", hosts.stream().limit(MAX_HOSTS).toList());
            String more = hosts.size() > MAX_HOSTS ? " and others" : "";
            findings.add(
                    ScanRule.SUSPICIOUS_TEXT,
                    Level.LOW,
                    first,
                    count + (count == 1 ? " URL: " : " URLs: ") + shown + more);
        }
    }

    private static void files(Subject subject, Findings findings) {
        each(
                subject,
                ScanRule.PACKED_DATA,
                findings,
                (telltale, hit) ->
                        findings.add(
                                telltale.rule(),
                                telltale.level(),
                                Evidence.bytes(hit.offset(), hit.length()),
                                "data holds a " + telltale.what()));
    }

    private static void packed(Subject subject, Findings findings) {
        for (DataFacts.Packed packed : subject.data().packed()) {
            findings.add(
                    ScanRule.PACKED_DATA,
                    packed.length() >= MUCH_PACKED ? ScanRule.PACKED_DATA.level() : Level.LOW,
                    Evidence.bytes(packed.offset(), packed.length()),
                    String.format(
                            Locale.ROOT,
                            "%d bytes look compressed, encrypted or random: up to %.2f bits a byte",
                            packed.length(),
                            packed.bits()));
        }
    }

    /** Speaks of everything that was seen for a rule but plain URLs, and counts the rest. */
    private static void each(
            Subject subject,
            ScanRule rule,
            Findings findings,
            BiConsumer<Telltale, DataFacts.Hit> speak) {
        subject.data()
                .of(rule)
                .forEach(
                        (telltale, hits) -> {
                            if (!telltale.what().equals(TextTelltales.URL)) {
                                hits.first().forEach(hit -> speak.accept(telltale, hit));
                                findings.leaveOut(telltale.level(), hits.left());
                            }
                        });
    }

    /** A finding that is known again by the bytes it is about, wherever they stand. */
    private static void add(
            Findings findings,
            Subject subject,
            Telltale telltale,
            DataFacts.Hit hit,
            String message) {
        String content =
                new String(
                        subject.module(), hit.offset(), hit.length(), StandardCharsets.ISO_8859_1);
        findings.add(
                telltale.rule(),
                telltale.level(),
                Evidence.bytes(hit.offset(), hit.length()),
                message,
                telltale.what() + "\n" + content,
                "");
    }
}
