package dev.cordon.process;

import dev.cordon.process.ProgramResult.Ending;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One run of one program, from its start until nothing of it is left. */
final class ProgramRun {
    /** All that a program finds in its environment, beside its mark. */
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8");

    /** How often is looked at a program that runs: soon at first, for most end soon. */
    private static final long FIRST_PAUSE_MILLIS = 1;

    private static final long LONGEST_PAUSE_MILLIS = 20;

    private final ProgramCommand command;
    private final ProgramLimits limits;
    private final ProgramWatch watch;

    ProgramRun(ProgramCommand command, ProgramLimits limits, ProgramWatch watch) {
        this.command = command;
        this.limits = limits;
        this.watch = watch;
    }

    ProgramResult run() {
        Workplace place;
        try {
            place = Workplace.make(command.stdin());
        } catch (IOException full) {
            watch.failed(full);
            return ProgramResult.of(Ending.NOT_STARTED);
        }
        try {
            return runIn(place);
        } catch (IOException unusable) {
            watch.failed(unusable);
            return ProgramResult.of(Ending.NOT_STARTED);
        } finally {
            remove(place);
        }
    }

    private void remove(Workplace place) {
        try {
            place.remove();
        } catch (IOException left) {
            watch.failed(left);
        }
    }

    private ProgramResult runIn(Workplace place) throws IOException {
        String id = UUID.randomUUID().toString();
        Process process = start(place, id);
        ProcessTree tree = new ProcessTree(process.toHandle(), id);
        Ending ending;
        try {
            ending = await(process, tree, place);
        } finally {
            tree.kill();
        }
        if (ending == Ending.EXITED && place.holdsMoreThan(limits.outputBytes())) {
            ending = Ending.TOO_LARGE;
        }
        if (ending != Ending.EXITED) {
            return ProgramResult.of(ending);
        }
        byte[] stdout = place.stdout(limits.outputBytes());
        byte[] stderr = place.stderr(limits.outputBytes());
        return new ProgramResult(ending, process.exitValue(), stdout, stderr);
    }

    private Process start(Workplace place, String id) throws IOException {
        List<String> words = new ArrayList<>();
        words.add(command.program());
        words.addAll(command.arguments());
        ProcessBuilder builder = new ProcessBuilder(words);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(ENVIRONMENT);
        environment.put(ProcessTree.MARK, id);
        place.furnish(builder);
        return builder.start();
    }

    private Ending await(Process process, ProcessTree tree, Workplace place) throws IOException {
        long start = System.nanoTime();
        long pause = FIRST_PAUSE_MILLIS;
        try {
            while (!process.waitFor(pause, TimeUnit.MILLISECONDS)) {
                Ending ending = ending(place, start);
                if (ending != null) {
                    return ending;
                }
                tree.look();
                pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
            }
            return Ending.EXITED;
        } catch (InterruptedException givenUp) {
            Thread.currentThread().interrupt();
            return Ending.STOPPED;
        }
    }

    /** Why the program must not go on, or null. */
    private @Nullable Ending ending(Workplace place, long start) throws IOException {
        if (watch.stopped()) {
            return Ending.STOPPED;
        }
        boolean late =
                watch.nanosLeft() <= 0 || System.nanoTime() - start > limits.time().toNanos();
        if (late) {
            return Ending.LATE;
        }
        return place.holdsMoreThan(limits.outputBytes()) ? Ending.TOO_LARGE : null;
    }
}
