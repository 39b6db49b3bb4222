package dev.cordon.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.scan.advisory.VersionRange.Event;
import dev.cordon.scan.advisory.VersionRange.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRangeTest {
    /** Events such as {@code introduced 1.0.0, fixed 1.2.0}. */
    private static VersionRange range(String events) {
        List<Event> list = new ArrayList<>();
        for (String event : events.split(", ")) {
            String[] words = event.split(" ");
            list.add(
                    new Event(Kind.valueOf(words[0].toUpperCase(java.util.Locale.ROOT)), words[1]));
        }
        return new VersionRange(true, list);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "introduced 0, fixed 1.2.0; 0.0.1; true",
                "introduced 0, fixed 1.2.0; 1.2.0-rc.1; true",
                "introduced 0, fixed 1.2.0; 1.2.0; false",
                "introduced 1.0.0; 0.9.0; false",
                "introduced 1.0.0; 1.0.0; true",
                "introduced 1.0.0; 99.0.0; true",
                "introduced 1.0.0, last_affected 1.4.0; 1.4.0; true",
                "introduced 1.0.0, last_affected 1.4.0; 1.4.1; false",
                "fixed 1.2.0, introduced 1.0.0; 1.1.0; true",
                "introduced 0, fixed 1.2.0, introduced 2.0.0, fixed 2.3.0; 1.5.0; false",
                "introduced 2.0.0, fixed 1.2.0, introduced 0, fixed 2.3.0; 2.1.0; true",
                "introduced 0, fixed 2.0.0, introduced 2.0.0; 2.0.0; true",
                "introduced 0, limit 1.5.0; 1.4.0; true",
                "introduced 0, limit 1.5.0; 1.5.0; false",
                "introduced 0, limit *; 9.0.0; true"
            })
    void eventsDecide(String events, String version, boolean affected) {
        assertThat(range(events).contains(version, "crates.io")).contains(affected);
    }

    @Test
    void whatCannotBeComparedIsLeftOpen() {
        assertThat(range("introduced 0, fixed tomorrow").contains("1.0.0", "crates.io")).isEmpty();
        assertThat(range("introduced 0, fixed 2.0.0").contains("nightly", "crates.io")).isEmpty();
        VersionRange other = new VersionRange(false, List.of(new Event(Kind.INTRODUCED, "0")));
        assertThat(other.contains("1.0.0", "Maven")).isEmpty();
        assertThat(other.contains("1.0.0", "PyPI")).contains(true);
    }
}
