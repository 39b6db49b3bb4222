package dev.cordon.data;

import static dev.cordon.data.AccessLevel.NONE;
import static dev.cordon.data.AccessLevel.OWNER;
import static dev.cordon.data.AccessLevel.READ;
import static dev.cordon.data.AccessLevel.WRITE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.data.DataResult.Status;
import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.error.UsageException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedDataTest {
    private static final DataUser ALICE = DataUser.plugin("dev.alice");
    private static final DataUser BOB = DataUser.plugin("dev.bob");
    private static final byte[] ONE = {1};

    private final SharedData data = SharedData.inMemory();

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    @Test
    void whoCreatesAKeyOwnsIt() {
        assertThat(data.put(ALICE, "a", ONE).status()).isEqualTo(Status.OK);
        assertThat(data.get(ALICE, "a").value()).isEqualTo(ONE);
        assertThat(data.get(BOB, "a").status()).isEqualTo(Status.DENIED);
        assertThat(data.put(BOB, "a", ONE).status()).isEqualTo(Status.DENIED);
        assertThat(data.compareAndSet(BOB, "a", 1, ONE).status()).isEqualTo(Status.DENIED);
        assertThat(data.delete(BOB, "a").status()).isEqualTo(Status.DENIED);
        assertThat(data.delete(ALICE, "a").status()).isEqualTo(Status.OK);
        assertThat(data.get(BOB, "a").status()).isEqualTo(Status.NOT_FOUND);
    }

    @Test
    void aPluginIsNeverAnApplicationOfTheSameName() {
        data.application("dev.alice").put("a", ONE);
        assertThat(data.get(ALICE, "a").status()).isEqualTo(Status.DENIED);
        data.setRules(List.of(AccessRule.applications("**", "**", OWNER)));
        assertThat(data.get(ALICE, "a").status()).isEqualTo(Status.DENIED);
        assertThat(data.application("other").delete("a")).isTrue();
    }

    @Test
    void levelsIncludeThoseBeforeThem() {
        data.put(ALICE, "a", ONE);
        data.setRules(List.of(AccessRule.plugins("a", "dev.bob", READ)));
        assertThat(data.get(BOB, "a").status()).isEqualTo(Status.OK);
        assertThat(data.put(BOB, "a", ONE).status()).isEqualTo(Status.DENIED);
        data.setRules(List.of(AccessRule.plugins("*", "dev.*", WRITE)));
        assertThat(data.get(BOB, "a").status()).isEqualTo(Status.OK);
        assertThat(data.put(BOB, "a", ONE).status()).isEqualTo(Status.OK);
        assertThat(data.delete(BOB, "a").status()).isEqualTo(Status.DENIED);
        data.setRules(List.of(AccessRule.plugins("**", "**", OWNER)));
        assertThat(data.delete(BOB, "a").status()).isEqualTo(Status.OK);
    }

    @Test
    void noneWinsOverEverythingEvenOwning() {
        data.put(ALICE, "a", ONE);
        data.setRules(
                List.of(
                        AccessRule.plugins("a", "dev.alice", OWNER),
                        AccessRule.plugins("**", "dev.alice", NONE)));
        assertThat(data.get(ALICE, "a").status()).isEqualTo(Status.DENIED);
        assertThat(data.put(ALICE, "b", ONE).status()).isEqualTo(Status.DENIED);
        assertThat(data.delete(ALICE, "c").status()).isEqualTo(Status.DENIED);
    }

    @Test
    void whereARuleMatchesItSaysWhoMayCreate() {
        data.setRules(List.of(AccessRule.plugins("a", "dev.bob", READ)));
        assertThat(data.put(BOB, "a", ONE).status()).isEqualTo(Status.DENIED);
        assertThat(data.put(BOB, "b", ONE).status()).isEqualTo(Status.OK);
        assertThat(data.put(ALICE, "a", ONE).status()).isEqualTo(Status.OK);
    }

    @Test
    void aVersionNeverComesBack() {
        assertThat(data.compareAndSet(ALICE, "a", 0, ONE).version()).isEqualTo(1);
        assertThat(data.compareAndSet(ALICE, "a", 0, ONE).status()).isEqualTo(Status.CONFLICT);
        assertThat(data.compareAndSet(ALICE, "a", 1, ONE).version()).isEqualTo(2);
        assertThat(data.compareAndSet(ALICE, "a", 1, ONE).status()).isEqualTo(Status.CONFLICT);
        assertThat(data.compareAndSet(ALICE, "a", -1, ONE).status()).isEqualTo(Status.CONFLICT);
        assertThat(data.delete(ALICE, "a").version()).isEqualTo(3);
        assertThat(data.compareAndSet(ALICE, "a", 2, ONE).status()).isEqualTo(Status.CONFLICT);
        assertThat(data.compareAndSet(ALICE, "a", 0, ONE).version()).isEqualTo(4);
    }

    @Test
    void valuesAreCopiedBothWays() {
        byte[] given = bytes("mine");
        DataClient client = data.application("app");
        client.put("a", given);
        given[0] = '!';
        DataValue first = client.get("a").orElseThrow();
        first.bytes()[0] = '!';
        data.get(client.user(), "a").value()[0] = '!';
        assertThat(first.text()).isEqualTo("mine");
        assertThat(client.get("a").orElseThrow().text()).isEqualTo("mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", "a..b", "a*", "**", "a b", "a\n", "ä", "a/../b"})
    void whatIsNoKeyIsRefused(String key) {
        assertThat(data.get(ALICE, key).status()).isEqualTo(Status.INVALID);
        assertThat(data.put(ALICE, key, ONE).status()).isEqualTo(Status.INVALID);
        assertThat(data.delete(ALICE, key).status()).isEqualTo(Status.INVALID);
    }

    @Test
    void keysHaveABoundedLength() {
        assertThat(data.put(ALICE, "k".repeat(256), ONE).status()).isEqualTo(Status.OK);
        assertThat(data.put(ALICE, "k".repeat(257), ONE).status()).isEqualTo(Status.INVALID);
    }

    @Test
    void listenersHearEveryChangeInItsOrder() {
        List<DataChange> heard = new ArrayList<>();
        SharedData.Subscription subscription = data.onChange(heard::add);
        data.put(ALICE, "a", ONE);
        data.put(BOB, "a", ONE);
        data.delete(ALICE, "a");
        subscription.close();
        data.put(ALICE, "a", ONE);
        assertThat(heard)
                .containsExactly(
                        new DataChange("a", 1, false, ALICE), new DataChange("a", 2, true, ALICE));
    }

    @Test
    void whatAListenerThrowsOrWritesChangesNothing() {
        DataClient client = data.application("app");
        List<Throwable> caught = Collections.synchronizedList(new ArrayList<>());
        data.onChange(
                change -> {
                    throw new IllegalStateException("on purpose");
                });
        data.onChange(
                change -> {
                    try {
                        client.put("b", ONE);
                    } catch (UsageException refused) {
                        caught.add(refused);
                    }
                });
        client.put("a", ONE);
        assertThat(caught).hasSize(1);
        assertThat(client.keys()).containsExactly("a");
    }

    @Test
    void clientsThrowWhatHappened() {
        SharedData little = SharedData.inMemory(DataQuota.defaults().withValueBytes(2));
        DataClient app = little.application("app");
        DataClient other = little.application("other");
        app.put("a", ONE);
        assertThatThrownBy(() -> other.get("a"))
                .isInstanceOf(CapabilityDeniedException.class)
                .hasMessage(
                        "CRD-401 [application other] may not read `a`\n"
                                + "  help: let it, with an access rule");
        assertThatThrownBy(() -> app.put("a\u001b", ONE))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("could not write `a\\u{1b}`: it is not a key");
        assertThatThrownBy(() -> app.put("a", new byte[3]))
                .isInstanceOf(QuotaExceededException.class)
                .extracting(thrown -> ((QuotaExceededException) thrown).code())
                .isEqualTo(ErrorCode.DATA_EXCEEDED);
        assertThat(app.compareAndSet("a", 7, ONE)).isEmpty();
        assertThat(app.delete("b")).isFalse();
        assertThat(app.get("b")).isEmpty();
        assertThat(other.keys()).isEmpty();
    }

    @Test
    void afterClosingNothingIsThere() {
        DataClient client = data.application("app");
        client.put("a", ONE);
        data.close();
        data.close();
        assertThat(data.get(ALICE, "a").status()).isEqualTo(Status.UNAVAILABLE);
        assertThat(data.delete(ALICE, "a").status()).isEqualTo(Status.UNAVAILABLE);
        assertThatThrownBy(() -> client.put("a", ONE))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("CRD-704 [application app] could not write `a`");
    }

    @Test
    void settingsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> DataQuota.defaults().withValueBytes(1 << 25))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> DataQuota.defaults().withTotal(-1, 0))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> DataUser.plugin("")).isInstanceOf(UsageException.class);
        List<AccessRule> many = Collections.nCopies(1_001, AccessRule.plugins("a", "b", READ));
        assertThatThrownBy(() -> data.setRules(many)).isInstanceOf(UsageException.class);
    }
}
