package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.PublisherKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/** Follows a certificate to an authority, and asks of every step what the rules ask. */
final class CertificatePath {
    /** Most certificates of a path, the authority's own not counted. */
    private static final int MAX_LENGTH = 4;

    private final List<X509CertificateHolder> anchors;
    private final CertificateLists lists;
    private final CertificateRules rules;

    CertificatePath(
            List<X509CertificateHolder> anchors, CertificateLists lists, CertificateRules rules) {
        this.anchors = anchors;
        this.lists = lists;
        this.rules = rules;
    }

    /**
     * Finds and checks the path of a certificate.
     *
     * @param leaf what was signed with
     * @param bag certificates that may be on the way
     * @param usage what it was used for
     * @param signedAt when, if that is proved; else it has to be valid now
     * @return the path, the leaf first and the authority's certificate last
     */
    List<X509Certificate> of(
            X509CertificateHolder leaf,
            List<X509CertificateHolder> bag,
            CertificateRules.Usage usage,
            Optional<Instant> signedAt) {
        Instant at = signedAt.orElse(rules.now());
        List<X509CertificateHolder> path = follow(leaf, bag);
        List<X509CertificateHolder> below = path.subList(0, path.size() - 1);
        CertificateUse.require(leaf, usage);
        below.forEach(certificate -> requirePeriod(certificate, at));
        List<X509Certificate> converted = converted(path);
        validate(converted, at);
        for (int i = below.size() - 1; i >= 0; i--) {
            lists.check(path.get(i), path.get(i + 1), signedAt, rules);
        }
        return converted;
    }

    /** Goes from issuer to issuer; a signature decides which of several of one name it is. */
    private List<X509CertificateHolder> follow(
            X509CertificateHolder leaf, List<X509CertificateHolder> bag) {
        List<X509CertificateHolder> path = new ArrayList<>();
        X509CertificateHolder last = leaf;
        while (path.size() < MAX_LENGTH) {
            path.add(last);
            Optional<X509CertificateHolder> anchor = issuer(last, anchors);
            if (anchor.isPresent()) {
                path.add(anchor.get());
                return path;
            }
            Optional<X509CertificateHolder> next = issuer(last, bag);
            if (next.isEmpty() || path.contains(next.get())) {
                throw invalid(
                        "nobody who is trusted issued the certificate of `"
                                + Names.shown(last.getSubject())
                                + "`; its issuer is `"
                                + Names.shown(last.getIssuer())
                                + "`");
            }
            last = next.get();
        }
        throw invalid("the path of certificates is longer than " + MAX_LENGTH);
    }

    private Optional<X509CertificateHolder> issuer(
            X509CertificateHolder certificate, List<X509CertificateHolder> candidates) {
        for (X509CertificateHolder candidate : candidates) {
            if (candidate.getSubject().equals(certificate.getIssuer())
                    && signed(certificate, candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private boolean signed(X509CertificateHolder certificate, X509CertificateHolder issuer) {
        try {
            PublisherKey key = CertificateKeys.of(issuer, rules.minRsaBits());
            SignatureAlgorithms.require(
                    certificate.toASN1Structure().getSignatureAlgorithm(),
                    key,
                    "the certificate of `" + Names.shown(certificate.getSubject()) + "`");
            return certificate.isSignatureValid(
                    new JcaContentVerifierProviderBuilder()
                            .setProvider(BouncyCastle.PROVIDER)
                            .build(key.jca()));
        } catch (CertException | OperatorCreationException | IOException unreadable) {
            return false;
        }
    }

    private static void requirePeriod(X509CertificateHolder certificate, Instant at) {
        String whose = "the certificate of `" + Names.shown(certificate.getSubject()) + "` ";
        if (at.isBefore(certificate.getNotBefore().toInstant())) {
            throw new Rejection(
                    ErrorCode.CERTIFICATE_NOT_YET_VALID,
                    whose + "is valid from " + certificate.getNotBefore().toInstant());
        }
        if (at.isAfter(certificate.getNotAfter().toInstant())) {
            throw new Rejection(
                    ErrorCode.CERTIFICATE_EXPIRED,
                    whose + "was valid until " + certificate.getNotAfter().toInstant());
        }
    }

    /** Everything else that RFC 5280 asks: authorities, lengths of paths, names, extensions. */
    private static void validate(List<X509Certificate> path, Instant at) {
        try {
            int last = path.size() - 1;
            PKIXParameters parameters =
                    new PKIXParameters(Set.of(new TrustAnchor(path.get(last), null)));
            parameters.setRevocationEnabled(false); // the lists are looked at afterwards
            parameters.setDate(Date.from(at));
            CertPath below =
                    CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER)
                            .generateCertPath(path.subList(0, last));
            CertPathValidator.getInstance("PKIX", BouncyCastle.PROVIDER)
                    .validate(below, parameters);
        } catch (CertPathValidatorException broken) {
            throw invalid("the path of certificates breaks a rule: " + shown(broken));
        } catch (GeneralSecurityException | RuntimeException broken) { // both, for strange input
            throw invalid("the path of certificates cannot be checked: " + shown(broken));
        }
    }

    private static List<X509Certificate> converted(List<X509CertificateHolder> path) {
        JcaX509CertificateConverter converter =
                new JcaX509CertificateConverter().setProvider(BouncyCastle.PROVIDER);
        List<X509Certificate> converted = new ArrayList<>();
        for (X509CertificateHolder certificate : path) {
            try {
                converted.add(converter.getCertificate(certificate));
            } catch (CertificateException | RuntimeException broken) { // both, for strange input
                throw invalid("a certificate cannot be read: " + shown(broken));
            }
        }
        return List.copyOf(converted);
    }

    private static String shown(Exception broken) {
        return GuestText.printable(String.valueOf(broken.getMessage()), 200);
    }

    private static Rejection invalid(String what) {
        return new Rejection(ErrorCode.CHAIN_INVALID, what);
    }
}
