package dev.cordon.wasi.fs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;

/**
 * Sets the times of what is in a {@link SecureDirectory}.
 *
 * <p>Older JVMs cut times to microseconds when they set them by a handle, and none sets those of a
 * link so. By path they do better. So the file gets a second name at the root for as long as that
 * takes, as {@link SecureNames} does it, where no guest can swap it. Where that is not possible,
 * files keep the times that are cut, and links refuse.
 */
final class SecureTimes {
    private final SecureDirectory directory;
    private final UseCount uses;
    private final Path entry;

    /**
     * @param uses what keeps the directory open
     */
    SecureTimes(SecureDirectory directory, UseCount uses, Path entry) {
        this.directory = directory;
        this.uses = uses;
        this.entry = entry;
    }

    void set(TimeChange times) throws Refusal, IOException {
        FileStat before = directory.look(entry);
        if (before.type() == FileType.UNKNOWN) {
            throw Refusal.of(Errno.ACCES);
        }
        TimeChange wanted = complete(times, before);
        if (before.type() == FileType.SYMBOLIC_LINK) {
            setBySecondName(before, wanted);
            return;
        }
        patiently(directory.view(entry), wanted);
        if (before.type() == FileType.REGULAR_FILE && isCut(wanted, before)) {
            try {
                setBySecondName(before, wanted);
            } catch (Refusal e) {
                return; // no second name can be had here, and cut times are better than none
            }
        }
    }

    /** What is to be kept is set again, since Java would cut it as well. */
    private static TimeChange complete(TimeChange times, FileStat now) {
        return new TimeChange(
                times.accessed() == TimeChange.KEEP ? now.accessed() : times.accessed(),
                times.modified() == TimeChange.KEEP ? now.modified() : times.modified());
    }

    /** Whether the file still is the one it was and its times are not those that were set. */
    private boolean isCut(TimeChange wanted, FileStat before) throws IOException {
        FileStat now = directory.find(entry);
        return now != null
                && HostStat.isSame(before, now)
                && (now.accessed() != wanted.accessed() || now.modified() != wanted.modified());
    }

    private void setBySecondName(FileStat stat, TimeChange wanted) throws Refusal, IOException {
        try {
            directory
                    .names()
                    .withSecondName(
                            entry,
                            stat,
                            at ->
                                    patiently(
                                            Files.getFileAttributeView(
                                                    at,
                                                    BasicFileAttributeView.class,
                                                    NOFOLLOW_LINKS),
                                            wanted));
        } catch (IOException e) {
            throw HostErrors.rethrow(e);
        }
    }

    /** Java opens what it sets the times of, and might open a pipe. */
    private void patiently(BasicFileAttributeView view, TimeChange times)
            throws Refusal, IOException {
        PatientOpening.open(
                        uses,
                        () -> {
                            set(view, times);
                            return () -> {};
                        },
                        () -> SecureOpening.release(directory, entry))
                .close();
    }

    /** Sets times by a view that cannot wait. */
    static void set(BasicFileAttributeView view, TimeChange times) throws IOException {
        if (times.accessed() != TimeChange.KEEP || times.modified() != TimeChange.KEEP) {
            view.setTimes(HostStat.time(times.modified()), HostStat.time(times.accessed()), null);
        }
    }
}
