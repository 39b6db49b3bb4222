package dev.cordon.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantitiesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "17, 17",
        "17B, 17",
        "4KiB, 4096",
        "4MiB, 4194304",
        "2GiB, 2147483648",
        "1024p, 67108864"
    })
    void sizes(String text, long bytes) {
        assertThat(Quantities.bytes(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "0s, 0",
        "7ns, 7",
        "3us, 3000",
        "500ms, 500000000",
        "2s, 2000000000",
        "1m, 60000000000",
        "1h, 3600000000000"
    })
    void durations(String text, long nanos) {
        assertThat(Quantities.duration(text)).hasNanos(nanos);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MiB", "-1", "1.5MiB", "4 MiB", "4MB", "4mib", "4x", "９"})
    void otherSizesAreRefused(String text) {
        assertThatThrownBy(() -> Quantities.bytes(text))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "CRD-702 [quota] `"
                                + text
                                + "` is not a size\n"
                                + "  help: write it like `64MiB`, `512KiB` or `1024p`");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "2 s", "s", "-2s", "2S", "1d"})
    void otherDurationsAreRefused(String text) {
        assertThatThrownBy(() -> Quantities.duration(text))
                .hasMessage(
                        "CRD-702 [quota] `"
                                + text
                                + "` is not a duration\n"
                                + "  help: write it like `500ms` or `2s`");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> Quantities.bytes("99999999999GiB"))
                .hasMessageContaining("`99999999999GiB` is too large for a size");
    }
}
