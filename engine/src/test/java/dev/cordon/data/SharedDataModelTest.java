package dev.cordon.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.data.DataResult.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/**
 * Access, versions and quotas against a model that is written as the documentation says it, without
 * any of the registry's code.
 */
class SharedDataModelTest {
    private static final int PLUGIN_KEYS = 3;
    private static final int PLUGIN_BYTES = 24;
    private static final int ALL_KEYS = 5;
    private static final int ALL_BYTES = 60;
    private static final int VALUE_BYTES = 9;
    private static final DataQuota QUOTA =
            DataQuota.defaults()
                    .withTotal(ALL_KEYS, ALL_BYTES)
                    .withPlugin(PLUGIN_KEYS, PLUGIN_BYTES)
                    .withValueBytes(VALUE_BYTES);

    private static final List<String> KEYS = List.of("a", "b", "a.a", "a.b", "a.b.c", "b.b", "no!");
    private static final List<String> PATTERNS = List.of("a", "*", "a.*", "a.**", "**", "*.b");
    private static final List<DataUser> USERS =
            List.of(
                    DataUser.plugin("x"),
                    DataUser.plugin("x.y"),
                    DataUser.plugin("z"),
                    DataUser.application("x"),
                    DataUser.application("z"));
    private static final List<String> USER_PATTERNS = List.of("x", "*", "**", "x.*", "z");

    enum Verb {
        GET,
        PUT,
        SET,
        DELETE,
        RULES,
        REOPEN
    }

    record Step(
            Verb verb, DataUser user, String key, int size, int guess, List<AccessRule> rules) {}

    record Kept(DataUser owner, DataUser writer, long version, int size) {}

    /** What should happen. */
    private static final class Model {
        private final Map<String, Kept> keys = new HashMap<>();
        private List<AccessRule> rules = List.of();
        private long version;

        private static boolean in(String name, String pattern) {
            return name.matches(
                    pattern.replace("**", "#")
                            .replace(".", "\\.")
                            .replace("*", "[^.]+")
                            .replace("#", ".+"));
        }

        boolean allows(DataUser user, String key, AccessLevel wanted) {
            List<AccessLevel> given =
                    rules.stream()
                            .filter(rule -> rule.kind() == user.kind())
                            .filter(rule -> in(key, rule.keys().text()))
                            .filter(rule -> in(user.name(), rule.users().text()))
                            .map(AccessRule::level)
                            .toList();
            Kept kept = keys.get(key);
            if (given.contains(AccessLevel.NONE)) {
                return wanted == AccessLevel.NONE;
            }
            if (kept != null && kept.owner().equals(user)) {
                return true;
            }
            if (given.isEmpty()) {
                return kept == null && wanted != AccessLevel.OWNER;
            }
            return given.stream().anyMatch(level -> level.ordinal() >= wanted.ordinal());
        }

        Status write(DataUser user, String key, int size, @Nullable Long expected) {
            Kept old = keys.get(key);
            if (key.equals("no!")) {
                return Status.INVALID;
            }
            if (size > VALUE_BYTES) {
                return Status.TOO_LARGE;
            }
            if (!allows(user, key, AccessLevel.WRITE)) {
                return Status.DENIED;
            }
            if (expected != null && expected != (old == null ? 0 : old.version())) {
                return Status.CONFLICT;
            }
            Map<String, Kept> after = new HashMap<>(keys);
            after.put(key, new Kept(old == null ? user : old.owner(), user, version + 1, size));
            if (!fits(after)) {
                return Status.QUOTA;
            }
            keys.put(key, after.get(key));
            version++;
            return Status.OK;
        }

        private static boolean fits(Map<String, Kept> after) {
            return after.size() <= ALL_KEYS
                    && bytes(after, kept -> true) <= ALL_BYTES
                    && USERS.stream()
                            .filter(user -> user.kind() == DataUser.Kind.PLUGIN)
                            .allMatch(user -> fits(after, user));
        }

        private static boolean fits(Map<String, Kept> after, DataUser user) {
            return after.values().stream().filter(kept -> kept.owner().equals(user)).count()
                            <= PLUGIN_KEYS
                    && bytes(after, kept -> kept.writer().equals(user)) <= PLUGIN_BYTES;
        }

