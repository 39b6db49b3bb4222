package dev.cordon.guest;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.data.DataResult;
import dev.cordon.runtime.GuestInstance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The functions of module {@code cordon} that reach shared data. */
final class DataImports {
    /** Longest key, in bytes; a key is shorter, but that is for the registry to say. */
    private static final int MAX_KEY_BYTES = 1024;

    /**
     * What a write costs beside its bytes, in units of fuel: it may wait for the disk, and be heard
     * by listeners.
     */
    static final int WRITE_COST = 2_000;

    private static final ValType I32 = ValType.I32;
    private static final ValType I64 = ValType.I64;

    private DataImports() {}

    static List<HostOffer> offers() {
        return List.of(
                offer("data_get", DataImports::get, I32, I32),
                new HostOffer(
                        CordonImports.MODULE,
                        "data_version",
                        FunctionType.of(List.of(), List.of(I64)),
                        (plugin, guest, args) -> new long[] {plugin.call().dataRead.version()}),
                offer("data_put", DataImports::put, I32, I32, I32, I32),
                offer("data_compare_and_set", DataImports::compareAndSet, I32, I32, I64, I32, I32),
                offer("data_delete", DataImports::delete, I32, I32));
    }

    private static HostOffer offer(String name, CordonImports.Body body, ValType... parameters) {
        return CordonImports.offer(name, body, parameters);
    }

    private static int get(GuestInstance guest, GuestCall call, long[] args) {
        Slice name = Slice.of(args, 0).check(guest);
        if (name.length() > MAX_KEY_BYTES) {
            return Result.TOO_LARGE;
        }
        String key = key(guest, name);
        if (key == null) {
            return Result.INVALID;
        }
        DataResult result = call.settings().data().get(call, key);
        call.dataRead.noted(result.version());
        if (result.status() != DataResult.Status.OK) {
            return code(call, result);
        }
        guest.charge(result.length() >>> 3); // before memory is allocated for it
        call.respond(result.value());
        return result.length();
    }

    private static int put(GuestInstance guest, GuestCall call, long[] args) {
        Slice name = Slice.of(args, 0).check(guest);
        Slice value = Slice.of(args, 2).check(guest);
        return write(guest, call, name, value, (data, key, bytes) -> data.put(call, key, bytes));
    }

    private static int compareAndSet(GuestInstance guest, GuestCall call, long[] args) {
        Slice name = Slice.of(args, 0).check(guest);
        long version = args[2];
        Slice value = Slice.of(args, 3).check(guest);
        return write(
                guest,
                call,
                name,
                value,
                (data, key, bytes) -> data.compareAndSet(call, key, version, bytes));
    }

    /** What is done with a key and a value that were read. */
    @FunctionalInterface
    private interface Write {
        DataResult to(PluginData data, String key, byte[] value);
    }

    private static int write(
            GuestInstance guest, GuestCall call, Slice name, Slice value, Write write) {
        guest.charge(WRITE_COST);
        PluginData data = call.settings().data();
        if (name.length() > MAX_KEY_BYTES || value.length() > data.maxValueBytes()) {
            return Result.TOO_LARGE;
        }
        String key = key(guest, name);
        if (key == null) {
            return Result.INVALID;
        }
        byte[] bytes = new byte[value.length()];
        value.read(guest, bytes, 0);
        return code(call, write.to(data, key, bytes));
    }

    private static int delete(GuestInstance guest, GuestCall call, long[] args) {
        Slice name = Slice.of(args, 0).check(guest);
        guest.charge(WRITE_COST);
        if (name.length() > MAX_KEY_BYTES) {
            return Result.TOO_LARGE;
        }
        String key = key(guest, name);
        return key == null ? Result.INVALID : code(call, call.settings().data().delete(call, key));
    }

    private static @Nullable String key(GuestInstance guest, Slice name) {
        return CordonImports.utf8(guest, name);
    }

    private static int code(GuestCall call, DataResult result) {
        switch (result.status()) {
            case OK:
                return Result.OK;
            case DENIED:
                return Result.DENIED;
            case NOT_FOUND:
                return Result.NOT_FOUND;
            case INVALID:
                return Result.INVALID;
            case TOO_LARGE:
                return Result.TOO_LARGE;
            case QUOTA:
                call.noteRefused(RefusedQuota.DATA);
                return Result.QUOTA;
            case CONFLICT:
                return Result.CONFLICT;
            default:
                return Result.UNAVAILABLE;
        }
    }
}
