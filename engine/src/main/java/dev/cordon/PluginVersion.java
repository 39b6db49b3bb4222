package dev.cordon;

import dev.cordon.capability.Grants;
import dev.cordon.guest.PluginDoors;
import dev.cordon.guest.PluginModule;
import dev.cordon.manifest.Manifest;
import dev.cordon.scan.ScanReport;
import dev.cordon.trust.judge.TrustedBundle;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What belongs to one loaded file of a plugin, in the state in which it was loaded. Immutable; what
 * it refers to is thread-safe.
 *
 * @param manifest what it says about itself
 * @param trusted its file, and why it may be loaded
 * @param module its code, settings and doors
 * @param commands what can be called
 * @param missingGrants what it asks for and was not granted
 * @param scanReport what was found in it; empty if it was not scanned
 * @param path the way of its calls
 */
record PluginVersion(
        Manifest manifest,
        TrustedBundle trusted,
        PluginModule module,
        Commands commands,
        List<String> missingGrants,
        Optional<ScanReport> scanReport,
        CallPath path) {
    /** Who imports none of these needs no way to send. */
    private static final Set<String> SENDS = Set.of("cordon.command_send", "cordon.event_publish");

    /** SHA-256 of the module's bytes, in hexadecimal digits. */
    String digest() {
        return trusted.bundle().digest().hex();
    }

    /** Whether its calls can send commands and publish events. */
    boolean sends() {
        return module.importNames().stream().anyMatch(SENDS::contains);
    }

    /** What the plugin may do now. */
    Grants grants() {
        return module.settings().grants();
    }

    /** What opens files and the network to it. */
    PluginDoors doors() {
        return module.settings().doors();
    }

    /** Whether it was trusted once and is not any more. */
    boolean isUntrusted() {
        return trusted.objection(digest()).isPresent();
    }

    /** Ends calls and waits for them, at most so long; then closes what they had open. */
    void close(long nanos) {
        path.close(nanos);
        closeDoors();
    }

    /** Closes what was opened for it, when no call runs. */
    void closeDoors() {
        doors().close();
    }
}
