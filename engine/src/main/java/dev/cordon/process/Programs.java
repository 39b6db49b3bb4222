package dev.cordon.process;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** The programs that one plugin was granted, and how many of them run. Thread-safe. */
public final class Programs {
    private final Map<Path, Path> files = new ConcurrentHashMap<>();
    private final int most;
    private volatile Semaphore places;

    private Programs(int most) {
        this.most = most;
        this.places = new Semaphore(most);
    }

    /**
     * Looks at what a plugin was granted, so that a mistake is seen when it is loaded.
     *
     * @param plugin its id
     * @param granted absolute paths
     * @param most how many programs may run at once
     * @return the programs
     * @throws UsageException if one of them cannot be started, or none on this system
     */
    public static Programs open(String plugin, List<Path> granted, int most) {
        Programs programs = new Programs(most);
        programs.requireUsable(plugin, granted);
        return programs;
    }

    /**
     * Counts what runs together with what runs of others, if as many may. To be called before
     * anything is started.
     *
     * @param before what these replace
     */
    public void succeed(Programs before) {
        if (most == before.most) {
            places = before.places;
        }
    }

    /**
     * Looks at what a plugin is granted, so that a mistake is seen when it is made.
     *
     * @param plugin its id
     * @param granted absolute paths
     * @throws UsageException if one of them cannot be started, or none on this system
     */
    public void requireUsable(String plugin, List<Path> granted) {
        for (Path program : granted) {
            String objection = objection(program);
            if (!objection.isEmpty()) {
                throw new UsageException(
                        ErrorCode.USAGE,
                        plugin,
                        "was granted the program `" + program + "`, but " + objection,
                        "grant a program that is there and that only its owner can change");
            }
        }
    }

    /**
     * Looks at a program once more; links are followed as they are now.
     *
     * @param program an absolute path that was granted
     * @return why it is not started; empty if it is the file that it was when it was first looked
     *     at, and may be
     */
    public String objection(Path program) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
            return "programs are started on Linux and macOS only";
        }
        try {
            Path now = ProgramFile.check(program);
            Path before = files.putIfAbsent(program, now);
            return before == null || before.equals(now) ? "" : "it leads to another file by now";
        } catch (RefusedProgramException refused) {
            return refused.why();
        }
    }

    /**
     * Runs a program to its end.
     *
     * @param command what to start, which was looked at before
     * @param limits what it may use
     * @param watch its caller
     * @return how it ended; nothing of it runs any more, as far as that can be seen
     */
    public ProgramResult run(ProgramCommand command, ProgramLimits limits, ProgramWatch watch) {
        Semaphore mine = places;
        if (!mine.tryAcquire()) {
            return ProgramResult.of(ProgramResult.Ending.BUSY);
        }
        try {
            return new ProgramRun(command, limits, watch).run();
        } finally {
            mine.release();
        }
    }
}
