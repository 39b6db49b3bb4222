package dev.cordon.trust.embedded;

import static dev.cordon.trust.embedded.Vectors.ADD;
import static dev.cordon.trust.embedded.Vectors.KEY_1;
import static dev.cordon.trust.embedded.Vectors.key;
import static dev.cordon.trust.embedded.Vectors.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.trust.crypto.Rejection;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Any bytes give an answer or a refusal, and never an acceptance of what nobody signed. */
class EmbeddedFuzzTest {
    private static final byte[] SIGNED = EmbeddedSigner.sign(ADD, KEY_1);

    /** Where the key id is: behind the section's header, the hash and three lengths. */
    private static final int KEY_ID = 62;

    @Property(tries = 2_000)
    void anyContentOfTheSection(@ForAll @Size(max = 300) byte[] content) {
        assertThat(accepts(signed(content))).isFalse();
    }

    @Property(tries = 2_000)
    void contentThatStartsWell(@ForAll @Size(max = 300) byte[] rest) {
        assertThat(accepts(signed(Vectors.join(new byte[] {1, 1, 1}, rest)))).isFalse();
    }

    @Property(tries = 2_000)
    void anyModule(@ForAll @Size(max = 300) byte[] rest) {
        assertThat(accepts(Vectors.join(ModuleSections.HEADER, rest))).isFalse();
        assertThat(accepts(rest)).isFalse();
    }

    @Example
    void theKeyIdIsWhereItIsLookedFor() {
        byte[] id = Arrays.copyOfRange(SIGNED, KEY_ID, KEY_ID + 12);
        assertThat(Vectors.HEX.formatHex(id)).isEqualTo(Vectors.KEY_ID_1);
    }

    @Property(tries = 3_000)
    void aSignedModuleWithAChange(
            @ForAll @IntRange(min = 0, max = 170) int at,
            @ForAll @IntRange(min = 0, max = 20) int removed,
            @ForAll @Size(max = 20) byte[] inserted) {
        int from = Math.min(at, SIGNED.length);
        int to = Math.min(from + removed, SIGNED.length);
        byte[] changed =
                Vectors.join(
                        Arrays.copyOf(SIGNED, from),
                        inserted,
                        Arrays.copyOfRange(SIGNED, to, SIGNED.length));
        boolean same = Arrays.equals(changed, SIGNED);
        // The key id is not signed: it may be anything, and the signature still holds.
        boolean onlyTheKeyId = from >= KEY_ID && to <= KEY_ID + 12 && inserted.length == to - from;
        assertThat(accepts(changed) && !same && !onlyTheKeyId).isFalse();
    }

    private static boolean accepts(byte[] module) {
        try {
            return !EmbeddedVerifier.verify(ModuleSections.of(module), List.of(key(KEY_1)))
                    .isEmpty();
        } catch (Rejection refused) {
            assertThat(refused.detail()).isNotEmpty().hasSizeLessThan(300);
            return false;
        }
    }
}
