package dev.cordon.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.UsageException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuppressionsTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 1, 15);
    private static final String DIGEST = "0".repeat(64);
    private static final Finding FINDING =
            new Finding(
                    ScanRule.HASH_KERNEL,
                    Level.LOW,
                    "mixes",
                    new Evidence(12, "sha256", 100, 10),
                    "f".repeat(64),
                    "",
                    Optional.empty());

    private static Suppressions parse(String json) {
        return Suppressions.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static boolean covers(String conditions) {
        return parse(
                        "{'suppressions':[{'rule':'WVS-M001','justification':'it signs'"
                                + conditions
                                + "}]}")
                .justification(FINDING, DIGEST, TODAY)
                .isPresent();
    }

    @Test
    void everyConditionHasToBeMet() {
        assertThat(covers("")).isTrue();
        assertThat(covers(",'function':'sha256'")).isTrue();
        assertThat(covers(",'function':'func[12]'")).isTrue();
        assertThat(covers(",'function':'other'")).isFalse();
        assertThat(covers(",'digest':'" + DIGEST + "'")).isTrue();
        assertThat(covers(",'digest':'" + "1".repeat(64) + "'")).isFalse();
        assertThat(covers(",'fingerprint':'" + "f".repeat(64) + "'")).isTrue();
        assertThat(covers(",'fingerprint':'x'")).isFalse();
        assertThat(covers(",'advisory':'GHSA-1'")).isFalse();
        assertThat(covers(",'function':'sha256','fingerprint':'x'")).isFalse();
    }

    @Test
    void suppressionsExpire() {
        assertThat(covers(",'expires':'2026-01-15'")).isTrue();
        assertThat(covers(",'expires':'2026-01-14'")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{};`$.suppressions` is not a list",
                "[];`$` is not an object",
                "{'suppressions':[{'rule':'WVS-M001'}]};lacks the field `justification`",
                "{'suppressions':[{'rule':'WVS-M001','justification':' '}]};without a reason",
                "{'suppressions':[{'justification':'x'}]};lacks the field `rule`",
                "{'suppressions':[{'rule':'WVS-Z999','justification':'x'}]};is no rule",
                "{'suppressions':[{'rule':'WVS-F001','justification':'x'}]};cannot be suppressed",
                "{'suppressions':[{'rule':'WVS-M001','justification':'x','file':'y'}]};unknown",
                "{'suppressions':[{'rule':'WVS-M001','justification':'x','expires':'soon'}]};no date",
                "{'suppressions':[{'rule':7,'justification':'x'}]};is not a string",
                "{'suppressions':[],'suppressions':[]};cannot be read"
            })
    void filesThatSayAnythingElseAreRefused(String json, String why) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(why);
    }

    @Property(tries = 500)
    void anyBytesGiveSuppressionsOrARefusal(@ForAll byte[] bytes) {
        try {
            Suppressions.parse(bytes);
        } catch (UsageException refused) {
            assertThat(refused.what().chars()).allMatch(it -> it >= ' ');
        }
    }
}
