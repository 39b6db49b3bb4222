package dev.cordon.guest;

import dev.cordon.capability.Scratch;
import dev.cordon.error.UsageException;
import dev.cordon.quota.ResourceQuota;
import dev.cordon.wasi.Preopen;
import java.util.List;

/** All directories in memory of one plugin. Thread-safe. */
final class ScratchDoors {
    private final List<ScratchDoor> doors;
    private List<Preopen> kept = List.of();

    private ScratchDoors(List<ScratchDoor> doors) {
        this.doors = doors;
    }

    /**
     * Reads what each is to start with.
     *
     * @throws UsageException if that cannot be read or is more than the quota
     */
    static ScratchDoors open(String plugin, List<Scratch> scratch, ResourceQuota quota) {
        return new ScratchDoors(
                scratch.stream().map(each -> ScratchDoor.open(plugin, each, quota)).toList());
    }

    List<String> names() {
        return doors.stream().map(ScratchDoor::name).toList();
    }

    /** New directories, to be closed by the caller. */
    List<Preopen> make() {
        return doors.stream().map(ScratchDoor::make).toList();
    }

    /** The directories of a plugin that keeps its state, made when they are first used. */
    synchronized List<Preopen> keep() {
        if (kept.isEmpty()) {
            kept = make();
        }
        return kept;
    }

    /** Those that were made to be kept. */
    synchronized List<Preopen> kept() {
        return kept;
    }
}
