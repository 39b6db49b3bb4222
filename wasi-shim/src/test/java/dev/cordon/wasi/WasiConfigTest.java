package dev.cordon.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WasiConfigTest {
    @Test
    void emptyGrantsNothing() throws Exception {
        WasiConfig empty = WasiConfig.empty();
        assertThat(empty.arguments()).isEmpty();
        assertThat(empty.environment()).isEmpty();
        assertThat(empty.streams().stdin().ready()).isEqualTo(-1);
        assertThat(empty.clock().realtimeNanos()).isZero();
    }

    @Test
    void withCopiesAndKeepsTheRest() {
        GuestClock clock = GuestClock.system();
        GuestInput stdin = GuestInput.of(new byte[1]);
        WasiConfig one = WasiConfig.empty().withClock(clock).withStdin(stdin);
        WasiConfig two = one.withArguments(List.of("a")).withEnvironment(Map.of("b", "c"));
        assertThat(one.arguments()).isEmpty();
        assertThat(two.arguments()).containsExactly("a");
        assertThat(two.environment()).containsExactly(Map.entry("b", "c"));
        assertThat(two.clock()).isSameAs(clock);
        assertThat(two.streams().stdin()).isSameAs(stdin);
    }

    @Test
    void textsAreCopiedInOrder() {
        List<String> arguments = new ArrayList<>(List.of("a"));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("z", "1");
        environment.put("a", "2");
        WasiConfig config =
                WasiConfig.empty().withArguments(arguments).withEnvironment(environment);
        arguments.add("later");
        environment.clear();
        assertThat(config.arguments()).containsExactly("a");
        assertThat(config.environment().keySet()).containsExactly("z", "a");
    }

    @Test
    void zeroCharactersAreRefused() {
        WasiConfig empty = WasiConfig.empty();
        assertThatThrownBy(() -> empty.withArguments(List.of("a\0b")))
                .hasMessage("argument has a zero character, where the guest would see its end");
        assertThatThrownBy(() -> empty.withEnvironment(Map.of("a", "b\0")))
                .hasMessage("value of `a` has a zero character, where the guest would see its end");
    }

    @Test
    void namesOfVariablesAreChecked() {
        WasiConfig empty = WasiConfig.empty();
        assertThatThrownBy(() -> empty.withEnvironment(Map.of("a=b", "c")))
                .hasMessage("`a=b` cannot name an environment variable: it is empty or has a `=`");
        assertThatThrownBy(() -> empty.withEnvironment(Map.of("", "c")))
                .hasMessage("`` cannot name an environment variable: it is empty or has a `=`");
    }

    @Test
    void clockNeedsAPrecision() {
        assertThatThrownBy(() -> GuestClock.of(Clock.systemUTC(), 0))
                .hasMessage("precision is `0` ns, but at least 1 is needed");
    }
}
