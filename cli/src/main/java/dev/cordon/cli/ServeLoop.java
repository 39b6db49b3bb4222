package dev.cordon.cli;

import dev.cordon.error.CordonException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks at the folder and the policy file until it is told to end. Belongs to one thread. */
final class ServeLoop {
    /** How long between two looks. */
    private static final long LOOK_MILLIS = 1_000;

    /** The same while a file is being written. */
    private static final long SOON_MILLIS = 100;

    /** How long the first looks wait for files to come to rest. */
    private static final long START_MILLIS = 5_000;

    /** After how many looks lists of revocations are read again. */
    private static final int LOOKS_PER_REFRESH = 60;

    private final ServeSettings settings;
    private final PluginHost host;
    private final HostLog log;
    private final PluginFolder folder;
    private Fingerprint policy;
    private boolean folderIsThere = true;
    private boolean unrest;

    ServeLoop(ServeSettings settings, PluginHost host, HostLog log) {
        this.settings = settings;
        this.host = host;
        this.log = log;
        this.folder = new PluginFolder(settings.folder());
        this.policy = policyPrint();
    }

    /** Hosts what is there. */
    void start(StopSignal stop) {
        long start = System.nanoTime();
        look();
        while (unrest
                && System.nanoTime() - start < START_MILLIS * 1_000_000
                && !stop.await(SOON_MILLIS)) {
            look();
        }
    }

    /** Goes on until the signal comes. */
    void run(StopSignal stop) {
        int looks = 0;
        while (!stop.await(unrest ? SOON_MILLIS : LOOK_MILLIS)) {
            try {
                readPolicy();
                look();
                looks++;
                if (looks % LOOKS_PER_REFRESH == 0) {
                    host.refreshTrust();
                }
            } catch (CordonException refused) {
                log.refused(refused, "what is hosted goes on");
            } catch (RuntimeException defect) { // one look must not end all
                log.defect(defect);
            }
        }
    }

    private void look() {
        Optional<List<PluginFolder.Entry>> files = folder.look();
        if (files.isEmpty()) { // it may be on a mount that comes back
            if (folderIsThere) {
                log.error(
                        UsageProblem.quoted(folder.path().toString())
                                + " cannot be looked into; what is hosted goes on");
            }
            folderIsThere = false;
            return;
        }
        folderIsThere = true;
        unrest = files.get().stream().anyMatch(file -> !file.atRest());
        host.update(files.get());
    }

    private void readPolicy() {
        Optional<Path> file = settings.file();
        Fingerprint now = policyPrint();
        if (file.isEmpty() || now.equals(policy)) {
            return;
        }
        policy = now;
        try {
            HostConfig next = HostConfig.read(file.get());
            log.note("read " + UsageProblem.quoted(file.get().toString()) + " again");
            if (!next.fixed().equals(settings.config().fixed())) {
                log.error(
                        "`trust`, `allowUnrequested`, `engine` and `plugins.folder` hold as they"
                                + " were; restart to have them changed");
            }
            host.settings(next.plugins());
        } catch (CordonException unusable) {
            log.refused(unusable, "what the file said before goes on");
        }
    }

    private Fingerprint policyPrint() {
        return Fingerprint.of(settings.file().map(List::of).orElse(List.of()));
    }
}
