package dev.cordon.trust.judge;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.trust.SignatureKind;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.detached.CmsSignature;
import dev.cordon.trust.detached.CmsVerifier;
import dev.cordon.trust.embedded.EmbeddedVerifier;
import dev.cordon.trust.embedded.ModuleSections;
import dev.cordon.trust.key.PublisherKey;
import java.util.ArrayList;
import java.util.List;

/** Who is said to have signed a plugin, for people; no policy is asked whether to believe it. */
public final class ClaimedSigners {
    private final List<String> signers = new ArrayList<>();

    private ClaimedSigners() {}

    /**
     * Lists what signatures say.
     *
     * @param bundle the plugin's file
     * @return one printable line for each signature; none if there is none
     */
    public static List<String> of(PluginBundle bundle) {
        ClaimedSigners claimed = new ClaimedSigners();
        claimed.add(SignatureKind.WASMSIG, () -> claimed.embedded(bundle.module()));
        claimed.add(
                SignatureKind.CMS,
                () -> bundle.cms().ifPresent(file -> claimed.cms(bundle.module(), file)));
        bundle.minisign().ifPresent(file -> claimed.add(SignatureKind.MINISIGN, "a key"));
        return List.copyOf(claimed.signers);
    }

    private void add(SignatureKind kind, Runnable reading) {
        try {
            reading.run();
        } catch (Rejection useless) {
            add(kind, useless.line());
        }
    }

    private void add(SignatureKind kind, String who) {
        signers.add(kind.text() + ": " + who);
    }

    private void embedded(byte[] module) {
        ModuleSections sections = ModuleSections.of(module);
        if (sections.signature().isPresent()) {
            for (String key : EmbeddedVerifier.claimedKeys(sections)) {
                add(SignatureKind.WASMSIG, key.isEmpty() ? "a key" : "key " + key);
            }
        }
    }

    private void cms(byte[] module, byte[] file) {
        for (CmsVerifier.Outcome outcome :
                CmsVerifier.verify(module, file, PublisherKey.LEAST_RSA_BITS)) {
            String subject =
                    outcome.signature()
                            .map(CmsSignature::shownSubject)
                            .map(it -> "`" + it + "`")
                            .orElse("");
            String fault = outcome.rejection().map(Rejection::line).orElse("");
            add(SignatureKind.CMS, subject + fault);
        }
    }
}
