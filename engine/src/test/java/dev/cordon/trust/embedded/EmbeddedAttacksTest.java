package dev.cordon.trust.embedded;

import static dev.cordon.trust.embedded.Vectors.ADD;
import static dev.cordon.trust.embedded.Vectors.HASH;
import static dev.cordon.trust.embedded.Vectors.HEX;
import static dev.cordon.trust.embedded.Vectors.KEY_1;
import static dev.cordon.trust.embedded.Vectors.KEY_2;
import static dev.cordon.trust.embedded.Vectors.PLAIN_CONTENT;
import static dev.cordon.trust.embedded.Vectors.SIGNATURE_1;
import static dev.cordon.trust.embedded.Vectors.custom;
import static dev.cordon.trust.embedded.Vectors.delimiter;
import static dev.cordon.trust.embedded.Vectors.join;
import static dev.cordon.trust.embedded.Vectors.key;
import static dev.cordon.trust.embedded.Vectors.number;
import static dev.cordon.trust.embedded.Vectors.signed;
import static dev.cordon.trust.embedded.Vectors.sized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a lenient reader of the format lets through. */
class EmbeddedAttacksTest {
    private static final byte[] SIGNED = signed(PLAIN_CONTENT);
    private static final BigInteger ORDER =
            BigInteger.ONE
                    .shiftLeft(252)
                    .add(new BigInteger("27742317777372353535851937790883648493"));

    @Test
    void anAppendedSectionIsRefused() {
        rejects(join(SIGNED, custom("x", new byte[3])), ErrorCode.DIGEST_MISMATCH);
        rejects(join(SIGNED, delimiter()), ErrorCode.DIGEST_MISMATCH);
    }

    @Test
    void aSignatureMovedToAnotherModuleIsRefused() {
        byte[] other = ADD.clone();
        other[other.length - 2] = 0x6b; // subtracts instead of adding
        rejects(signed(other, PLAIN_CONTENT), ErrorCode.DIGEST_MISMATCH);
    }

    @Test
    void aRemovedTrailingPartIsRefused() {
        byte[] parts = join(ADD, delimiter(), custom("grants", new byte[] {1}));
        byte[] whole = EmbeddedSigner.sign(parts, KEY_1);
        int grants = custom("grants", new byte[] {1}).length;

        rejects(Arrays.copyOf(whole, whole.length - grants), ErrorCode.DIGEST_MISMATCH);
    }

    @Test
    void oneHashOfSomeSetIsNotEnough() {
        byte[] more = HEX.parseHex(HASH + "00".repeat(32));
        byte[] set = join(number(2), more, HEX.parseHex("0143000140" + SIGNATURE_1));
        rejects(signed(join(HEX.parseHex("01010101"), sized(set))), ErrorCode.DIGEST_MISMATCH);
    }

    @Test
    void aComponentHeaderIsRefused() {
        byte[] component = SIGNED.clone();
        component[4] = 0x0d;
        component[6] = 1;
        rejects(component, ErrorCode.MALFORMED_MODULE);
    }

    @Test
    void bytesAfterTheContentAreRefused() {
        rejects(signed(join(PLAIN_CONTENT, new byte[1])), ErrorCode.MALFORMED_SIGNATURE);
        byte[] set = HEX.parseHex("01" + HASH + "0143000140" + SIGNATURE_1 + "00");
        rejects(signed(content(set)), ErrorCode.MALFORMED_SIGNATURE);
        byte[] record = HEX.parseHex("01" + HASH + "0144000140" + SIGNATURE_1 + "00");
        rejects(signed(content(record)), ErrorCode.MALFORMED_SIGNATURE);
    }

