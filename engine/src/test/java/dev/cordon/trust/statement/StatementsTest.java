package dev.cordon.trust.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.embedded.Vectors;
import dev.cordon.trust.key.KeyAlgorithm;
import dev.cordon.trust.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatementsTest {
    private static final byte[] PAYLOAD = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ENVELOPE =
            SignedStatement.sign(PAYLOAD, SignedStatement.REVOCATIONS, List.of(Vectors.KEY_1));

    @ParameterizedTest
    @EnumSource
    void everyKindOfKeySignsStatements(KeyAlgorithm algorithm) {
        SigningKey key = SigningKey.generate(algorithm);
        byte[] envelope = SignedStatement.sign(PAYLOAD, SignedStatement.ROTATION, List.of(key));

        assertThat(
                        SignedStatement.read(envelope, SignedStatement.ROTATION)
                                .signedBy(Set.of(key.publicKey())))
                .isEqualTo(PAYLOAD);
    }

    @Test
    void aStatementOfOneKindIsNoneOfAnother() {
        assertThatThrownBy(() -> SignedStatement.read(ENVELOPE, SignedStatement.ROTATION))
                .isInstanceOf(Rejection.class);
        byte[] renamed =
                new String(ENVELOPE, StandardCharsets.UTF_8)
                        .replace("cordon.revocations", "cordon.rotation")
                        .getBytes(StandardCharsets.UTF_8);
        SignedStatement other = SignedStatement.read(renamed, SignedStatement.ROTATION);
        assertThatThrownBy(() -> other.signedBy(Set.of(Vectors.KEY_1.publicKey())))
                .isInstanceOf(Rejection.class);
    }

    @Property(tries = 500)
    void anyBytesAreRefused(@ForAll @Size(max = 200) byte[] json) {
        assertThatThrownBy(() -> SignedStatement.read(json, SignedStatement.REVOCATIONS))
                .isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> RevocationList.ofPayload(json)).isInstanceOf(Rejection.class);
        assertThatThrownBy(() -> KeyRotation.check(json)).isInstanceOf(Rejection.class);
    }

    @Property(tries = 500)
    void anyChangeIsNoticedOrHarmless(
            @ForAll @IntRange(min = 0, max = 2_000) int place, @ForAll byte change) {
        byte[] changed = ENVELOPE.clone();
        changed[place % changed.length] = change;
        try {
            byte[] payload =
                    SignedStatement.read(changed, SignedStatement.REVOCATIONS)
                            .signedBy(Set.of(Vectors.KEY_1.publicKey()));
            assertThat(payload).isEqualTo(PAYLOAD);
        } catch (Rejection refused) {
            assertThat(refused.detail()).hasSizeLessThan(300);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1.0.0, 1.0.0, 0",
        "1.0.0, 2.0.0, -1",
        "1.10.0, 1.9.0, 1",
        "1.0.0-rc.1, 1.0.0, -1",
        "1.0.0-rc.10, 1.0.0-rc.9, 1",
        "1.0.0-1, 1.0.0-a, -1",
        "1.0.0-a, 1.0.0-a.1, -1",
        "1.0.0+a, 1.0.0+b, 0",
        "999999999.0.0, 1000000000.0.0, -1"
    })
    void versionsAreOrdered(String left, String right, int order) {
        assertThat(Integer.signum(Versions.compare(left, right))).isEqualTo(order);
        assertThat(Integer.signum(Versions.compare(right, left))).isEqualTo(-order);
    }
}