        private static int bytes(Map<String, Kept> after, Predicate<Kept> which) {
            return after.entrySet().stream()
                    .filter(each -> which.test(each.getValue()))
                    .mapToInt(each -> each.getKey().length() + each.getValue().size())
                    .sum();
        }

        Status get(DataUser user, String key) {
            if (key.equals("no!")) {
                return Status.INVALID;
            }
            if (!allows(user, key, AccessLevel.READ)) {
                return Status.DENIED;
            }
            return keys.containsKey(key) ? Status.OK : Status.NOT_FOUND;
        }

        Status delete(DataUser user, String key) {
            if (key.equals("no!")) {
                return Status.INVALID;
            }
            boolean there = keys.containsKey(key);
            if (!allows(user, key, there ? AccessLevel.OWNER : AccessLevel.WRITE)) {
                return Status.DENIED;
            }
            keys.remove(key);
            version += there ? 1 : 0;
            return there ? Status.OK : Status.NOT_FOUND;
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<AccessRule> rule =
                Combinators.combine(
                                Arbitraries.of(PATTERNS),
                                Arbitraries.of(USER_PATTERNS),
                                Arbitraries.of(AccessLevel.class),
                                Arbitraries.of(true, true, false))
                        .as(
                                (keys, users, level, plugins) ->
                                        plugins
                                                ? AccessRule.plugins(keys, users, level)
                                                : AccessRule.applications(keys, users, level));
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(6, Verb.GET),
                                Tuple.of(8, Verb.PUT),
                                Tuple.of(8, Verb.SET),
                                Tuple.of(4, Verb.DELETE),
                                Tuple.of(3, Verb.RULES),
                                Tuple.of(1, Verb.REOPEN)),
                        Arbitraries.of(USERS),
                        Arbitraries.of(KEYS),
                        Arbitraries.integers().between(0, VALUE_BYTES + 1),
                        Arbitraries.integers().between(0, 3),
                        rule.list().ofMaxSize(3))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void memoryDoesWhatTheModelSays(@ForAll("steps") List<Step> steps) {
        Model model = new Model();
        SharedData data = SharedData.inMemory(QUOTA);
        for (Step step : steps) {
            take(step, model, data);
        }
    }

    @Property(tries = 30, edgeCases = EdgeCasesMode.NONE)
    void aFolderDoesTheSameAndKeepsIt(@ForAll("steps") List<Step> steps) throws Exception {
        Path folder = Files.createTempDirectory("shared-data");
        Model model = new Model();
        SharedData data = SharedData.onDisk(folder, QUOTA);
        try {
            for (Step step : steps) {
                if (step.verb() == Verb.REOPEN) {
                    data.close();
                    data = SharedData.onDisk(folder, QUOTA);
                    data.setRules(model.rules);
                }
                take(step, model, data);
            }
        } finally {
            data.close();
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static void take(Step step, Model model, SharedData data) {
        DataUser user = step.user();
        String key = step.key();
        Kept kept = model.keys.get(key);
        long actual = kept == null ? 0 : kept.version();
        long guess = step.guess() < 2 ? actual : actual - 1;
        byte[] value = new byte[step.size()];
        switch (step.verb()) {
            case GET -> {
                DataResult found = data.get(user, key);
                assertThat(found.status()).isEqualTo(model.get(user, key));
                if (found.status() == Status.OK && kept != null) {
                    assertThat(found.version()).isEqualTo(kept.version());
                    assertThat(found.length()).isEqualTo(kept.size());
                }
            }
            case PUT -> {
                DataResult put = data.put(user, key, value);
                assertThat(put.status()).isEqualTo(model.write(user, key, value.length, null));
                assertThat(put.version()).isIn(0L, model.version);
            }
            case SET -> {
                Status expected = model.write(user, key, value.length, guess);
                assertThat(data.compareAndSet(user, key, guess, value).status())
                        .isEqualTo(expected);
            }
            case DELETE -> {
                Status expected = model.delete(user, key);
                assertThat(data.delete(user, key).status()).isEqualTo(expected);
            }
            case RULES -> {
                model.rules = step.rules();
                data.setRules(step.rules());
            }
            case REOPEN -> {}
        }
    }
}
