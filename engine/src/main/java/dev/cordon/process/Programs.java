package dev.cordon.process;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
        programs.pin(look(plugin, granted));
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
     * Looks at what a plugin is granted, so that a mistake is seen when it is made. Changes
     * nothing.
     *
     * @param plugin its id
     * @param granted absolute paths
     * @return the file that each of them is, for {@link #pin}
     * @throws UsageException if one of them cannot be started, or none on this system
     */
    public static Map<Path, Path> look(String plugin, List<Path> granted) {
        Map<Path, Path> found = new LinkedHashMap<>();
        for (Path program : granted) {
            try {
                found.put(program, file(program));
            } catch (RefusedProgramException refused) {
                throw new UsageException(
                        ErrorCode.USAGE,
                        plugin,
                        "was granted the program `" + program + "`, but " + refused.why(),
                        "grant a program that is there and that only its owner can change",
                        refused);
            }
        }
        return found;
    }

    /**
     * Remembers which files were granted, also in the place of what was granted by the same path
     * before.
     *
     * @param found what {@link #look} found
     */
    public void pin(Map<Path, Path> found) {
        files.putAll(found);
    }

    /**
     * Looks at a program once more; links are followed as they are now.
     *
     * @param program an absolute path that was granted
     * @return why it is not started; empty if it is the file that it was when it was granted, and
     *     may be
     */
    public String objection(Path program) {
        try {
            return file(program).equals(files.get(program))
                    ? ""
                    : "it leads to another file by now";
        } catch (RefusedProgramException refused) {
            return refused.why();
        }
    }

    private static Path file(Path program) throws RefusedProgramException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
            throw new RefusedProgramException("programs are started on Linux and macOS only");
        }
        return ProgramFile.check(program);
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
