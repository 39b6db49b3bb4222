package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.capability.Grants;
import dev.cordon.data.AccessLevel;
import dev.cordon.data.AccessRule;
import dev.cordon.data.DataClient;
import dev.cordon.data.DataUser;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * What a hostile plugin gets at with any grants and rules, against a model of the documentation.
 */
class DataAccessModelTest {
    private static final String ID = "data-snooper";
    private static final List<String> KEYS = List.of("a", "a.b", "a.b.c", "b.b");
    private static final List<String> PATTERNS = List.of("a", "*", "a.*", "a.**", "**", "*.b");
    private static final List<String> IDS = List.of(ID, "*", "**", "another");

    record Case(
            String key,
            boolean present,
            String readable,
            String writable,
            List<AccessRule> rules) {}

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<AccessRule> rule =
                Combinators.combine(
                                Arbitraries.of(PATTERNS),
                                Arbitraries.of(IDS),
                                Arbitraries.of(AccessLevel.class),
                                Arbitraries.of(true, true, true, false))
                        .as(
                                (keys, ids, level, plugins) ->
                                        plugins
                                                ? AccessRule.plugins(keys, ids, level)
                                                : AccessRule.applications(keys, ids, level));
        return Combinators.combine(
                        Arbitraries.of(KEYS),
                        Arbitraries.of(true, false),
                        Arbitraries.of(PATTERNS),
                        Arbitraries.of(PATTERNS),
                        rule.list().ofMaxSize(3))
                .as(Case::new);
    }

    private static boolean in(String name, String pattern) {
        return name.matches(
                pattern.replace("**", "#")
                        .replace(".", "\\.")
                        .replace("*", "[^.]+")
                        .replace("#", ".+"));
    }

    /** Whether the plugin may do so much with the key; it is absent, its own, or another's. */
    private static boolean may(Case given, AccessLevel wanted, boolean present, boolean own) {
        String grant = wanted == AccessLevel.READ ? given.readable() : given.writable();
        if (!in(given.key(), grant)) {
            return false;
        }
        List<AccessLevel> levels =
                given.rules().stream()
                        .filter(rule -> rule.kind() == DataUser.Kind.PLUGIN)
                        .filter(rule -> in(given.key(), rule.keys().text()))
                        .filter(rule -> in(ID, rule.users().text()))
                        .map(AccessRule::level)
                        .toList();
        if (levels.contains(AccessLevel.NONE)) {
            return false;
        }
        if (own) {
            return true;
        }
        if (levels.isEmpty()) {
            return !present && wanted != AccessLevel.OWNER;
        }
        return levels.stream().anyMatch(level -> level.ordinal() >= wanted.ordinal());
    }

    /** What the plugin answers: get, its length, version, put, compare-and-set, delete. */
    private static String expected(Case given) {
        boolean there = given.present();
        StringBuilder answer = new StringBuilder();
        if (!may(given, AccessLevel.READ, there, false)) {
            answer.append("-1 0 0 ");
        } else {
            answer.append(there ? "3 3 1 " : "-2 0 0 ");
        }
        boolean written = may(given, AccessLevel.WRITE, there, false);
        boolean own = written && !there;
        there |= written;
        answer.append(written ? "0 " : "-1 ");
        // It guesses all versions in order, so it is never wrong for long.
        answer.append(may(given, AccessLevel.WRITE, there, own) ? "0 " : "-1 ");
        AccessLevel needed = there ? AccessLevel.OWNER : AccessLevel.WRITE;
        answer.append(may(given, needed, there, own) ? "0 " : "-1 ");
        return answer.toString();
    }

    @Property(tries = 120)
    void aPluginGetsWhatGrantAndRulesBothAllow(@ForAll("cases") Case given) {
        LoadOptions options =
                LoadOptions.defaults()
                        .withGrants(
                                Grants.of(
                                        "data:read=" + given.readable(),
                                        "data:write=" + given.writable()));
        try (PluginEngine engine =
                        PluginEngine.builder()
                                .trust(TrustPolicy.off())
                                .engine(EngineKind.INTERPRETER)
                                .build();
                Plugin snooper = engine.load(ID + ".wasm", SamplePlugins.bytes(ID), options)) {
            DataClient app = engine.data().application("app");
            if (given.present()) {
                app.put(given.key(), "old".getBytes(StandardCharsets.UTF_8));
            }
            engine.data().setRules(given.rules());
            byte[] key = given.key().getBytes(StandardCharsets.UTF_8);
            assertThat(snooper.call("run", key).text()).isEqualTo(expected(given));
        }
    }
}
