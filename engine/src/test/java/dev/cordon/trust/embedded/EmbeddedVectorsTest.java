package dev.cordon.trust.embedded;

import static dev.cordon.trust.embedded.Vectors.ADD;
import static dev.cordon.trust.embedded.Vectors.HASH;
import static dev.cordon.trust.embedded.Vectors.HEX;
import static dev.cordon.trust.embedded.Vectors.KEY_1;
import static dev.cordon.trust.embedded.Vectors.KEY_2;
import static dev.cordon.trust.embedded.Vectors.KEY_ID_1;
import static dev.cordon.trust.embedded.Vectors.KEY_ID_2;
import static dev.cordon.trust.embedded.Vectors.PLAIN_CONTENT;
import static dev.cordon.trust.embedded.Vectors.SIGNATURE_1;
import static dev.cordon.trust.embedded.Vectors.SIGNATURE_2;
import static dev.cordon.trust.embedded.Vectors.join;
import static dev.cordon.trust.embedded.Vectors.key;
import static dev.cordon.trust.embedded.Vectors.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.trust.key.PublisherKey;
import dev.cordon.wasm.ModuleReader;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What wasmsign2 0.2.6 wrote, byte for byte. */
class EmbeddedVectorsTest {
    private static final byte[] WITH_KEY_ID =
            HEX.parseHex("010101017201" + HASH + "014f0c" + KEY_ID_1 + "0140" + SIGNATURE_1);

    private static final byte[] TWO_SIGNERS =
            HEX.parseHex(
                    "01010101c20101"
                            + HASH
                            + "024f0c"
                            + KEY_ID_1
                            + "0140"
                            + SIGNATURE_1
                            + "4f0c"
                            + KEY_ID_2
                            + "0140"
                            + SIGNATURE_2);

    @Test
    void theSignedModuleHasTheKnownLayout() {
        assertThat(PLAIN_CONTENT).hasSize(107);
        assertThat(signed(PLAIN_CONTENT))
                .hasSize(160)
                .startsWith(HEX.parseHex("0061736d010000000075097369676e6174757265"));
    }

    @Test
    void signaturesWithAndWithoutKeyIdAreAccepted() {
        assertThat(verify(signed(PLAIN_CONTENT), key(KEY_1))).containsExactly(key(KEY_1));
        assertThat(verify(signed(WITH_KEY_ID), key(KEY_1))).containsExactly(key(KEY_1));
    }

    @Test
    void severalSignersAreTold() {
        byte[] module = signed(TWO_SIGNERS);

        assertThat(verify(module, key(KEY_1), key(KEY_2))).containsExactly(key(KEY_1), key(KEY_2));
        assertThat(verify(module, key(KEY_2))).containsExactly(key(KEY_2));
    }

    @Test
    void signingGivesTheBytesOfTheTool() {
        byte[] once = EmbeddedSigner.sign(ADD, KEY_1);
        byte[] twice = EmbeddedSigner.sign(once, KEY_2);

        assertThat(once).isEqualTo(signed(WITH_KEY_ID));
        assertThat(twice).isEqualTo(signed(TWO_SIGNERS));
        assertThat(EmbeddedSigner.sign(once, KEY_1)).isEqualTo(once);
    }

    @Test
    void aKeyThatDidNotSignIsNotTold() {
        assertThat(verify(signed(WITH_KEY_ID), key(KEY_2))).isEmpty();
    }

    @Test
    void partsAreHashedWithOneRunningState() {
        byte[] parts = join(ADD, Vectors.delimiter(), Vectors.custom("more", new byte[9]));
        byte[] module = EmbeddedSigner.sign(parts, KEY_1);
        ModuleSections sections = ModuleSections.of(module);

        assertThat(ModuleHashes.of(sections)).hasSize(64);
        assertThat(verify(module, key(KEY_1))).containsExactly(key(KEY_1));
    }

    @Test
    void aDelimiterAtTheEndStartsNoFurtherPart() {
        byte[] module = EmbeddedSigner.sign(join(ADD, Vectors.delimiter()), KEY_1);

        assertThat(ModuleHashes.of(ModuleSections.of(module))).hasSize(32);
        assertThat(verify(module, key(KEY_1))).containsExactly(key(KEY_1));
    }

    @Test
    void aModuleWithoutSectionsCanBeSigned() {
        byte[] module = EmbeddedSigner.sign(ModuleSections.HEADER, KEY_1);

        assertThat(verify(module, key(KEY_1))).containsExactly(key(KEY_1));
    }

    @Test
    void paddedSizesOutsideTheSignatureAreHashedAsTheyAre() {
        byte[] padded = ADD.clone();
        byte[] module =
                join(
                        java.util.Arrays.copyOf(padded, 9),
                        HEX.parseHex("8780808000"),
                        java.util.Arrays.copyOfRange(padded, 10, padded.length));
        byte[] signedModule = EmbeddedSigner.sign(module, KEY_1);

        assertThat(verify(signedModule, key(KEY_1))).containsExactly(key(KEY_1));
        ModuleReader.read("padded", signedModule);
    }

    @Test
    void theManifestIsFoundReplacedAndSigned() {
        byte[] first = EmbeddedSigner.withManifest(ADD, "{\"a\":1}".getBytes());
        byte[] second =
                EmbeddedSigner.withManifest(
                        EmbeddedSigner.sign(first, KEY_1), "{\"b\":2}".getBytes());
        ModuleSections sections = ModuleSections.of(second);
        ModuleSections.Range range = sections.manifest().orElseThrow();

        assertThat(new String(second, range.start(), range.end() - range.start()))
                .isEqualTo("{\"b\":2}");
        assertThat(sections.signature()).isEmpty();
        assertThat(second).hasSameSizeAs(first);
    }

    private static Set<PublisherKey> verify(byte[] module, PublisherKey... keys) {
        return EmbeddedVerifier.verify(ModuleSections.of(module), List.of(keys));
    }
}
