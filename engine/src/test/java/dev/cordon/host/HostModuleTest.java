package dev.cordon.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.UsageException;
import java.lang.invoke.MethodHandles;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Modules as they are described: names, terms, annotated types. */
class HostModuleTest {
    @HostModuleName("app.seen")
    public interface Seen {
        @HostFunction
        int first(int a, @MaxBytes(7) String b, List<Integer> c);

        @HostFunction(
                name = "other",
                capability = "x.y",
                fuel = 3,
                maxBytes = 4,
                maxResultBytes = 5)
        default void second(byte[] bytes) {}

        void notOffered();
    }

    @HostModuleName("app.hidden")
    private interface Hidden {
        @HostFunction
        int go();
    }

    @HostModuleName("app.none")
    public interface None {
        void notOffered();
    }

    public interface Unnamed {
        @HostFunction
        void go();
    }

    @HostModuleName("app.twice")
    public interface Twice {
        @HostFunction
        void go();

        @HostFunction
        void go(int a);
    }

    @HostModuleName("app.tight")
    public static class Tight {
        @HostFunction
        void go() {}
    }

    @HostModuleName("app.static")
    public static class Static {
        @HostFunction
        public static void go() {}
    }

    private static final class SeenObject implements Seen {
        @Override
        public int first(int a, String b, List<Integer> c) {
            return a + b.length() + c.get(0);
        }

        @Override
        public void notOffered() {}
    }

    @Test
    void anAnnotatedTypeIsAModule() throws Throwable {
        HostModule module = HostModule.of(Seen.class, new SeenObject());
        assertThat(module.name()).isEqualTo("app.seen");
        HostOperation first = function(module, "first");
        assertThat(first.capability()).isEqualTo("app.seen.first");
        assertThat(first.terms()).isEqualTo(HostTerms.defaults());
        assertThat(first.parameters())
                .extracting(each -> each.type().form() + " " + each.maxBytes())
                .containsExactly("I32 65536", "TEXT 7", "JSON 65536");
        assertThat(first.body().call(new Object[] {1, "ab", List.of(4)})).isEqualTo(7);
        HostOperation other = function(module, "other");
        assertThat(other.terms()).isEqualTo(new HostTerms("x.y", 3, 4, 5));
        assertThat(other.body().call(new Object[] {new byte[1]})).isNull();
        assertThat(module.functions()).hasSize(2);
    }

    private static HostOperation function(HostModule module, String name) {
        return module.functions().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aHiddenTypeNeedsTheApplicationsOwnLookup() throws Throwable {
        assertThatThrownBy(() -> HostModule.of(Hidden.class, () -> 5))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Hidden.go`: it cannot be seen from here")
                .hasMessageContaining("pass `MethodHandles.lookup()`");
        HostModule module = HostModule.of(Hidden.class, () -> 5, MethodHandles.lookup());
        assertThat(module.functions().get(0).body().call(new Object[0])).isEqualTo(5);
    }

    @Test
    void typesThatCannotBeModulesAreRefused() {
        refused(() -> HostModule.of(None.class, () -> {}), "has no functions");
        refused(() -> HostModule.of(Unnamed.class, () -> {}), "names no module");
        refused(() -> HostModule.of(Tight.class, new Tight()), "not a public method");
        refused(() -> HostModule.of(Static.class, new Static()), "not a public method");
        refused(() -> HostModule.of(Twice.class, twice()), "two functions `app.twice.go`");
    }

    private static Twice twice() {
        return new Twice() {
            @Override
            public void go() {}

            @Override
            public void go(int a) {}
        };
    }

    private static void refused(Runnable making, String why) {
        assertThatThrownBy(making::run)
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cordon",
                "cordon.x",
                "wasi_snapshot_preview1",
                "wasi_unstable",
                "wasi",
                "",
                "extism:host/env",
                "extism:host/user",
                "a..b",
                "a b",
                "\u00e4"
            })
    void namesOfTheEngineAndNamesThatAreNoneAreRefused(String name) {
        refused(() -> HostModule.named(name), "a module of host functions cannot be named");
    }

    @Test
    void functionsThatCannotBeOfferedAreRefused() {
        HostModule module = HostModule.named("a").function("f", void.class, () -> null);
        refused(() -> module.function("f", void.class, () -> null), "two functions `a.f`");
        refused(() -> module.function("g.h", void.class, () -> null), "not a name of a function");
        refused(() -> module.function("", void.class, () -> null), "not a name of a function");
        refused(
                () -> module.function("g".repeat(199), void.class, () -> null),
                "not a name of a function");
        refused(() -> module.function("g", HostContext.class, () -> null), "gives a `HostContext`");
        refused(
                () -> module.function("g", Void.class, void.class, nothing -> null),
                "a parameter cannot be `void`");
        refused(() -> HostTerms.defaults().withFuel(-1), "less than nothing");
        refused(() -> HostTerms.defaults().withMaxBytes(-1), "out of bounds");
        refused(() -> HostTerms.defaults().withMaxResultBytes((16 << 20) + 1), "out of bounds");
        refused(() -> HostTerms.defaults().withCapability("a.*"), "names no capability");
        assertThat(module.functions()).hasSize(1);
    }
}
