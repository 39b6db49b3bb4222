package dev.cordon.guest;

import dev.cordon.capability.Scratch;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.error.UsageException;
import dev.cordon.quota.ResourceQuota;
import dev.cordon.wasi.MemoryDirectory;
import dev.cordon.wasi.Preopen;
import dev.cordon.wasi.limit.Ledger;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the directories in memory of one scratch, each with the same files to start with. */
final class ScratchDoor {
    private static final String SEPARATOR = "/";

    private final String plugin;
    private final String name;
    private final ResourceQuota quota;
    private final @Nullable MemoryDirectory template;

    private ScratchDoor(
            String plugin, String name, ResourceQuota quota, @Nullable MemoryDirectory template) {
        this.plugin = plugin;
        this.name = name;
        this.quota = quota;
        this.template = template;
    }

    /**
     * Reads what it is to start with.
     *
     * @throws UsageException if that cannot be read or is more than the quota
     */
    static ScratchDoor open(String plugin, Scratch scratch, ResourceQuota quota) {
        Path source = scratch.source().orElse(null);
        if (source == null) {
            return new ScratchDoor(plugin, scratch.guest(), quota, null);
        }
        try {
            MemoryDirectory template = MemoryDirectory.create(quota.diskBytes(), quota.files());
            template.copyIn(source);
            return new ScratchDoor(plugin, scratch.guest(), quota, template);
        } catch (IOException unusable) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    plugin,
                    "cannot copy the directory `"
                            + source
                            + "` to the scratch directory `"
                            + scratch.guest()
                            + "`: "
                            + DirectoryDoor.why(unusable),
                    "name a directory that exists and fits the quotas `disk` and `files`",
                    unusable);
        }
    }

    String name() {
        return name;
    }

    /** A directory with the files that it starts with, which its caller closes. */
    Preopen make() {
        try {
            MemoryDirectory directory = MemoryDirectory.create(quota.diskBytes(), quota.files());
            if (template != null) {
                copy(template, directory);
            }
            Ledger own = Ledger.of(Budgets.limits(quota, 0));
            return Preopen.of(directory).name(name).writable().ledger(own).open();
        } catch (IOException full) {
            throw new QuotaExceededException(
                    ErrorCode.DISK_EXCEEDED,
                    plugin,
                    "could not be given the scratch directory `" + name + "`: " + full.getMessage(),
                    "raise the quotas `disk` and `files`",
                    full);
        }
    }

    private static void copy(MemoryDirectory from, MemoryDirectory to) throws IOException {
        for (String path : from.list()) {
            if (path.endsWith(SEPARATOR)) {
                to.createDirectory(path.substring(0, path.length() - 1));
            } else {
                to.write(path, from.read(path));
            }
        }
    }
}
