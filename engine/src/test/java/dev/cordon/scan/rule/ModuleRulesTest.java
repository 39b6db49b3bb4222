package dev.cordon.scan.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.quota.Quota;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanReport;
import dev.cordon.scan.ScanRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Rules about what a module declares and how it is written. */
class ModuleRulesTest {
    private static final String WASI = "wasi_snapshot_preview1";

    /** The type {@code () -> ()} for functions. */
    private static final int[] FUNCTION = {0, 0};

    @Test
    void importsThatTheHostDoesNotOfferAreFound() {
        TestModule module = new TestModule().imports("env", "gate", FUNCTION);
        assertThat(Scans.of(module, ScanRule.UNKNOWN_IMPORT))
                .containsExactly(
                        "high: imports the function `env.gate () -> ()`, which the host does not"
                                + " offer");
    }

    @Test
    void sharedStateIsFound() {
        TestModule module =
                new TestModule()
                        .imports("env", "memory", 2, 0, 1)
                        .imports("env", "table", 1, 0x70, 0, 1)
                        .imports("env", "variable", 3, 0x7f, 1)
                        .imports("env", "constant", 3, 0x7f, 0)
                        .export("table", 1, 0)
                        .export("variable", 3, 0)
                        .export("constant", 3, 1)
                        .export("memory", 2, 0);
        assertThat(Scans.of(module, ScanRule.IMPORTED_STATE))
                .containsExactly(
                        "medium: imports the memory `env.memory`",
                        "medium: imports the table `env.table`",
                        "medium: imports the global `env.variable`");
        assertThat(Scans.of(module, ScanRule.EXPORTED_STATE))
                .containsExactly(
                        "medium: exports the table `table`",
                        "medium: exports the mutable global `variable`");
    }

    @Test
    void aManifestHasToAskForWhatTheImportsNeed() {
        byte[] module = new TestModule().imports(WASI, "path_open", FUNCTION).build();
        assertThat(Scans.of(Scans.requesting(module), ScanRule.UNDECLARED_CAPABILITY))
                .containsExactly(
                        "high: imports `wasi_snapshot_preview1.path_open`, but its manifest does"
                                + " not request `fs:read`");
        for (String request : new String[] {"fs:read=/in", "fs:write=/out"}) {
            ScanReport report = Scans.requesting(module, request);
            assertThat(Scans.of(report, ScanRule.UNDECLARED_CAPABILITY)).isEmpty();
            assertThat(Scans.of(report, ScanRule.UNUSED_REQUEST)).isEmpty();
            assertThat(Scans.of(report, ScanRule.POWERFUL_IMPORT)).isEmpty();
        }
        assertThat(Scans.of(Scans.scan(module), ScanRule.POWERFUL_IMPORT)).hasSize(1);
    }

    @Test
    void whatRunTimesImportUnaskedWeighsLow() {
        byte[] module = new TestModule().imports(WASI, "random_get", FUNCTION).build();
        assertThat(Scans.of(Scans.requesting(module), ScanRule.UNDECLARED_CAPABILITY))
                .singleElement()
                .asString()
                .startsWith("low: ");
    }

    @Test
    void requestsThatNothingCouldUseAreFound() {
        byte[] growing =
                new TestModule().memory(1, 2).function("f", 0x41, 1, 0x40, 0, 0x1a).build();
        assertThat(
                        Scans.of(
                                Scans.requesting(growing, "sys:memory", "net:outbound=tcp://a:1"),
                                ScanRule.UNUSED_REQUEST))
                .containsExactly(
                        "medium: requests `net:outbound=tcp://a:1`, which nothing in it could use");
        byte[] empty = new TestModule().build();
        assertThat(Scans.of(Scans.requesting(empty, "sys:memory"), ScanRule.UNUSED_REQUEST))
                .hasSize(1);
    }

