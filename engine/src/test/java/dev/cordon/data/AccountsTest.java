package dev.cordon.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.data.DataResult.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who pays for what. */
class AccountsTest {
    private static final DataUser ALICE = DataUser.plugin("alice");
    private static final DataUser BOB = DataUser.plugin("bob");

    private static SharedData shared(DataQuota quota) {
        SharedData data = SharedData.inMemory(quota);
        data.setRules(List.of(AccessRule.plugins("open.**", "**", AccessLevel.WRITE)));
        return data;
    }

    private static Status put(SharedData data, DataUser user, String key, int bytes) {
        return data.put(user, key, new byte[bytes]).status();
    }

    @Test
    void keysCountForWhoCreatedThem() {
        SharedData data = shared(DataQuota.defaults().withPlugin(2, 1_000));
        assertThat(put(data, ALICE, "open.a", 0)).isEqualTo(Status.OK);
        assertThat(put(data, ALICE, "open.b", 0)).isEqualTo(Status.OK);
        assertThat(put(data, ALICE, "open.c", 0)).isEqualTo(Status.QUOTA);
        assertThat(put(data, BOB, "open.a", 0)).isEqualTo(Status.OK);
        assertThat(put(data, BOB, "b", 0)).isEqualTo(Status.OK);
        assertThat(put(data, BOB, "c", 0)).isEqualTo(Status.OK);
        assertThat(put(data, BOB, "d", 0)).isEqualTo(Status.QUOTA);
        data.delete(ALICE, "open.a");
        assertThat(put(data, ALICE, "open.c", 0)).isEqualTo(Status.OK);
    }

    @Test
    void bytesCountForWhoWroteThem() {
        SharedData data = shared(DataQuota.defaults().withPlugin(10, 20));
        assertThat(put(data, ALICE, "open.a", 14)).as("6 of the key").isEqualTo(Status.OK);
        assertThat(put(data, ALICE, "open.a", 15)).isEqualTo(Status.QUOTA);
        assertThat(put(data, ALICE, "b", 0)).isEqualTo(Status.QUOTA);
        assertThat(put(data, BOB, "open.a", 14)).as("now it is his").isEqualTo(Status.OK);
        assertThat(put(data, BOB, "b", 0)).isEqualTo(Status.QUOTA);
        assertThat(put(data, ALICE, "b", 19)).isEqualTo(Status.OK);
        assertThat(put(data, ALICE, "b", 1)).as("less is always allowed").isEqualTo(Status.OK);
    }

    @Test
    void theTotalBindsEverybody() {
        SharedData data = shared(DataQuota.defaults().withTotal(2, 10));
        DataUser app = DataUser.application("app");
        assertThat(put(data, app, "a", 9)).isEqualTo(Status.OK);
        assertThat(put(data, ALICE, "b", 0)).isEqualTo(Status.QUOTA);
        assertThat(put(data, app, "a", 0)).isEqualTo(Status.OK);
        assertThat(put(data, ALICE, "b", 0)).isEqualTo(Status.OK);
        assertThat(put(data, app, "c", 0)).isEqualTo(Status.QUOTA);
    }

    @Test
    void theApplicationHasNoLimitOfAPlugin() {
        SharedData data = shared(DataQuota.defaults().withPlugin(0, 0));
        assertThat(put(data, DataUser.application("app"), "a", 100)).isEqualTo(Status.OK);
        assertThat(put(data, ALICE, "b", 0)).isEqualTo(Status.QUOTA);
    }

    @Test
    void largeValuesAreRefusedWhateverTheRest() {
        SharedData data = shared(DataQuota.defaults().withValueBytes(5));
        assertThat(put(data, ALICE, "a", 5)).isEqualTo(Status.OK);
        assertThat(put(data, ALICE, "a", 6)).isEqualTo(Status.TOO_LARGE);
        assertThat(data.get(ALICE, "a").length()).isEqualTo(5);
    }

    @Test
    void accountsOfThoseWhoKeepNothingAreForgotten() {
        Accounts accounts = new Accounts(DataQuota.defaults());
        Entry entry = new Entry(ALICE, BOB, 1, new byte[3]);
        accounts.replace("key", null, entry);
        assertThat(accounts.keys()).isEqualTo(1);
        assertThat(accounts.bytes()).isEqualTo(6);
        assertThat(accounts.users()).isEqualTo(2);
        accounts.replace("key", entry, null);
        assertThat(accounts.keys()).isZero();
        assertThat(accounts.bytes()).isZero();
        assertThat(accounts.users()).isZero();
    }
}
