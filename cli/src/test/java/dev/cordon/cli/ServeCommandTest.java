package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class ServeCommandTest {
    private static final String RELEASE = "dev.cordon.samples.release";

    @TempDir private Path directory;
    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(directory.resolve("plugins"));
    }

    @Test
    void aFolderIsServedAndEndsInOrder() throws Exception {
        ServeRun.deploy("release-one", folder, "release");
        ServeRun.deploy("word-count-reactor", folder, "count");
        ServeRun run = ServeRun.start(directory, folder.toString());

        assertThat(run.post("/v1/commands/count", "a b a").body()).contains("\"words\":3");
        assertThat(run.post("/v1/commands/which", "").body()).isEqualTo("1");
        assertThat(run.get("/v1/plugins").body())
                .contains("\"id\":\"" + RELEASE + "\"", "\"state\":\"serving\"")
                .contains("\"commands\":[\"count\",\"top\"]", "\"refused\":[]");
        assertThat(run.post("/v1/events/order.placed", "{}").status()).isEqualTo(202);
        assertThat(run.get("/v1/dead-letters").body()).contains("\"deadLetters\":[]");
        assertThat(run.stop()).isZero();
        assertThat(run.err()).contains("loaded 1.0.0 from `release.wasm`").endsWith("ended\n");
    }

    @Test
    void aNewVersionTakesOverAndLosesNoCommand() throws Exception {
        ServeRun.deploy("release-one", folder, "release");
        try (ServeRun run = ServeRun.start(directory, folder.toString())) {
            AtomicBoolean over = new AtomicBoolean();
            List<String> answers = Collections.synchronizedList(new ArrayList<>());
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Thread sender =
                        new Thread(
                                () -> {
                                    while (!over.get()) {
                                        var answer = run.post("/v1/commands/which", "");
                                        answers.add(answer.status() + " " + answer.body());
                                    }
                                });
                senders.add(sender);
                sender.start();
            }
            for (String next : List.of("release-two", "release-one", "release-two")) {
                int before = run.err().split(" reloaded ", -1).length;
                ServeRun.deploy(next, folder, "release");
                run.await(() -> run.err().split(" reloaded ", -1).length > before);
            }
            over.set(true);
            for (Thread sender : senders) {
                sender.join();
            }
            assertThat(answers).isNotEmpty().allMatch(it -> it.matches("200 [12]"), run.err());
            assertThat(run.post("/v1/commands/which", "").body()).isEqualTo("2");
        }
    }

    @Test
    void aBrokenVersionIsToldOnceAndTheOldOneGoesOn() throws Exception {
        ServeRun.deploy("release-one", folder, "release");
        try (ServeRun run = ServeRun.start(directory, folder.toString())) {
            Files.writeString(folder.resolve("release.wasm"), "this is no module");
            run.awaitLine("`release.wasm` is not taken; 1.0.0 of `" + RELEASE + "` goes on");
            ServeRun.deploy("word-count-reactor", folder, "count"); // has it tried again
            run.awaitLine("word-count] loaded");

            assertThat(run.post("/v1/commands/which", "").body()).isEqualTo("1");
            assertThat(run.get("/v1/plugins").body())
                    .contains("\"refused\":[{\"file\":\"release.wasm\",\"code\":\"CRD-103\"");
            assertThat(run.err()).containsOnlyOnce("is not taken");
            ServeRun.deploy("release-two", folder, "release");
            run.awaitLine("reloaded 1.0.0 -> 2.0.0");
            assertThat(run.get("/v1/plugins").body()).contains("\"refused\":[]");
        }
    }

    @Test
    void aFileThatIsRemovedIsClosed() throws Exception {
        ServeRun.deploy("release-one", folder, "release");
        try (ServeRun run = ServeRun.start(directory, folder.toString())) {
            Files.delete(folder.resolve("release.wasm"));
            run.awaitLine("[" + RELEASE + "] closed: `release.wasm` was removed");
            assertThat(run.post("/v1/commands/which", "").status()).isEqualTo(404);
        }
    }

    @Test
    void aFileOfAnotherNameReplacesOneThatIsGone() throws Exception {
        ServeRun.deploy("release-one", folder, "release-1.0.0");
        try (ServeRun run = ServeRun.start(directory, folder.toString())) {
            ServeRun.deploy("release-two", folder, "release-2.0.0");
            run.awaitLine("is served from `release-1.0.0.wasm` already");
            assertThat(run.post("/v1/commands/which", "").body()).isEqualTo("1");
            Files.delete(folder.resolve("release-1.0.0.wasm"));
            run.awaitLine("reloaded 1.0.0 -> 2.0.0");
            assertThat(run.post("/v1/commands/which", "").body()).isEqualTo("2");
            assertThat(run.err()).doesNotContain("closed");
        }
    }

    @Test
    void theSecondHandlerOfACommandIsRefusedUntilItGetsAnotherName() throws Exception {
        ServeRun.deploy("word-count-reactor", folder, "a-count");
        ServeRun.deploy("word-count-reactor", folder, "b-count");
        Path manifest = folder.resolve("b-count.cordon.json");
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("dev.cordon.samples.word-count", "acme.count"));
        Path config = config("");
        try (ServeRun run = ServeRun.start(directory, "--config", config.toString())) {
            assertThat(run.err())
                    .contains(
                            "CRD-702 [acme.count] cannot handle `count`, which"
                                    + " `dev.cordon.samples.word-count` handles")
                    .contains("`b-count.wasm` is not served");
            config("\"acme.count\": {\"commands\": {\"acme.count\": \"count\"}}");
            run.awaitLine("[acme.count] loaded");
            assertThat(run.post("/v1/commands/acme.count", "a").status()).isEqualTo(200);
        }
    }

    @Test
    void changedSettingsAreTakenWhileItRuns() throws Exception {
        ServeRun.deploy("word-count-reactor", folder, "count");
        Path config = config("\"*\": {\"config\": {\"top\": \"1\"}}");
        try (ServeRun run = ServeRun.start(directory, "--config", config.toString())) {
            assertThat(run.post("/v1/commands/top", "a b a").body()).doesNotContain("\"b\"");
            config("\"*\": {\"config\": {\"top\": \"2\"}}");
            run.awaitLine("reloaded 1.0.0 -> 1.0.0");
            assertThat(run.post("/v1/commands/top", "a b a").body()).contains("\"b\"");
            Files.writeString(config, "{\"plugins\": {\"nonsense\": 1}}");
            run.awaitLine("what the file said before goes on");
            Files.writeString(config, "{\"engine\": {\"maxCallsInParallel\": 1}}");
            run.awaitLine("restart to have them changed");
        }
    }

    @Test
    void aGrantThatIsTakenOutOfTheFileIsGone() throws Exception {
        ServeRun.deploy("event-relay", folder, "relay");
        Path config = config("\"*\": {\"grants\": [\"event:publish=text.*\"]}");
        try (ServeRun run = ServeRun.start(directory, "--config", config.toString())) {
            String topic = (char) 6 + "text.a{}";
            assertThat(run.get("/v1/plugins").body()).contains("event:publish=text.*");
            assertThat(run.post("/v1/commands/publish", topic).status()).isEqualTo(200);
            assertThat(run.get("/v1/audit").body())
                    .contains("\"capability\":\"event:publish=text.a\"");
            config("\"*\": {\"grants\": [\"fs:read=missing::/m\"]}"); // cannot be loaded with it
            run.awaitLine("`relay.wasm` is not taken");
            assertThat(run.get("/v1/plugins").body()).contains("\"grants\":[]");
        }
    }

    @Test
    void aPluginThatCrashesIsKeptBackUntilItIsReleased() throws Exception {
        ServeRun.deploy("release-one", folder, "release");
        Path config = config("\"" + RELEASE + "\": {\"crashPolicy\": \"closed\"}");
        try (ServeRun run = ServeRun.start(directory, "--config", config.toString())) {
            assertThat(run.post("/v1/commands/crash", "").status()).isEqualTo(502);
            assertThat(run.post("/v1/commands/which", "").status()).isEqualTo(503);
            assertThat(run.err()).contains("[" + RELEASE + "] quarantined: CRD-601");
            assertThat(run.get("/v1/plugins").body()).contains("\"state\":\"quarantined\"");
            assertThat(run.post("/v1/plugins/" + RELEASE + "/release", "").body())
                    .contains("\"released\":true");
            assertThat(run.post("/v1/commands/which", "").body()).isEqualTo("1");
        }
    }

    private Path config(String settings) throws IOException {
        return Files.writeString(
                directory.resolve("host.json"),
                "{\"plugins\": {\"folder\": \"plugins\", \"settings\": {" + settings + "}}}");
    }
}
