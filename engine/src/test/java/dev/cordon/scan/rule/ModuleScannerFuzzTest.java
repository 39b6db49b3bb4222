package dev.cordon.scan.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.samples.SamplePlugins;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanReport;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the bytes: a report of bounded size, all of it printable. */
class ModuleScannerFuzzTest {
    private static final int LARGEST_SEED = 32_000;
    private static final int PREAMBLE = 8;
    private static final int MAX_FINDINGS = 1_000;
    private static final List<byte[]> SEEDS =
            SamplePlugins.names().stream()
                    .map(SamplePlugins::bytes)
                    .filter(it -> it.length > PREAMBLE && it.length < LARGEST_SEED)
                    .toList();

    @Property(tries = 500)
    void anyBytes(@ForAll byte[] bytes) {
        check(bytes);
        check(TestModule.join(new TestModule().build(), bytes));
    }

    @Property(tries = 2_000)
    void changedPlugins(@ForAll Random random) {
        byte[] module = SEEDS.get(random.nextInt(SEEDS.size())).clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = PREAMBLE + random.nextInt(module.length - PREAMBLE);
            switch (random.nextInt(3)) {
                case 0 -> module[at] = (byte) random.nextInt(256);
                case 1 -> module[at] ^= (byte) (1 << random.nextInt(8));
                default -> module[at] += (byte) (random.nextBoolean() ? 1 : -1);
            }
        }
        check(module);
    }

    @Property(tries = 200)
    void cutPlugins(@ForAll Random random) {
        byte[] module = SEEDS.get(random.nextInt(SEEDS.size()));
        check(Arrays.copyOf(module, random.nextInt(module.length)));
    }

    @Property(tries = 500)
    void anyDataAndSections(@ForAll byte[] data, @ForAll byte[] section, @ForAll Random random) {
        String[] names = {"producers", ".dep-v0", "sbom", "name", "note"};
        String[] starts = {
            "",
            "-----BEGIN ",
            "http://",
            "PK\3\4",
            "MZ",
            "\0asm\1\0\0\0",
            "token=",
            "1",
            "0x",
            "stratum+tcp://",
            "{\"bomFormat\":\"CycloneDX\",\"components\":["
        };
        byte[] start = TestModule.text(starts[random.nextInt(starts.length)]);
        check(
                new TestModule()
                        .memory(1, 1)
                        .data(TestModule.join(Arrays.copyOfRange(start, 1, start.length), data))
                        .custom(
                                names[random.nextInt(names.length)],
                                TestModule.join(
                                        Arrays.copyOfRange(start, 1, start.length), section))
                        .build());
    }

    private static void check(byte[] module) {
        ScanReport report = Scans.scan(module, ScanPolicy.defaults().withRequiredSbom(true));
        assertThat(report.findings()).hasSizeLessThan(MAX_FINDINGS);
        assertThat(report.findings())
                .allSatisfy(
                        finding -> {
                            assertThat(finding.message().chars()).allMatch(it -> it >= ' ');
                            assertThat(finding.evidence().text().chars()).allMatch(it -> it >= ' ');
                            assertThat(finding.evidence().offset()).isLessThan(module.length + 1L);
                        });
    }
}
