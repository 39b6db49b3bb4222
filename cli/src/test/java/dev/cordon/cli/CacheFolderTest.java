package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
    @TempDir private Path home;

    @Test
    void theHomeDirectoryHoldsItByDefault() {
        assertThat(CacheFolder.root(Map.of(), home.toString()))
                .contains(home.resolve(".cache/cordon"));
    }

    @Test
    void theSystemsFolderForCachesComesFirst() {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", home.toString());
        assertThat(CacheFolder.root(environment, "/home/a")).contains(home.resolve("cordon"));
    }

    @Test
    void anotherFolderCanBeChosen() {
        Map<String, String> environment =
                Map.of("CORDON_CACHE", home.toString(), "XDG_CACHE_HOME", "/caches");
        assertThat(CacheFolder.root(environment, "/home/a")).contains(home);
    }

    @Test
    void offMeansNoFolder() {
        Map<String, String> environment = Map.of("CORDON_CACHE", "off");
        assertThat(CacheFolder.of(environment, home.toString())).isEmpty();
    }

    @Test
    void relativeFoldersAreNotUsed() {
        Map<String, String> environment = Map.of("XDG_CACHE_HOME", "cache", "CORDON_CACHE", "x");
        assertThat(CacheFolder.of(environment, "?")).isEmpty();
    }
}
