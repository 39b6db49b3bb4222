package dev.cordon.guest;

import dev.cordon.capability.GrantKind;
import dev.cordon.data.DataResult;
import dev.cordon.data.DataUser;
import dev.cordon.data.SharedData;
import java.util.function.Supplier;

/**
 * Shared data as one plugin may use it: its grants and the access level must both allow each use,
 * and each decision is audited. Thread-safe.
 */
public final class PluginData {
    private static final String NO_LEVEL = "the access level does not allow it";

    private final SharedData data;
    private final DataUser user;
    private final PluginDoors doors;

    /**
     * Gives a plugin its view.
     *
     * @param plugin its id, which makes it a user
     * @param data what it shares with others
     * @param doors what it was granted
     * @throws dev.cordon.error.UsageException if the id is longer than a user's name may be
     */
    public PluginData(String plugin, SharedData data, PluginDoors doors) {
        this.data = data;
        this.user = DataUser.plugin(plugin);
        this.doors = doors;
    }

    DataResult get(GuestCall call, String key) {
        return decide(call, "data_get", GrantKind.DATA_READ, key, () -> data.get(user, key));
    }

    DataResult put(GuestCall call, String key, byte[] value) {
        return decide(
                call, "data_put", GrantKind.DATA_WRITE, key, () -> data.put(user, key, value));
    }

    DataResult compareAndSet(GuestCall call, String key, long version, byte[] value) {
        return decide(
                call,
                "data_compare_and_set",
                GrantKind.DATA_WRITE,
                key,
                () -> data.compareAndSet(user, key, version, value));
    }

    DataResult delete(GuestCall call, String key) {
        return decide(call, "data_delete", GrantKind.DATA_WRITE, key, () -> data.delete(user, key));
    }

    /** Larger than this no value may be, whoever writes it. */
    int maxValueBytes() {
        return data.quota().valueBytes();
    }

    private DataResult decide(
            GuestCall call,
            String operation,
            GrantKind kind,
            String key,
            Supplier<DataResult> use) {
        if (!SharedData.isKey(key)) {
            return DataResult.invalid();
        }
        UseGate gate = doors.gate();
        Ruling ruling = gate.ask(operation, kind, key, doors.grants().allows(kind, key));
        call.debt.add(ruling.fuel());
        DataResult result = ruling.allowed() ? use.get() : DataResult.denied();
        boolean allowed = result.status() != DataResult.Status.DENIED;
        if (!allowed) {
            call.noteDenied(kind.text() + "=" + key);
        }
        gate.note(operation, kind, key, allowed, reason(ruling, allowed));
        return result;
    }

    private static String reason(Ruling ruling, boolean allowed) {
        return ruling.allowed() && !allowed ? NO_LEVEL : ruling.reason();
    }
}
