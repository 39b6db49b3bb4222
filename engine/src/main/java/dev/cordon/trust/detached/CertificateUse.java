package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509CertificateHolder;

/** What a certificate says that it is for; a path may be right and the use wrong. */
final class CertificateUse {
    private CertificateUse() {}

    static void require(X509CertificateHolder certificate, CertificateRules.Usage usage) {
        Extensions extensions = certificate.getExtensions();
        if (extensions == null) {
            throw wrong(certificate, "does not say what it is for");
        }
        KeyUsage bits = KeyUsage.fromExtensions(extensions);
        if (bits == null || !bits.hasUsages(KeyUsage.digitalSignature)) {
            throw wrong(certificate, "is not for signatures");
        }
        ExtendedKeyUsage extended = ExtendedKeyUsage.fromExtensions(extensions);
        List<KeyPurposeId> purposes =
                extended == null ? List.of() : Arrays.asList(extended.getUsages());
        if (usage == CertificateRules.Usage.CODE_SIGNING) {
            requireCodeSigning(certificate, purposes);
        } else {
            requireTimestamping(certificate, extensions, purposes);
        }
    }

    private static void requireCodeSigning(
            X509CertificateHolder certificate, List<KeyPurposeId> purposes) {
        if (!purposes.contains(KeyPurposeId.id_kp_codeSigning)) {
            throw wrong(certificate, "is not for signing code (codeSigning)");
        }
        if (purposes.contains(KeyPurposeId.anyExtendedKeyUsage)) {
            throw wrong(certificate, "is for anything, which is too much");
        }
    }

    private static void requireTimestamping(
            X509CertificateHolder certificate, Extensions extensions, List<KeyPurposeId> purposes) {
        boolean critical =
                extensions.getExtension(Extension.extendedKeyUsage) != null
                        && extensions.getExtension(Extension.extendedKeyUsage).isCritical();
        if (!critical || !purposes.equals(List.of(KeyPurposeId.id_kp_timeStamping))) {
            throw wrong(certificate, "is not for timestamps alone (critical timeStamping)");
        }
    }

    private static Rejection wrong(X509CertificateHolder certificate, String what) {
        return new Rejection(
                ErrorCode.WRONG_KEY_USAGE,
                "the certificate of `" + Names.shown(certificate.getSubject()) + "` " + what);
    }
}
