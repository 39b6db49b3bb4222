package dev.cordon.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompileCacheSweepTest {
    @TempDir private Path folder;

    private Path file(String name, int bytes, Duration age) throws IOException {
        Path file = Files.write(folder.resolve(name), new byte[bytes]);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void theLeastRecentlyUsedGoUntilTheRestFits() throws IOException {
        file("new.code", 40, Duration.ofMinutes(1));
        file("oldest.code", 40, Duration.ofDays(9));
        file("older.code", 40, Duration.ofDays(8));
        file("secret.key", 32, Duration.ofDays(400));
        new CompileCacheSweep(folder, 80).run();
        assertThat(left()).containsExactly("new.code", "older.code", "secret.key");
        new CompileCacheSweep(folder, 79).run();
        assertThat(left()).containsExactly("new.code", "secret.key");
    }

    @Test
    void whatNobodyUsedForLongGoes() throws IOException {
        file("a.code", 1, CompileCacheSweep.MAX_AGE.plusDays(1));
        file("b.code", 1, CompileCacheSweep.MAX_AGE.minusDays(1));
        file("left-over.new", 1, CompileCacheSweep.MAX_DRAFT_AGE.plusMinutes(1));
        file("being-written.new", 1, Duration.ZERO);
        new CompileCacheSweep(folder, 100).run();
        assertThat(left()).containsExactly("b.code", "being-written.new");
    }

    @Test
    void aUseMakesAnEntryYoung() throws IOException {
        Path entry = file("a.code", 1, Duration.ofDays(80));
        new CompileCacheSweep(folder, 100).used(entry);
        assertThat(Files.getLastModifiedTime(entry).toInstant())
                .isAfter(Instant.now().minus(Duration.ofHours(1)));
    }
}
