package dev.cordon.scan.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.scan.Evidence;
import dev.cordon.scan.ScanReport;
import dev.cordon.scan.ScanRule;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rules that listen to instructions. */
class CodeRulesTest {
    private static final String LOOP = "low: a loop has no way out";
    private static final String RECURSION =
            "low: the function calls itself before it decides anything";

    private static java.util.List<String> endless(int... code) {
        return Scans.of(new TestModule().function("f", code), ScanRule.ENDLESS);
    }

    @Test
    void aLoopThatOnlyBranchesBackIsEndless() {
        assertThat(endless(0x03, 0x40, 0x0c, 0, 0x0b, 0x00)).containsExactly(LOOP);
    }

    @Test
    void theEvidenceIsTheLoop() {
        byte[] module =
                new TestModule().function("spin", 0x01, 0x03, 0x40, 0x0c, 0, 0x0b, 0x00).build();
        Evidence at = Scans.scan(module).findings().get(0).evidence();
        assertThat(at.function()).isZero();
        assertThat(at.functionName()).isEqualTo("spin");
        assertThat(module[(int) at.offset()]).isEqualTo((byte) 0x03);
    }

    @Test
    void aBlockInsideThatIsLeftByABranchBackKeepsTheLoopEndless() {
        assertThat(endless(0x03, 0x40, 0x02, 0x40, 0x0c, 1, 0x0b, 0x0b, 0x00))
                .containsExactly(LOOP);
        // Two loops: the inner one is left by the branch to the outer one.
        assertThat(endless(0x03, 0x40, 0x03, 0x40, 0x0c, 1, 0x0b, 0x0b, 0x00))
                .containsExactly(LOOP);
    }

    @Test
    void aLoopThatIsLeftIsNot() {
        int[] byCondition = {0x03, 0x40, 0x41, 1, 0x0d, 0, 0x0b};
        int[] byBranch = {0x02, 0x40, 0x03, 0x40, 0x41, 1, 0x0d, 1, 0x0c, 0, 0x0b, 0x0b};
        int[] byReturn = {0x03, 0x40, 0x41, 1, 0x04, 0x40, 0x0f, 0x0b, 0x0c, 0, 0x0b};
        int[] byTable = {0x02, 0x40, 0x03, 0x40, 0x41, 0, 0x0e, 1, 0, 1, 0x0b, 0x0b};
        int[] byCall = {0x03, 0x40, 0x41, 0, 0x04, 0x40, 0x10, 0, 0x0b, 0x0c, 0, 0x0b};
        for (int[] code : new int[][] {byCondition, byBranch, byReturn, byTable, byCall}) {
            assertThat(endless(code)).as(Arrays.toString(code)).isEmpty();
        }
    }

    @Test
    void aCallOfItselfBeforeAnyDecisionIsEndless() {
        assertThat(endless(0x10, 0)).containsExactly(RECURSION);
        assertThat(endless(0x12, 0)).containsExactly(RECURSION);
        assertThat(endless(0x41, 1, 0x04, 0x40, 0x10, 0, 0x0b)).isEmpty();
    }

    @Test
    void deepNestingCostsAStepForEachInstruction() {
        int depth = 9_000;
        int[] code = new int[6 * depth];
        for (int i = 0; i < depth; i++) {
            System.arraycopy(new int[] {0x03, 0x40}, 0, code, 2 * i, 2);
        }
        for (int i = 0; i < depth; i++) {
            System.arraycopy(new int[] {0x01, 0x01, 0x01, 0x0b}, 0, code, 2 * depth + 4 * i, 4);
        }
        assertThat(endless(code)).isEmpty();
    }

    private static int[] mixing(int rounds) {
        int[] round = {
            0x20, 0, 0x41, 7, 0x77, 0x41, 3, 0x74, 0x41, 5, 0x76, 0x41, 9, 0x73, 0x21, 0
        };
        int[] all = IntStream.range(0, rounds).flatMap(i -> Arrays.stream(round)).toArray();
        return joined(new int[] {0x03, 0x40}, all, new int[] {0x41, 0, 0x0d, 0, 0x0b});
    }

    private static int[] joined(int[]... parts) {
        return Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
    }

    private static byte[] hashing(String... texts) {
        TestModule module = new TestModule().memory(1, 1);
        module.data(TestModule.bytes(0x98, 0x2f, 0x8a, 0x42, 0x91, 0x44, 0x37, 0x71));
        Arrays.stream(texts).forEach(module::data);
        return module.functionWithLocal("mix", mixing(20)).build();
    }

    @Test
    void aLoopThatMixesBitsBesideConstantsOfAHashIsAKernel() {
        ScanReport report = Scans.scan(hashing());
        assertThat(Scans.of(report, ScanRule.HASH_KERNEL))
                .singleElement()
                .asString()
                .startsWith("low: ")
                .endsWith("mix bits, and the module holds constants of SHA-256");
    }

    @Test
    void signsOfMiningMakeAKernelWeighHigh() {
        ScanReport report = Scans.scan(hashing("stratum+tcp://pool.invalid:3333"));
        assertThat(Scans.of(report, ScanRule.HASH_KERNEL))
                .singleElement()
                .asString()
                .startsWith("high: ");
    }

    @Test
    void mixingWithoutKnownConstantsIsNoKernel() {
        TestModule module = new TestModule().functionWithLocal("mix", mixing(20));
        assertThat(Scans.of(module, ScanRule.HASH_KERNEL)).isEmpty();
    }

    @Test
    void oneFunctionWithALargeTableIsAnInterpreter() {
        int[] code = new int[210];
        System.arraycopy(new int[] {0x41, 0, 0x0e, 0xc8, 1}, 0, code, 0, 5);
        assertThat(Scans.of(new TestModule().function("step", code), ScanRule.INTERPRETER))
                .singleElement()
                .asString()
                .endsWith("of the code and has a branch table of 200 targets");
    }

    @Test
    void segmentsBeyondTheirMemoryOrTableAreFound() {
        TestModule fits = new TestModule().memory(1, 1).table(1).function("f").element(0, 0);
        assertThat(Scans.of(fits.data("x"), ScanRule.SEGMENT_BOUNDS)).isEmpty();
        TestModule table = new TestModule().table(1).function("f").element(1, 0);
        assertThat(Scans.of(table, ScanRule.SEGMENT_BOUNDS))
                .containsExactly("medium: elements up to 2, but table 0 starts with 1");
        TestModule memory = new TestModule().memory(1, 1).data(new byte[65_537]);
        assertThat(Scans.of(memory, ScanRule.SEGMENT_BOUNDS))
                .containsExactly("medium: data up to byte 65537, but the memory starts with 65536");
    }
}
