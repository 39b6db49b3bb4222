package dev.cordon;

import dev.cordon.bridge.Party;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.capability.NamePattern;
import dev.cordon.dispatch.Sender;
import dev.cordon.error.CordonException;
import dev.cordon.guest.PluginDoors;
import dev.cordon.guest.PluginModule;
import dev.cordon.guest.UseGate;
import dev.cordon.manifest.Manifest;
import dev.cordon.scan.ScanReport;
import dev.cordon.trust.judge.TrustedBundle;
import java.util.List;
import java.util.Optional;

/**
 * What belongs to one loaded file of a plugin, in the state in which it was loaded. Immutable; what
 * it refers to is thread-safe.
 *
 * @param wanted the options that it was loaded with
 * @param loaded what it was granted of them then
 * @param manifest what it says about itself
 * @param topics what its manifest subscribes to
 * @param trusted its file, and why it may be loaded
 * @param linking other modules of it
 * @param module its code, settings and doors
 * @param live what it may do now, which can be changed
 * @param sends whether its calls can send commands and publish events
 * @param commands what can be called
 * @param missingGrants what it asks for and was not granted
 * @param scanReport what was found in it; empty if it was not scanned
 * @param path the way of its calls
 */
record PluginVersion(
        LoadOptions wanted,
        Grants loaded,
        Manifest manifest,
        List<NamePattern> topics,
        TrustedBundle trusted,
        Linking linking,
        PluginModule module,
        LiveGrants live,
        boolean sends,
        Commands commands,
        List<String> missingGrants,
        Optional<ScanReport> scanReport,
        CallPath path)
        implements Sender {
    /** SHA-256 of the module's bytes, in hexadecimal digits. */
    String digest() {
        return trusted.bundle().digest().hex();
    }

    @Override
    public Party party() {
        return Party.plugin(manifest.id());
    }

    /** What this version may do now. */
    @Override
    public Grants grants() {
        return module.settings().grants();
    }

    /** The options that it was loaded with, and the grants that hold now. */
    LoadOptions wantedNow() {
        return wantedNow(wanted);
    }

    /** Options with what was granted and taken back since the version was loaded. */
    LoadOptions wantedNow(LoadOptions given) {
        LoadOptions now = Loading.narrowed(given, grantedNow(given.grants()));
        return given.base() == given ? now : now.withBase(wantedNow(given.base()));
    }

    private Grants grantedNow(Grants given) {
        Grants now = grants();
        Grants live = given;
        for (Grant before : loaded.granted()) {
            live = now.granted().contains(before) ? live : live.without(before);
        }
        for (Grant held : now.granted()) {
            live = loaded.granted().contains(held) ? live : live.with(held);
        }
        return live;
    }

    @Override
    public UseGate gate() {
        return doors().gate();
    }

    /** What opens files and the network to it. */
    PluginDoors doors() {
        return module.settings().doors();
    }

    /** Whether it was trusted once and is not any more. */
    boolean isUntrusted() {
        return objection().isPresent();
    }

    /** Why it may not run any more; empty if it may. */
    Optional<CordonException> objection() {
        return trusted.objection(digest()).or(linking::objection);
    }

    /** Closes what was opened for it, when no call runs. */
    void closeDoors() {
        doors().close();
    }
}
