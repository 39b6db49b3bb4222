package dev.cordon.trust.judge;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.MalformedBundleException;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.ManifestReader;
import dev.cordon.manifest.Release;
import dev.cordon.trust.SignatureKind;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.Verdict;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.embedded.ModuleSections;
import dev.cordon.trust.store.TrustState;
import dev.cordon.trust.store.TrustStateFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Examines one plugin, from its bytes to the verdict. */
final class Examiner {
    private static final String NO_VERSION = "0.0.0";

    private final TrustPolicy policy;
    private final TrustStateFile state;
    private final PluginBundle bundle;
    private final Trace trace = new Trace();

    Examiner(TrustPolicy policy, TrustStateFile state, PluginBundle bundle) {
        this.policy = policy;
        this.state = state;
        this.bundle = bundle;
    }

    Examination examine() {
        String digest = bundle.digest().hex();
        try {
            Standing standing = standing(digest);
            trace.note("verdict", "verified, published by `" + standing.publisher() + "`");
            return new Examination(standing.verdict(), trace.lines(), Optional.of(standing));
        } catch (Rejection rejected) {
            return rejected(digest, rejected);
        } catch (MalformedBundleException malformed) {
            return rejected(digest, new Rejection(malformed.code(), malformed.what()));
        }
    }

    private Examination rejected(String digest, Rejection why) {
        trace.end(why);
        Verdict verdict = new Verdict.Rejected(digest, why.code(), why.detail());
        return new Examination(verdict, trace.lines(), Optional.empty());
    }

    private Standing standing(String digest) {
        trace.note("digest", digest);
        ModuleSections sections = ModuleSections.of(bundle.module());
        Subject subject = subject(sections);
        trace.note("plugin", subject.id() + " " + subject.version());
        Knowledge knowledge = Knowledge.read(policy, state);
        knowledge
                .revocations()
                .ifPresent(
                        list -> {
                            list.requireRelease(digest, subject.id(), subject.version());
                            trace.note("revocations", "list " + list.sequence() + " is current");
                        });
        requirePin(digest, subject.id());
        requirePeriod(subject.release(), knowledge);
        Quorum quorum = quorum(sections, subject, knowledge);
        requireGrants(subject, quorum);
        TrustState.Floor release =
                new TrustState.Floor(subject.release().sequence(), subject.version());
        Floors floors = new Floors(policy, subject.id(), release, quorum.signers());
        floors.check(state.current());
        trace.note("release", "no newer one was accepted before");
        return new Standing(policy, digest, subject, quorum, floors);
    }

    private Subject subject(ModuleSections sections) {
        Optional<ModuleSections.Range> range = sections.manifest();
        if (range.isPresent()) {
            byte[] json =
                    Arrays.copyOfRange(bundle.module(), range.get().start(), range.get().end());
            Manifest manifest = ManifestReader.read(json, bundle.name());
            return new Subject(
                    manifest.id(), manifest.version(), manifest.requests(), manifest.release());
        }
        if (bundle.sidecar().isPresent()) {
            throw new Rejection(
                    ErrorCode.UNSIGNED_MANIFEST,
                    "the manifest lies beside the module, where no signature covers it");
        }
        return new Subject(Manifest.idOf(bundle.name()), NO_VERSION, List.of(), Release.NONE);
    }

    private void requirePin(String digest, String id) {
        Optional<Set<String>> pin = policy.pin(id);
        if (pin.isEmpty()) {
            return;
        }
        if (!pin.get().contains(digest)) {
            throw new Rejection(
                    ErrorCode.PIN_MISMATCH, "the policy pins `" + id + "` to another digest");
        }
        trace.note("pin", "the digest is one that the policy names");
    }

    private static void requirePeriod(Release release, Knowledge knowledge) {
        if (release.notBefore().isPresent()
                && knowledge.now().isBefore(release.notBefore().get())) {
            throw new Rejection(
                    ErrorCode.PLUGIN_NOT_YET_VALID,
                    "the plugin may be used from " + release.notBefore().get());
        }
        if (release.notAfter().isPresent() && knowledge.now().isAfter(release.notAfter().get())) {
            throw new Rejection(
                    ErrorCode.PLUGIN_EXPIRED,
                    "the plugin could be used until " + release.notAfter().get());
        }
    }

    private Quorum quorum(ModuleSections sections, Subject subject, Knowledge knowledge) {
        SignerFinder finder = new SignerFinder(policy, knowledge, trace);
        List<FoundSigner> found = finder.find(bundle, sections);
        requirePresent(finder, subject);
        List<FoundSigner> counted = new ArrayList<>();
        for (FoundSigner signer : found) {
            try {
                requireScope(signer, subject.id());
                signer.requireCurrent(subject.id(), knowledge);
                counted.add(signer);
            } catch (Rejection fault) {
                trace.fault(signer.kind(), fault);
            }
        }
        if (counted.isEmpty()) {
            throw trace.firstFault()
                    .orElseGet(() -> new Rejection(ErrorCode.UNSIGNED, "there is no signature"));
        }
        Quorum quorum = Quorum.of(counted, policy);
        requireKinds(subject, quorum);
        trace.note("signers", quorum.signers().size() + " count, and they are enough");
        return quorum;
    }

    /** A signature that the manifest names and that is not there was taken away. */
    private static void requirePresent(SignerFinder finder, Subject subject) {
        for (SignatureKind kind : subject.kinds()) {
            if (!finder.present().contains(kind)) {
                throw new Rejection(
                        ErrorCode.STRIPPED_SIGNATURE,
                        "the manifest names a `" + kind.text() + "` signature, and there is none");
            }
        }
    }

    private void requireKinds(Subject subject, Quorum quorum) {
        for (SignatureKind kind : subject.kinds()) {
            if (quorum.signers().stream().noneMatch(it -> it.kind() == kind)) {
                throw trace.fault(kind)
                        .orElseGet(
                                () ->
                                        new Rejection(
                                                ErrorCode.NO_VALID_SIGNATURE,
                                                "no `" + kind.text() + "` signature counts"));
            }
        }
    }

    private static void requireScope(FoundSigner signer, String plugin) {
        if (!signer.publisher().mayPublish(plugin)) {
            throw new Rejection(
                    ErrorCode.PUBLISHER_SCOPE,
                    "publisher `" + signer.publisher().id() + "` may not publish `" + plugin + "`");
        }
    }

    private static void requireGrants(Subject subject, Quorum quorum) {
        for (String request : subject.requests()) {
            if (!quorum.ceiling().covers(request)) {
                throw new Rejection(
                        ErrorCode.GRANT_SCOPE,
                        "it asks for `"
                                + GuestText.printable(request, 200)
                                + "`, which its publisher's plugins may never get");
            }
        }
    }
}