    @Test
    void memoryAndTablesAreHeldAgainstTheQuota() {
        byte[] module = new TestModule().memory(2, 2).table(20).build();
        ScanPolicy tight =
                ScanPolicy.defaults()
                        .withQuota(Quota.defaults().withMemoryBytes(65_536).withTableElements(10));
        ScanReport report = Scans.scan(module, tight);
        assertThat(Scans.of(report, ScanRule.MEMORY_SIZE))
                .containsExactly(
                        "high: the memory starts with 131072 bytes, and its quota is 65536");
        assertThat(Scans.of(report, ScanRule.TABLE_SIZE))
                .containsExactly("high: table 0 starts with 20 elements, and its quota is 10");
        assertThat(Scans.scan(module).findings()).isEmpty();
        assertThat(Scans.of(new TestModule().memory(1), ScanRule.MEMORY_SIZE))
                .singleElement()
                .asString()
                .startsWith("low: ");
    }

    @Test
    void aStartFunctionIsFound() {
        TestModule module = new TestModule().function("early").start(0);
        assertThat(Scans.of(module, ScanRule.START_FUNCTION)).hasSize(1);
    }

    @Test
    void largeFunctionsAreNoted() {
        int[] code = new int[256 * 1024];
        Arrays.fill(code, 0x01);
        assertThat(Scans.of(new TestModule().function("f", code), ScanRule.SIZE))
                .singleElement()
                .asString()
                .startsWith("low: a function of 262146 bytes");
    }

    @Test
    void paddedSectionsAreNoted() {
        byte[] plain = new TestModule().build();
        byte[] padded = new byte[plain.length + 1];
        System.arraycopy(plain, 0, padded, 0, 9);
        padded[9] = (byte) (plain[9] | 0x80);
        System.arraycopy(plain, 10, padded, 11, plain.length - 10);
        assertThat(Scans.of(Scans.scan(padded), ScanRule.PADDED_SECTION)).hasSize(1);
        assertThat(Scans.of(Scans.scan(plain), ScanRule.PADDED_SECTION)).isEmpty();
    }

    @Test
    void sectionsThatSayWhatIsInTheModuleCanBeThereOnce() {
        TestModule module =
                new TestModule()
                        .custom("producers", new byte[] {0})
                        .custom("producers", new byte[] {0})
                        .custom("other", new byte[0])
                        .custom("other", new byte[0])
                        .custom("sbom", "{\"bomFormat\":\"CycloneDX\"}".getBytes())
                        .custom("sbom", "{\"bomFormat\":\"CycloneDX\"}".getBytes());
        assertThat(Scans.of(module, ScanRule.DIFFERENTIAL))
                .containsExactly(
                        "high: there are several custom sections of the name `sbom`",
                        "medium: there are several custom sections of the name `producers`");
    }

    @Test
    void namesThatMisleadAreFound() {
        TestModule module =
                new TestModule()
                        .function("\u202eevil")
                        .function("c\u043epy")
                        .function("cordon.log")
                        .function("h\u00e9llo \u4e16\u754c \u0434\u0430")
                        .export("a\u0007", 0, 0);
        assertThat(Scans.of(module, ScanRule.MISLEADING_NAME))
                .containsExactly(
                        "medium: the export `a\\u{7}` holds invisible characters",
                        "medium: the function name `\\u{202e}evil` holds invisible characters",
                        "medium: the function name `c\u043epy` mixes letters that look alike",
                        "medium: a function of the module is called `cordon.log`, like a function"
                                + " of the host");
    }

    @Test
    void toolchainsBelowTheFloorAreFound() {
        byte[] producers =
                TestModule.join(
                        TestModule.number(1),
                        TestModule.text("processed-by"),
                        TestModule.number(3),
                        TestModule.text("rustc"),
                        TestModule.text("1.40.0 (73528e339 2019-12-16)"),
                        TestModule.text("clang"),
                        TestModule.text("17.0.1"),
                        TestModule.text("unknown"),
                        TestModule.text("0.1"));
        byte[] module = new TestModule().custom("producers", producers).build();
        assertThat(Scans.of(Scans.scan(module), ScanRule.OLD_TOOLCHAIN))
                .containsExactly(
                        "low: built with `rustc 1.40.0 (73528e339 2019-12-16)`, and the floor is"
                                + " `1.58`");
        ScanPolicy strict = ScanPolicy.defaults().withToolchainFloor("clang", "18");
        assertThat(Scans.of(Scans.scan(module, strict), ScanRule.OLD_TOOLCHAIN)).hasSize(2);
    }
}