    @Test
    void aPaddedSectionHeaderIsRefused() {
        byte[] rest = Arrays.copyOfRange(SIGNED, 10, SIGNED.length);
        byte[] head = Arrays.copyOf(SIGNED, 9);
        rejects(join(head, HEX.parseHex("f500"), rest), ErrorCode.MALFORMED_SIGNATURE);
        rejects(join(head, HEX.parseHex("f580808000"), rest), ErrorCode.MALFORMED_SIGNATURE);
        byte[] afterName = Arrays.copyOfRange(SIGNED, 11, SIGNED.length);
        rejects(join(head, HEX.parseHex("768900"), afterName), ErrorCode.MALFORMED_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0101018100" + "6601" + "H" + "0143000140" + "S",
                "01010101e600" + "01" + "H" + "0143000140" + "S",
                "010101016780" + "0001" + "H" + "0143000140" + "S",
                "010101016701" + "H" + "8100" + "43000140" + "S",
                "010101016701" + "H" + "01c300000140" + "S",
                "0101010168" + "01" + "H" + "0144" + "8000" + "0140" + "S",
                "0101010168" + "01" + "H" + "0144" + "0001c000" + "S"
            })
    void paddedNumbersInsideAreRefused(String text) {
        byte[] content = HEX.parseHex(text.replace("H", HASH).replace("S", SIGNATURE_1));
        rejects(signed(content), ErrorCode.MALFORMED_SIGNATURE);
    }

    @Test
    void changedFramingInTheCodeIsRefused() {
        int code = SIGNED.length - 11;
        assertThat(SIGNED[code]).isEqualTo((byte) 10);
        byte[] head = Arrays.copyOf(SIGNED, code + 1);
        byte[] rest = Arrays.copyOfRange(SIGNED, code + 2, SIGNED.length);
        rejects(join(head, HEX.parseHex("8900"), rest), ErrorCode.DIGEST_MISMATCH);
        rejects(join(head, HEX.parseHex("898080808000"), rest), ErrorCode.MALFORMED_MODULE);
        rejects(join(head, HEX.parseHex("898080807f"), rest), ErrorCode.MALFORMED_MODULE);
    }

    @Test
    void aSecondSignatureSectionIsRefused() {
        rejects(join(SIGNED, custom("signature", PLAIN_CONTENT)), ErrorCode.MALFORMED_SIGNATURE);
        rejects(signed(SIGNED, PLAIN_CONTENT), ErrorCode.MALFORMED_SIGNATURE);
    }

    @Test
    void aSignatureThatIsNotFirstIsRefused() {
        byte[] late = join(ADD, custom("signature", PLAIN_CONTENT));
        rejects(late, ErrorCode.MALFORMED_SIGNATURE);
        byte[] paddedName = join(new byte[] {0}, sized(join(HEX.parseHex("8900"), name())));
        rejects(join(ADD, paddedName), ErrorCode.MALFORMED_SIGNATURE);
    }

