package dev.cordon.trust.embedded;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.PublisherKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds out which keys signed a module from inside. */
public final class EmbeddedVerifier {
    /**
     * Most checks of a signature with a key for one module, so that many signatures of unknown keys
     * cost little.
     */
    static final int MAX_CHECKS = 1_024;

    private final List<Candidate> candidates = new ArrayList<>();
    private int checks;

    private record Candidate(PublisherKey key, byte[] keyId) {}

    private EmbeddedVerifier(Collection<PublisherKey> keys) {
        for (PublisherKey key : keys) {
            key.ed25519().ifPresent(raw -> candidates.add(new Candidate(key, KeyIds.of(raw))));
        }
    }

    /**
     * Checks the signatures of a module.
     *
     * @param sections the module, with a signature section
     * @param keys those that may have signed; other kinds than Ed25519 are passed over
     * @return those that did sign the whole module, in the order of the signatures; maybe none
     * @throws Rejection if the section is malformed or over another module
     */
    public static Set<PublisherKey> verify(ModuleSections sections, Collection<PublisherKey> keys) {
        SignedHashes signed = signedHashes(sections);
        EmbeddedVerifier verifier = new EmbeddedVerifier(keys);
        byte[] message = ModuleHashes.message(signed.hashes());
        Set<PublisherKey> signers = new LinkedHashSet<>();
        for (SignedHashes.KeySignature signature : signed.signatures()) {
            verifier.signer(signature, message, signers);
        }
        return signers;
    }

    /**
     * Whether a signature names a key that is none of those known.
     *
     * @param sections the module, with a signature section
     * @param keys those that are known
     * @return true if one does
     * @throws Rejection as {@link #verify} does
     */
    public static boolean namesUnknownKey(ModuleSections sections, Collection<PublisherKey> keys) {
        EmbeddedVerifier verifier = new EmbeddedVerifier(keys);
        return signedHashes(sections).signatures().stream()
                .map(SignedHashes.KeySignature::keyId)
                .filter(id -> id.length > 0)
                .anyMatch(
                        id ->
                                verifier.candidates.stream()
                                        .noneMatch(it -> Arrays.equals(it.keyId(), id)));
    }

    /**
     * The keys that the signatures of a module name, which nobody signed.
     *
     * @param sections the module, with a signature section
     * @return hexadecimal, empty where no key is named
     * @throws Rejection if the section is malformed or over another module
     */
    public static List<String> claimedKeys(ModuleSections sections) {
        return signedHashes(sections).signatures().stream()
                .map(it -> HexFormat.of().formatHex(it.keyId()))
                .toList();
    }

    /** The one set that is over the module, over all of it and over nothing else. */
    static SignedHashes signedHashes(ModuleSections sections) {
        ModuleSections.Range range =
                sections.signature()
                        .orElseThrow(
                                () ->
                                        new Rejection(
                                                ErrorCode.UNSIGNED,
                                                "the module has no signature inside"));
        List<SignedHashes> sets =
                SignatureReader.read(sections.bytes(), range.start(), range.end());
        byte[] hashes = ModuleHashes.of(sections);
        List<SignedHashes> matching =
                sets.stream().filter(set -> Arrays.equals(set.hashes(), hashes)).toList();
        if (matching.isEmpty()) {
            throw new Rejection(
                    ErrorCode.DIGEST_MISMATCH,
                    "the embedded signature is over other bytes than the module has");
        }
        if (matching.size() > 1) {
            throw new Rejection(
                    ErrorCode.MALFORMED_SIGNATURE,
                    "the embedded signature has the same hashes twice");
        }
        return matching.get(0);
    }

    private void signer(
            SignedHashes.KeySignature signature, byte[] message, Set<PublisherKey> signers) {
        List<Candidate> named =
                candidates.stream()
                        .filter(it -> Arrays.equals(it.keyId(), signature.keyId()))
                        .toList();
        // The name is not signed, so it only says where to look first.
        for (Candidate candidate : named.isEmpty() ? candidates : named) {
            if (checks++ == MAX_CHECKS) {
                throw new Rejection(
                        ErrorCode.MALFORMED_SIGNATURE,
                        "the embedded signature takes more than " + MAX_CHECKS + " checks");
            }
            if (candidate.key().verifies(message, signature.signature())) {
                signers.add(candidate.key());
                return;
            }
        }
    }
}
