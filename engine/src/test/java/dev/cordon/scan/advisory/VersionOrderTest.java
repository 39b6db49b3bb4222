package dev.cordon.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
    private static void ascend(VersionOrder order, String... versions) {
        for (int i = 0; i < versions.length; i++) {
            for (int j = 0; j < versions.length; j++) {
                assertThat(Integer.signum(order.compare(versions[i], versions[j])))
                        .as(versions[i] + " and " + versions[j])
                        .isEqualTo(Integer.compare(i, j));
            }
        }
    }

    @Test
    void semanticVersionsAscend() {
        ascend(
                VersionOrder.SEMANTIC,
                "0.9.9",
                "1.0.0-0",
                "1.0.0-alpha",
                "1.0.0-alpha.1",
                "1.0.0-alpha.beta",
                "1.0.0-beta",
                "1.0.0-beta.2",
                "1.0.0-beta.11",
                "1.0.0-rc.1",
                "1.0.0",
                "1.0.1",
                "1.2.0",
                "1.10.0",
                "2.0.0",
                "99999999999999999999.0.0");
    }

    @Test
    void semanticVersionsAreReadKindly() {
        assertThat(VersionOrder.SEMANTIC.compare("v1.2.0+build", "1.2")).isZero();
        assertThat(VersionOrder.SEMANTIC.compare("1.0.0.1", "1.0.0")).isPositive();
        for (String version : List.of("", "x", "1.", ".1", "1..2", "1.0-", "1.0.0 ", "latest")) {
            assertThat(VersionOrder.SEMANTIC.understands(version)).as(version).isFalse();
        }
    }

    @Test
    void pythonVersionsAscend() {
        ascend(
                VersionOrder.PYTHON,
                "1.0.dev1",
                "1.0a1.dev1",
                "1.0a1",
                "1.0b2",
                "1.0rc1",
                "1.0",
                "1.0.post1.dev1",
                "1.0.post1",
                "1.1",
                "1.10",
                "1!0.1");
        assertThat(VersionOrder.PYTHON.compare("1.0", "1.0.0")).isZero();
        assertThat(VersionOrder.PYTHON.compare("1.0-alpha.1", "1.0a1")).isZero();
        assertThat(VersionOrder.PYTHON.understands("one")).isFalse();
    }

    @Test
    void gemVersionsAscend() {
        ascend(VersionOrder.RUBY, "1.0.a", "1.0.b1", "1.0.rc1", "1.0", "1.0.1", "1.10", "2");
        assertThat(VersionOrder.RUBY.compare("1.0", "1")).isZero();
    }

    @Test
    void ecosystemsHaveTheirOrder() {
        assertThat(VersionOrder.of("crates.io")).isEqualTo(VersionOrder.SEMANTIC);
        assertThat(VersionOrder.of("PyPI")).isEqualTo(VersionOrder.PYTHON);
        assertThat(VersionOrder.of("Debian:12")).isEqualTo(VersionOrder.UNKNOWN);
        assertThat(VersionOrder.of("Maven").understands("1.0")).isFalse();
    }

    @Property(tries = 1_000)
    void anyTextIsUnderstoodOrNot(@ForAll String a, @ForAll String b) {
        for (VersionOrder order : VersionOrder.values()) {
            if (order.understands(a) && order.understands(b)) {
                assertThat(Integer.signum(order.compare(a, b)))
                        .isEqualTo(-Integer.signum(order.compare(b, a)));
            }
        }
    }
}
