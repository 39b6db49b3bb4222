package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanRule;
import dev.cordon.scan.Suppression;
import dev.cordon.scan.Suppressions;
import dev.cordon.trust.TrustPolicy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scan before a plugin is loaded. */
class ScanningTest {
    private static final PluginEngine ENGINE =
            PluginEngine.builder().trust(TrustPolicy.off()).build();

    @TempDir private Path folder;

    @AfterAll
    static void closeEngine() {
        ENGINE.close();
    }

    private Plugin load(String sample, ScanPolicy policy) {
        return ENGINE.load(
                SamplePlugins.copyTo(sample, folder), LoadOptions.defaults().withScan(policy));
    }

    @Test
    void nothingIsScannedUnlessAsked() {
        try (Plugin plugin = ENGINE.load(SamplePlugins.copyTo("secret-inside", folder))) {
            assertThat(plugin.scanReport()).isEmpty();
        }
    }

    @Test
    void aPluginThatFailsIsRefused() {
        assertThatThrownBy(() -> load("secret-inside", ScanPolicy.defaults()))
                .isInstanceOfSatisfying(
                        CordonException.class,
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.SCAN_FAILED))
                .hasMessage(
                        "CRD-308 [secret-inside] the scan has 2 findings of the level `high` or"
                                + " above: WVS-S001 private key `----…` (89 characters)\n"
                                + "  help: `cordon scan` shows all findings; suppress what can be"
                                + " explained");
    }

    @Test
    void aPluginThatPassesKeepsItsReport() {
        ScanPolicy lenient = ScanPolicy.defaults().withFailOn(Level.CRITICAL);
        try (Plugin plugin = load("secret-inside", lenient)) {
            assertThat(plugin.scanReport().orElseThrow().count(Level.HIGH)).isEqualTo(2);
        }
        Suppression known = Suppression.of(ScanRule.SECRET, "they open nothing");
        ScanPolicy explained =
                ScanPolicy.defaults().withSuppressions(Suppressions.of(List.of(known)));
        try (Plugin plugin = load("secret-inside", explained)) {
            assertThat(plugin.scanReport().orElseThrow().active()).isEmpty();
        }
    }

    @Test
    void theManifestBesideTheModuleIsHeldAgainstIt() {
        assertThatThrownBy(() -> load("undeclared-network", ScanPolicy.defaults()))
                .hasMessageContaining("WVS-C002");
    }
}