    @Test
    void aSignatureWithTheOrderAddedIsRefused() {
        byte[] content = PLAIN_CONTENT.clone();
        byte[] s = reversed(Arrays.copyOfRange(content, content.length - 32, content.length));
        byte[] raised = new BigInteger(1, s).add(ORDER).toByteArray();
        byte[] last = new byte[32];
        System.arraycopy(raised, 0, last, 32 - raised.length, raised.length);
        System.arraycopy(reversed(last), 0, content, content.length - 32, 32);
        accepts(signed(content), 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void otherVersionsKindsAndHashesAreRefused(int at) {
        byte[] content = PLAIN_CONTENT.clone();
        content[at] = 2;
        rejects(signed(content), ErrorCode.MALFORMED_SIGNATURE);
    }

    @Test
    void anUnknownKindOfSignatureIsReadOverAndNeverCounts() {
        accepts(signed(content(HEX.parseHex("01" + HASH + "0143000240" + SIGNATURE_1))), 0);
        byte[] both = HEX.parseHex("01" + HASH + "0205000202aabb43000140" + SIGNATURE_1);
        accepts(signed(content(both)), 1);
    }

    @Test
    void countsBeyondTheirBoundsAreRefused() {
        byte[] set = sized(HEX.parseHex("01" + HASH + "0143000140" + SIGNATURE_1));
        byte[] sets = new byte[0];
        for (int i = 0; i < 65; i++) {
            sets = join(sets, set);
        }
        byte[] head = {1, 1, 1};
        rejects(signed(join(head, number(65), sets)), ErrorCode.MALFORMED_SIGNATURE);
        rejects(signed(join(head, number(0))), ErrorCode.MALFORMED_SIGNATURE);
        rejects(signed(join(head, number(2), set, set)), ErrorCode.MALFORMED_SIGNATURE);
        rejects(signed(HEX.parseHex("010101ffffffff0f")), ErrorCode.MALFORMED_SIGNATURE);
        rejects(signed(content(HEX.parseHex("00"))), ErrorCode.MALFORMED_SIGNATURE);
        rejects(signed(content(HEX.parseHex("01" + HASH + "00"))), ErrorCode.MALFORMED_SIGNATURE);
    }

    @Test
    void aDelimiterOfAnotherSizeIsRefused() {
        byte[] module = join(ADD, custom("signature_delimiter", new byte[15]));
        rejects(signed(module, PLAIN_CONTENT), ErrorCode.MALFORMED_MODULE);
    }

    @Test
    void sectionsOutOfOrderOrTwiceAreRefused() {
        byte[] types = Arrays.copyOfRange(ADD, 8, 17);
        rejects(join(SIGNED, types), ErrorCode.MALFORMED_MODULE);
        rejects(join(SIGNED, HEX.parseHex("0e00")), ErrorCode.MALFORMED_MODULE);
        byte[] manifest = custom("cordon.manifest", new byte[2]);
        rejects(join(ADD, manifest, manifest), ErrorCode.MALFORMED_MODULE);
    }

    @Test
    void manySignaturesOfUnknownKeysEndWithARefusal() {
        byte[] record = sized(HEX.parseHex("000140" + SIGNATURE_1.replace('c', 'd')));
        byte[] records = new byte[0];
        for (int i = 0; i < 256; i++) {
            records = join(records, record);
        }
        byte[] set = join(HEX.parseHex("01" + HASH), number(256), records);
        byte[] module = signed(content(set));
        List<dev.cordon.trust.key.PublisherKey> keys =
                java.util.stream.Stream.generate(
                                () ->
                                        dev.cordon.trust.key.SigningKey.generate(
                                                        dev.cordon.trust.key.KeyAlgorithm.ED25519)
                                                .publicKey())
                        .limit(5)
                        .toList();

        Rejection refused =
                catchThrowableOfType(
                        Rejection.class,
                        () -> EmbeddedVerifier.verify(ModuleSections.of(module), keys));
        assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_SIGNATURE);
    }

    @Test
    void everyChangedBitIsNoticed() {
        for (int at = 0; at < SIGNED.length * 8; at++) {
            byte[] changed = SIGNED.clone();
            changed[at / 8] ^= (byte) (1 << at % 8);
            try {
                assertThat(EmbeddedVerifier.verify(ModuleSections.of(changed), List.of(key(KEY_1))))
                        .as("bit " + at)
                        .isEmpty();
            } catch (Rejection expected) {
                assertThat(expected.detail()).isNotEmpty();
            }
        }
    }

    private static byte[] name() {
        return "signature".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static byte[] content(byte[] set) {
        return join(HEX.parseHex("01010101"), sized(set));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            out[i] = bytes[bytes.length - 1 - i];
        }
        return out;
    }

    private static void accepts(byte[] module, int signers) {
        assertThat(
                        EmbeddedVerifier.verify(
                                ModuleSections.of(module), List.of(key(KEY_1), key(KEY_2))))
                .hasSize(signers);
    }

    private static void rejects(byte[] module, ErrorCode code) {
        Rejection refused =
                catchThrowableOfType(
                        Rejection.class,
                        () ->
                                EmbeddedVerifier.verify(
                                        ModuleSections.of(module), List.of(key(KEY_1))));
        assertThat(refused).isNotNull();
        assertThat(refused.code()).as(refused.detail()).isEqualTo(code);
    }
}
