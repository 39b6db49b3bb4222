package dev.cordon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bridge.CommandResult;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random changes of grants and uses by a plugin, held against a model of a few lines. */
class LivePermissionsModelTest {
    private static final int ROUNDS = 8;
    private static final int STEPS = 150;

    private static final List<String> USES =
            List.of(
                    "s order.a",
                    "s order.a.b",
                    "s mail.a",
                    "p seen.a",
                    "g count.a",
                    "g count.b.c",
                    "w count.a",
                    "w other",
                    "r /data/file",
                    "f /data/new",
                    "r /more/file",
                    "f /more/new",
                    "n ");

    @TempDir private Path folder;
    private List<String> grants = List.of();

    @BeforeEach
    void makeFiles() throws IOException {
        Path data = Files.createDirectory(folder.resolve("host-data"));
        Path more = Files.createDirectory(folder.resolve("host-more"));
        Files.writeString(data.resolve("file"), "text");
        Files.writeString(more.resolve("file"), "text");
        grants =
                List.of(
                        "command:send=order.*",
                        "command:send=order.**",
                        "command:send=mail.a",
                        "event:publish=seen.*",
                        "data:read=count.a",
                        "data:read=**",
                        "data:write=*",
                        "data:write=count.*",
                        "random",
                        "fs:read=" + data + "::/data",
                        "fs:write=" + data + "::/data",
                        "fs:read=" + more + "::/more",
                        "fs:write=" + more + "::/more",
                        "fs:read=" + folder.resolve("none") + "::/data",
                        "sys:memory");
    }

    /** What is held, and whether a use is covered, said in another way than the engine does. */
    private static final class Model {
        private Set<String> held = new LinkedHashSet<>();

        /** Whether a whole set could be held. */
        boolean possible(Set<String> next) {
            return next.stream().noneMatch(text -> text.contains("none") || text.startsWith("sys"));
        }

        boolean allows(String use) {
            String subject = use.substring(2);
            switch (use.charAt(0)) {
                case 's':
                    return named("command:send", subject);
                case 'p':
                    return named("event:publish", subject);
                case 'g':
                    return named("data:read", subject);
                case 'w':
                    return named("data:write", subject);
                case 'r':
                    return in("fs:read", subject) || in("fs:write", subject);
                case 'f':
                    return in("fs:write", subject);
                default:
                    return held.contains("random");
            }
        }

        private boolean named(String kind, String name) {
            return held.stream()
                    .filter(text -> text.startsWith(kind + "="))
                    .map(text -> text.substring(kind.length() + 1))
                    .map(
                            pattern ->
                                    pattern.replace(".", "\\.")
                                            .replace("**", "#")
                                            .replace("*", "[^.]+")
                                            .replace("#", ".+"))
                    .anyMatch(name::matches);
        }

        private boolean in(String kind, String path) {
            return held.stream()
                    .anyMatch(
                            text ->
                                    text.startsWith(kind + "=")
                                            && path.startsWith(text.split("::", 2)[1] + "/"));
        }
    }

    @Test
    void everyUseIsWhatTheModelSays() {
        for (int round = 0; round < ROUNDS; round++) {
            try (PluginEngine engine =
                            PluginEngine.builder()
                                    .trust(TrustPolicy.off())
                                    .allowUnrequested(true)
                                    .build();
                    Plugin plugin = engine.load(SamplePlugins.copyTo("grant-holder", folder))) {
                for (String name : List.of("order.a", "order.a.b", "mail.a")) {
                    engine.commands().register(name, command -> CommandResult.empty());
                }
                walk(plugin, new Model(), new Random(round));
            }
        }
    }

    private void walk(Plugin plugin, Model model, Random random) {
        List<String> steps = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            switch (random.nextInt(5)) {
                case 0 -> change(plugin, model, one(random, grants), true, steps);
                case 1 -> change(plugin, model, one(random, grants), false, steps);
                case 2 -> replace(plugin, model, some(random), steps);
                default -> {
                    String use = one(random, USES);
                    steps.add(use);
                    assertThat(allowed(plugin, use))
                            .as("last of %s", steps)
                            .isEqualTo(model.allows(use));
                }
            }
            assertThat(plugin.grants().granted().stream().map(Grant::text))
                    .as("after %s", steps)
                    .containsExactlyInAnyOrderElementsOf(model.held);
        }
    }

    private static void change(
            Plugin plugin, Model model, String grant, boolean more, List<String> steps) {
        Set<String> next = new LinkedHashSet<>(model.held);
        boolean changes = more ? next.add(grant) : next.remove(grant);
        steps.add((more ? "grant " : "revoke ") + grant);
        boolean changed;
        try {
            Grant parsed = Grant.parse(grant);
            changed = more ? plugin.grant(parsed) : plugin.revoke(parsed);
        } catch (RuntimeException refused) {
            assertThat(model.possible(Set.of(grant))).as("%s: %s", steps, refused).isFalse();
            return;
        }
        assertThat(changed).as("%s", steps).isEqualTo(changes);
        model.held = next;
    }

    private static void replace(Plugin plugin, Model model, Set<String> next, List<String> steps) {
        steps.add("set " + next);
        try {
            plugin.setGrants(Grants.of(next.toArray(String[]::new)));
        } catch (RuntimeException refused) {
            assertThat(model.possible(next)).as("%s: %s", steps, refused).isFalse();
            return;
        }
        assertThat(model.possible(next)).as("%s", steps).isTrue();
        model.held = next;
    }

    private Set<String> some(Random random) {
        Set<String> some = new LinkedHashSet<>();
        Stream.generate(() -> one(random, grants)).limit(random.nextInt(6)).forEach(some::add);
        return some;
    }

    private static String one(Random random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A file may be missing, and a key too: only what says denied is no. */
    private static boolean allowed(Plugin plugin, String use) {
        try {
            int result = Integer.parseInt(plugin.call("use", use.getBytes(UTF_8)).text());
            boolean file = use.startsWith("r ") || use.startsWith("f ");
            return file ? result == 0 : result != -1;
        } catch (CapabilityDeniedException denied) {
            return false;
        }
    }
}
