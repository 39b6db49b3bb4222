package dev.cordon.trust.detached;

import dev.cordon.trust.crypto.BouncyCastle;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DefaultDigestAlgorithmIdentifierFinder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Makes timestamps, also such as no honest authority makes. */
public final class TestTime {
    private static final ASN1ObjectIdentifier TST_INFO = PKCSObjectIdentifiers.id_ct_TSTInfo;

    private TestTime() {}

    /** The file with a timestamp of its first signer. */
    public static byte[] stamp(byte[] file, TestPki.Holder maker, Instant at) {
        return stamp(file, maker, at, "SHA-256");
    }

    static byte[] stamp(byte[] file, TestPki.Holder maker, Instant at, String hash) {
        return attach(file, token(signatureOf(file), maker, at, hash));
    }

    static byte[] signatureOf(byte[] file) {
        try {
            return signer(new CMSSignedData(file)).getSignature();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static SignerInformation signer(CMSSignedData data) {
        return data.getSignerInfos().getSigners().iterator().next();
    }

    static byte[] token(byte[] over, TestPki.Holder maker, Instant at, String hash) {
        try {
            AlgorithmIdentifier digest = new DefaultDigestAlgorithmIdentifierFinder().find(hash);
            MessageImprint imprint =
                    new MessageImprint(digest, MessageDigest.getInstance(hash).digest(over));
            TSTInfo info =
                    new TSTInfo(
                            new ASN1ObjectIdentifier("1.2.3.4.1"),
                            imprint,
                            new org.bouncycastle.asn1.ASN1Integer(BigInteger.TEN),
                            new org.bouncycastle.asn1.ASN1GeneralizedTime(Date.from(at)),
                            null,
                            null,
                            null,
                            null,
                            null);
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(
                    new JcaSignerInfoGeneratorBuilder(
                                    new JcaDigestCalculatorProviderBuilder()
                                            .setProvider(BouncyCastle.PROVIDER)
                                            .build())
                            .setSignedAttributeGenerator(attributes(maker, at))
                            .build(TestPki.signer(maker.key().jca(), null), maker.certificate()));
            generator.addCertificates(new JcaCertStore(List.of(maker.certificate())));
            return generator
                    .generate(new CMSProcessableByteArray(TST_INFO, info.getEncoded()), true)
                    .getEncoded("DER");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The time of signing has to agree with the time that is attested. */
    private static CMSAttributeTableGenerator attributes(TestPki.Holder maker, Instant at)
            throws Exception {
        AttributeTable named = new AttributeTable(new DERSet(CmsSigner.named(maker.certificate())));
        return new DefaultSignedAttributeTableGenerator(
                named.add(CMSAttributes.signingTime, new Time(Date.from(at))));
    }

    static byte[] attach(byte[] file, byte[] token) {
        try {
            CMSSignedData data = new CMSSignedData(file);
            Attribute attribute =
                    new Attribute(
                            PKCSObjectIdentifiers.id_aa_signatureTimeStampToken,
                            new DERSet(ASN1Primitive.fromByteArray(token)));
            AttributeTable unsigned =
                    new AttributeTable(new org.bouncycastle.asn1.DERSet(attribute));
            SignerInformation stamped =
                    SignerInformation.replaceUnsignedAttributes(signer(data), unsigned);
            return CMSSignedData.replaceSigners(data, new SignerInformationStore(stamped))
                    .getEncoded("DER");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
