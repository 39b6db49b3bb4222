package dev.cordon.capability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantsTest {
    @Test
    void theStartGrantsNothing() {
        assertThat(GrantKind.values()).noneMatch(Grants.none()::has);
        assertThat(Grants.none()).hasToString("[]");
    }

    @Test
    void grantsAreKeptOnceAndInOrder() {
        Grants grants = Grants.of("random", "env", "random").with(Grant.parse("env"));
        assertThat(grants).hasToString("[random, env]").isEqualTo(Grants.of("random", "env"));
        assertThat(grants.has(GrantKind.ENV)).isTrue();
        assertThat(grants.has(GrantKind.STDIO)).isFalse();
    }

    @Test
    void requestsNameGuestPaths() {
        Grants grants = Grants.of("fs:write=/srv/x::/data", "event:publish=a.b");
        assertThat(grants.meets("fs:write=/data")).isTrue();
        assertThat(grants.meets("fs:read=/data")).as("writing implies reading").isTrue();
        assertThat(grants.meets("fs:read=/srv/x")).isFalse();
        assertThat(grants.meets("event:publish=a.b")).isTrue();
        assertThat(grants.meets("event:publish=a.c")).isFalse();
        assertThat(grants.meets("random")).isFalse();
    }

    @Test
    void aPatternMeetsTheNamesThatItCovers() {
        Grants grants = Grants.of("event:publish=order.*", "command:send=a.**");
        assertThat(grants.meets("event:publish=order.placed")).isTrue();
        assertThat(grants.meets("event:publish=order.*")).isTrue();
        assertThat(grants.meets("event:publish=order.**")).isFalse();
        assertThat(grants.meets("event:subscribe=order.placed")).isFalse();
        assertThat(grants.meets("command:send=a.*")).isFalse();
        String longest = "a.".repeat(127) + "ab";
        assertThat(Grants.of("data:read=**").meets("data:read=" + longest)).isTrue();
    }

    @Test
    void aNameIsAllowedByItsKindOnly() {
        Grants grants = Grants.of("event:publish=order.*", "command:send=a.b");
        assertThat(grants.allows(GrantKind.EVENT_PUBLISH, "order.placed")).isTrue();
        assertThat(grants.allows(GrantKind.EVENT_PUBLISH, "a.b")).isFalse();
        assertThat(grants.allows(GrantKind.COMMAND_SEND, "a.b")).isTrue();
        assertThat(grants.allows(GrantKind.EVENT_SUBSCRIBE, "order.placed")).isFalse();
        assertThat(Grants.none().allows(GrantKind.COMMAND_SEND, "a.b")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "data:read=a.*, DATA_READ, a.b, true",
        "data:read=a.*, DATA_WRITE, a.b, false",
        "data:read=a.*, DATA_READ, a.b.c, false",
        "data:write=**, DATA_WRITE, a.b.c, true",
        "data:write=**, DATA_READ, a.b.c, false",
        "random, RANDOM, a, false",
    })
    void keysAreAllowedByTheirKindOnly(
            String grant, GrantKind kind, String name, boolean expected) {
        assertThat(Grants.of(grant).allows(kind, name)).isEqualTo(expected);
    }
}
