package dev.cordon.trust.judge;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.trust.GrantCeiling;
import dev.cordon.trust.Verdict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plugin's file that may be loaded: only a judge makes one. */
public final class TrustedBundle {
    private final PluginBundle bundle;
    private final Verdict verdict;
    private final GrantCeiling ceiling;
    private final @Nullable Standing standing;

    TrustedBundle(
            PluginBundle bundle,
            Verdict verdict,
            GrantCeiling ceiling,
            @Nullable Standing standing) {
        this.bundle = bundle;
        this.verdict = verdict;
        this.ceiling = ceiling;
        this.standing = standing;
    }

    /**
     * The file as it was read and judged.
     *
     * @return the same bytes
     */
    public PluginBundle bundle() {
        return bundle;
    }

    /**
     * What was found out.
     *
     * @return the verdict about these bytes
     */
    public Verdict verdict() {
        return verdict;
    }

    /**
     * Leaves of a host's grants what this plugin may have.
     *
     * @param granted what the host grants
     * @return nothing under a policy that only warns
     */
    public Grants narrowed(Grants granted) {
        return ceiling.narrowed(granted);
    }

    /**
     * Asks again, each time before the plugin runs, whether it still may.
     *
     * @param digest of what is about to run
     * @return the error to throw if it may not
     */
    public Optional<CordonException> objection(String digest) {
        return standing == null
                ? Optional.empty()
                : standing.objection(digest)
                        .map(why -> Refusal.of(standing.plugin(), why.code(), why.detail()));
    }

    Optional<Standing> standing() {
        return Optional.ofNullable(standing);
    }
}
