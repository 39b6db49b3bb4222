package dev.cordon.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A program and what it started, as far as that can be seen.
 *
 * <p>Descendants are noted while it runs, since a process whose parent has ended is nobody's
 * descendant. What is started and left in between is found by a mark in its environment, where the
 * system shows that (Linux). A process that was missed and has no mark any more goes on.
 */
final class ProcessTree {
    /** The variable that marks a program and what it starts. */
    static final String MARK = "CORDON_EXEC_ID";

    private static final Path PROCESSES = Path.of("/proc");

    /** Most processes that are noted. */
    private static final int MAX_KNOWN = 10_000;

    private static final int MAX_ENVIRONMENT_BYTES = 256 << 10;

    /** How often is looked for more after everything known was killed. */
    private static final int ROUNDS = 10;

    private static final int ROUND_MILLIS = 5;

    private final ProcessHandle root;
    private final String mark;
    private final Set<ProcessHandle> known = new LinkedHashSet<>();

    ProcessTree(ProcessHandle root, String id) {
        this.root = root;
        this.mark = MARK + "=" + id;
        known.add(root);
    }

    /** Notes who is there now. */
    void look() {
        for (ProcessHandle each : List.copyOf(known)) {
            if (each.isAlive()) {
                each.descendants().forEach(this::note);
            }
        }
    }

    private void note(ProcessHandle process) {
        if (known.size() < MAX_KNOWN) {
            known.add(process);
        }
    }

    /** Kills everything that can be found, and what appears meanwhile. */
    void kill() {
        root.destroyForcibly();
        for (int round = 0; round < ROUNDS; round++) {
            look();
            lookForMark();
            boolean alive = false;
            for (ProcessHandle each : known) {
                if (each.isAlive()) {
                    each.destroyForcibly();
                    alive = true;
                }
            }
            if (!alive) {
                return;
            }
            pause();
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(ROUND_MILLIS);
        } catch (InterruptedException later) {
            Thread.currentThread().interrupt(); // killing comes first
        }
    }

    private void lookForMark() {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
            for (Path each : all) {
                if (isMarked(each)) {
                    ProcessHandle.of(Long.parseLong(each.getFileName().toString()))
                            .filter(process -> isMarked(each)) // its number may be another's by now
                            .ifPresent(this::note);
                }
            }
        } catch (IOException | DirectoryIteratorException | NumberFormatException unseen) {
            return; // this system does not show them
        }
    }

    private boolean isMarked(Path process) {
        try (InputStream in = Files.newInputStream(process.resolve("environ"))) {
            String environment =
                    new String(in.readNBytes(MAX_ENVIRONMENT_BYTES), StandardCharsets.ISO_8859_1);
            return List.of(environment.split("\0")).contains(mark);
        } catch (IOException notOurs) {
            return false;
        }
    }
}
