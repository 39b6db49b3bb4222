package dev.cordon.capability;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

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
}
