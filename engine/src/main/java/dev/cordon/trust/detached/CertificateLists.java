package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.PublisherKey;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CRLEntryHolder;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Lists of revoked certificates (CRLs), as their issuers publish them. Immutable. */
public final class CertificateLists {
    /** Reasons for which what was signed before the revocation still holds. */
    private static final Set<Integer> HARMLESS =
            Set.of(
                    CRLReason.affiliationChanged,
                    CRLReason.superseded,
                    CRLReason.cessationOfOperation,
                    CRLReason.privilegeWithdrawn);

    private static final String WHAT = "a list of revoked certificates";

    private final List<X509CRLHolder> lists;

    private CertificateLists(List<X509CRLHolder> lists) {
        this.lists = List.copyOf(lists);
    }

    /**
     * Reads lists.
     *
     * @param files each one CRL, in DER or PEM
     * @return all of them
     * @throws Rejection if one cannot be read
     */
    public static CertificateLists of(Collection<byte[]> files) {
        List<X509CRLHolder> lists = new ArrayList<>();
        for (byte[] file : files) {
            lists.add(Strangers.read(WHAT, ErrorCode.REVOCATION_UNKNOWN, () -> list(file)));
        }
        return new CertificateLists(lists);
    }

    private static X509CRLHolder list(byte[] file) throws IOException {
        try {
            byte[] der = file.length > 0 && file[0] == '-' ? decoded(file) : file;
            DerForm.require(der, WHAT);
            return new X509CRLHolder(der);
        } catch (Rejection malformed) {
            throw new Rejection(ErrorCode.REVOCATION_UNKNOWN, malformed.detail());
        }
    }

    private static byte[] decoded(byte[] pem) throws IOException {
        String text = new String(pem, StandardCharsets.ISO_8859_1);
        try (PemReader reader = new PemReader(new StringReader(text))) {
            PemObject object = reader.readPemObject();
            if (object == null || !object.getType().equals("X509 CRL")) {
                throw new IOException("it holds no list");
            }
            return object.getContent();
        }
    }

    /**
     * Refuses a revoked certificate, and one of which nothing fresh is known if the rules say so.
     */
    void check(
            X509CertificateHolder certificate,
            X509CertificateHolder issuer,
            Optional<Instant> signedAt,
            CertificateRules rules) {
        if (rules.revocation() == CertificateRules.Revocation.OFF) {
            return;
        }
        boolean fresh = false;
        for (X509CRLHolder list : lists) {
            if (!list.getIssuer().equals(certificate.getIssuer()) || !usable(list, issuer, rules)) {
                continue;
            }
            fresh |= fresh(list, rules.now());
            requireNotIn(list, certificate, signedAt);
        }
        if (!fresh && rules.revocation() == CertificateRules.Revocation.HARD) {
            throw new Rejection(
                    ErrorCode.REVOCATION_UNKNOWN,
                    "no current list says whether a certificate of `"
                            + Names.shown(certificate.getIssuer())
                            + "` was revoked");
        }
    }

    /** Whether the issuer signed it, with a key that may, and it is a plain and whole list. */
    private static boolean usable(
            X509CRLHolder list, X509CertificateHolder issuer, CertificateRules rules) {
        Set<?> critical = list.getCriticalExtensionOIDs();
        if (!critical.isEmpty()) {
            return false; // a part of a list, or one of other issuers' certificates
        }
        KeyUsage usage = KeyUsage.fromExtensions(issuer.getExtensions());
        if (usage != null && !usage.hasUsages(KeyUsage.cRLSign)) {
            return false;
        }
        try {
            PublisherKey key = CertificateKeys.of(issuer, rules.minRsaBits());
            SignatureAlgorithms.require(list.toASN1Structure().getSignatureAlgorithm(), key, WHAT);
            return list.isSignatureValid(
                    new JcaContentVerifierProviderBuilder()
                            .setProvider(BouncyCastle.PROVIDER)
                            .build(key.jca()));
        } catch (CertException | OperatorCreationException | IOException | Rejection unusable) {
            return false;
        }
    }

    private static boolean fresh(X509CRLHolder list, Instant now) {
        Date next = list.getNextUpdate();
        Instant from = list.getThisUpdate().toInstant();
        return next != null
                && !now.isAfter(next.toInstant())
                && !now.plus(CertificateRules.SKEW).isBefore(from);
    }

    private static void requireNotIn(
            X509CRLHolder list, X509CertificateHolder certificate, Optional<Instant> signedAt) {
        X509CRLEntryHolder entry = list.getRevokedCertificate(certificate.getSerialNumber());
        if (entry == null) {
            return;
        }
        int reason = reason(entry);
        Instant since = entry.getRevocationDate().toInstant();
        boolean signedBefore = signedAt.isPresent() && signedAt.get().isBefore(since);
        if (HARMLESS.contains(reason) && signedBefore) {
            return;
        }
        throw new Rejection(
                ErrorCode.CERTIFICATE_REVOKED,
                "the certificate of `"
                        + Names.shown(certificate.getSubject())
                        + "` was revoked at "
                        + since);
    }

    private static int reason(X509CRLEntryHolder entry) {
        Extension extension = entry.getExtension(Extension.reasonCode);
        return extension == null
                ? CRLReason.unspecified
                : ASN1Enumerated.getInstance(extension.getParsedValue()).intValueExact();
    }
}
