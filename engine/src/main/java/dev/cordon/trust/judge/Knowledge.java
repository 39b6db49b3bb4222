package dev.cordon.trust.judge;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.detached.CertificateLists;
import dev.cordon.trust.detached.CertificateRules;
import dev.cordon.trust.statement.RevocationList;
import dev.cordon.trust.statement.SignedStatement;
import dev.cordon.trust.store.TrustFiles;
import dev.cordon.trust.store.TrustStateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is revoked at one moment, as the files of the policy say. */
final class Knowledge {
    /** Largest list of one issuer that is read. */
    private static final int MAX_CRL = 32 << 20;

    private static final String CRL = "*.{crl,pem}";

    private final Instant now;
    private final Optional<RevocationList> revocations;
    private final CertificateLists lists;
    private final CertificateRules rules;

    private Knowledge(
            Instant now,
            Optional<RevocationList> revocations,
            CertificateLists lists,
            CertificateRules rules) {
        this.now = now;
        this.revocations = revocations;
        this.lists = lists;
        this.rules = rules;
    }

    /**
     * Reads the files.
     *
     * @throws Rejection if the list of revocations is missing, not signed, or not current
     */
    static Knowledge read(TrustPolicy policy, TrustStateFile state) {
        Instant now = policy.clock().instant();
        CertificateRules.Revocation revocation =
                switch (policy.revocationCheck()) {
                    case HARD -> CertificateRules.Revocation.HARD;
                    case SOFT -> CertificateRules.Revocation.SOFT;
                    case OFF -> CertificateRules.Revocation.OFF;
                };
        return new Knowledge(
                now,
                policy.revocations().map(file -> list(file, policy, state, now)),
                policy.crls().map(Knowledge::crls).orElseGet(() -> CertificateLists.of(List.of())),
                new CertificateRules(policy.minRsaBits(), revocation, now));
    }

    private static RevocationList list(
            Path file, TrustPolicy policy, TrustStateFile state, Instant now) {
        RevocationList list;
        try {
            byte[] envelope = TrustFiles.read(file, SignedStatement.MAX_BYTES);
            list = RevocationList.read(envelope, policy.revocationKeys());
        } catch (IOException unreadable) {
            throw stale("cannot be read: " + unreadable.getMessage());
        } catch (Rejection unusable) {
            throw stale("does not count: " + unusable.detail());
        }
        long seen = state.current().revocations();
        list.requireCurrent(now, seen);
        if (policy.maxListAge().isPresent()
                && now.isAfter(list.issued().plus(policy.maxListAge().get()))) {
            throw stale("is older than the policy allows: " + list.issued());
        }
        if (list.sequence() > seen) {
            state.update(
                    current -> {
                        current.sawRevocations(list.sequence());
                        return current;
                    });
        }
        return list;
    }

    private static CertificateLists crls(Path folder) {
        try {
            return CertificateLists.of(TrustFiles.readAll(folder, CRL, MAX_CRL));
        } catch (IOException unreadable) {
            throw new Rejection(
                    ErrorCode.REVOCATION_UNKNOWN,
                    "the lists of revoked certificates cannot be read: "
                            + GuestText.printable(String.valueOf(unreadable.getMessage()), 200));
        }
    }

    private static Rejection stale(String why) {
        return new Rejection(
                ErrorCode.STALE_POLICY, "the list of revocations " + GuestText.printable(why, 300));
    }

    Instant now() {
        return now;
    }

    Optional<RevocationList> revocations() {
        return revocations;
    }

    CertificateLists lists() {
        return lists;
    }

    CertificateRules rules() {
        return rules;
    }
}
