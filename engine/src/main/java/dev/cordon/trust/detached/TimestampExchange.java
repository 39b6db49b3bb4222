package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationStore;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;

/** Asks for timestamps and puts them into signature files; how they travel is the caller's. */
public final class TimestampExchange {
    private static final int NONCE_BITS = 64;
    private static final String WHAT = "the answer of the timestamp authority";

    private TimestampExchange() {}

    /**
     * Makes a request for a timestamp of the last signature of a file.
     *
     * @param file the bytes of a {@code .p7s} file
     * @return a request of RFC 3161 in DER
     * @throws Rejection if the file is no signature
     */
    public static byte[] request(byte[] file) {
        return Strangers.read(
                "the CMS signature",
                ErrorCode.MALFORMED_SIGNATURE,
                () -> {
                    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
                    generator.setCertReq(true);
                    List<SignerInformation> signers = signers(new CMSSignedData(file));
                    byte[] signature = signers.get(signers.size() - 1).getSignature();
                    return generator
                            .generate(
                                    NISTObjectIdentifiers.id_sha256,
                                    sha256(signature),
                                    new BigInteger(NONCE_BITS, new SecureRandom()))
                            .getEncoded();
                });
    }

    /**
     * Puts a timestamp beside the signature that it is over.
     *
     * @param file the bytes of a {@code .p7s} file
     * @param answer the authority's answer in DER
     * @return the file with the timestamp
     * @throws Rejection if there is no timestamp in the answer, or it is over no signature of the
     *     file
     */
    public static byte[] attach(byte[] file, byte[] answer) {
        return Strangers.read(
                WHAT, ErrorCode.TIMESTAMP_INVALID, () -> attached(new CMSSignedData(file), answer));
    }

    private static byte[] attached(CMSSignedData data, byte[] answer)
            throws TSPException, IOException, CMSException {
        TimeStampToken token = new TimeStampResponse(answer).getTimeStampToken();
        if (token == null) {
            throw new Rejection(ErrorCode.TIMESTAMP_INVALID, WHAT + " holds no timestamp");
        }
        byte[] imprint = token.getTimeStampInfo().getMessageImprintDigest();
        List<SignerInformation> signers = new ArrayList<>();
        boolean found = false;
        for (SignerInformation signer : signers(data)) {
            boolean own = MessageDigest.isEqual(imprint, sha256(signer.getSignature()));
            signers.add(own ? stamped(signer, token) : signer);
            found |= own;
        }
        if (!found) {
            throw new Rejection(
                    ErrorCode.TIMESTAMP_INVALID, "the timestamp is over another signature");
        }
        return CMSSignedData.replaceSigners(data, new SignerInformationStore(signers))
                .getEncoded("DER");
    }

    private static SignerInformation stamped(SignerInformation signer, TimeStampToken token)
            throws IOException {
        Attribute attribute =
                new Attribute(
                        PKCSObjectIdentifiers.id_aa_signatureTimeStampToken,
                        new DERSet(ASN1Primitive.fromByteArray(token.getEncoded())));
        return SignerInformation.replaceUnsignedAttributes(
                signer, new AttributeTable(new DERSet(attribute)));
    }

    private static List<SignerInformation> signers(CMSSignedData data) {
        return List.copyOf(data.getSignerInfos().getSigners());
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
