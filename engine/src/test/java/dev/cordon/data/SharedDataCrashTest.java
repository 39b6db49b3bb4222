package dev.cordon.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that writes, again and again: nothing that it was answered may be lost. */
class SharedDataCrashTest {
    private static final int ROUNDS = 12;
    private static final int MOST_WRITES = 250;
    private static final long SEED = 20_260_101;

    @TempDir private Path temp;

    /** The last answered write of a key; number -1 if it was deleted. */
    private record Answered(long number, long version) {}

    private final Map<String, Answered> answered = new HashMap<>();
    private long highest;

    @Test
    @Tag("slow")
    void whatWasAnsweredSurvivesEveryKill() throws Exception {
        Random random = new Random(SEED);
        int writes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            writes += killAfter(1 + random.nextInt(MOST_WRITES), round);
            check("round " + round);
        }
        assertThat(writes).isGreaterThan(ROUNDS);
    }

    private int killAfter(int answers, int round) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashChild.class.getName(),
                        folder().toString(),
                        String.valueOf(SEED + round * 10L));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Process child = builder.start();
        int heard = 0;
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = lines.readLine();
            while (line != null) {
                heard++;
                if (heard == answers) {
                    // Not the process: what it said before it died still counts.
                    assertThat(child.toHandle().destroyForcibly()).isTrue();
                }
                note(line);
                line = lines.readLine();
            }
        } finally {
            child.destroyForcibly();
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(heard).as("the child wrote until it was killed").isGreaterThanOrEqualTo(answers);
        return heard;
    }

    private Path folder() {
        return temp.resolve("data");
    }

    /** A line counts if it is whole; one that was cut was not heard. */
    private void note(String line) {
        String[] parts = line.split(" ");
        if (parts.length == 3) {
            long version = Long.parseLong(parts[2]);
            answered.put(parts[0], new Answered(Long.parseLong(parts[1]), version));
            highest = Math.max(highest, version);
        }
    }

    /** At most one write of each thread can be there that was not answered. */
    private void check(String round) {
        try (SharedData data = SharedData.onDisk(folder(), DataQuota.defaults())) {
            int unheard = 0;
            for (Map.Entry<String, Answered> each : answered.entrySet()) {
                String key = each.getKey();
                Answered last = each.getValue();
                DataResult now = data.get(DataUser.application(key.substring(0, 2)), key);
                boolean gone = now.status() == DataResult.Status.NOT_FOUND;
                boolean same =
                        last.number() == -1
                                ? gone
                                : now.version() == last.version()
                                        && ByteBuffer.wrap(now.value()).getLong() == last.number();
                if (!same) {
                    unheard++;
                    assertThat(gone || now.version() > last.version())
                            .as(round + ": " + key + " is " + now.status() + " " + now.version())
                            .isTrue();
                    long number = gone ? -1 : ByteBuffer.wrap(now.value()).getLong();
                    answered.put(key, new Answered(number, now.version()));
                }
            }
            assertThat(unheard).as(round + ": writes that were not answered").isLessThan(3);
            DataClient probe = data.application("probe");
            assertThat(probe.put("probe", new byte[0])).as(round).isGreaterThan(highest);
        }
    }
}
