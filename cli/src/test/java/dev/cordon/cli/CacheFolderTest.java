package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
    @Test
    void offMeansNoFolder() {
        assertThat(CacheFolder.of(Map.of("CORDON_CACHE", "off"), "/home/a")).isEmpty();
    }

    @Test
    void relativeFoldersAreNotUsed() {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", "cache", "CORDON_CACHE", "x");
        assertThat(CacheFolder.of(environment, "?")).isEmpty();
    }
}
