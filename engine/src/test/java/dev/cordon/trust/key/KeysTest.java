package dev.cordon.trust.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.crypto.Rejection;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @EnumSource
    void aKeySurvivesItsFileAndSigns(KeyAlgorithm algorithm) {
        SigningKey key = SigningKey.generate(algorithm);
        SigningKey plain = SigningKey.read(bytes(key.toPem()), Optional::empty, "k");
        PublisherKey known = PublisherKey.read(bytes(key.publicPem()), "k.pub");

        assertThat(plain.publicKey()).isEqualTo(key.publicKey()).isEqualTo(known);
        assertThat(known.algorithm()).isEqualTo(algorithm);
        assertThat(known.verifies(MESSAGE, plain.sign(MESSAGE))).isTrue();
        assertThat(known.verifies("massage".getBytes(), plain.sign(MESSAGE))).isFalse();
        assertThat(known.verifies(MESSAGE, new byte[70])).isFalse();
    }

    @Test
    void anEncryptedKeyOpensWithItsPassphraseOnly() {
        SigningKey key = SigningKey.generate(KeyAlgorithm.ED25519);
        byte[] file = bytes(key.toEncryptedPem("correct".toCharArray()));

        assertThat(new String(file, StandardCharsets.UTF_8))
                .startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
        assertThat(SigningKey.read(file, () -> Optional.of("correct".toCharArray()), "k"))
                .extracting(SigningKey::publicKey)
                .isEqualTo(key.publicKey());
        assertThatThrownBy(() -> SigningKey.read(file, () -> Optional.of("no".toCharArray()), "k"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("passphrase does not open it");
        assertThatThrownBy(() -> SigningKey.read(file, Optional::empty, "k"))
                .hasMessageContaining("no passphrase given");
    }

    @Test
    void theTextOfAKeyHidesItsSecret() {
        SigningKey key = SigningKey.generate(KeyAlgorithm.ED25519);
        assertThat(key.toString()).isEqualTo("private key of ed25519:" + key.publicKey().id());
    }

    /** Three of these are taken by the JDK's own Ed25519 together with signatures of anybody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
            })
    void keysOfSmallOrderAreRefused(String raw) {
        UsageException refused =
                catchThrowableOfType(
                        UsageException.class,
                        () -> PublisherKey.ofEd25519(HexFormat.of().parseHex(raw)));
        assertThat(refused.code()).isEqualTo(ErrorCode.USAGE);
        assertThat(((Rejection) refused.getCause()).code()).isEqualTo(ErrorCode.WEAK_KEY);
    }

    @Test
    void shortRsaKeysAreRefused() throws Exception {
        assertThat(codeOf(rsa(1024, 65_537), 3_072)).isEqualTo(ErrorCode.WEAK_KEY);
        assertThat(codeOf(rsa(2048, 65_537), 3_072)).isEqualTo(ErrorCode.WEAK_KEY);
        assertThat(codeOf(rsa(2048, 3), 2_048)).isEqualTo(ErrorCode.WEAK_KEY);
        assertThat(PublisherKey.ofSpki(rsa(2048, 65_537), 2_048).algorithm())
                .isEqualTo(KeyAlgorithm.RSA);
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp192r1", "secp224r1", "secp256k1", "brainpoolP256r1"})
    void otherCurvesAreRefused(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", BouncyCastle.PROVIDER);
        generator.initialize(new ECGenParameterSpec(curve));
        byte[] spki = generator.generateKeyPair().getPublic().getEncoded();
        assertThat(codeOf(spki, 3_072)).isEqualTo(ErrorCode.WEAK_KEY);
    }

    @Test
    void otherKindsOfKeyAreRefused() throws Exception {
        byte[] exchange =
                KeyPairGenerator.getInstance("X25519", BouncyCastle.PROVIDER)
                        .generateKeyPair()
                        .getPublic()
                        .getEncoded();
        assertThat(codeOf(exchange, 3_072)).isEqualTo(ErrorCode.ALGORITHM_NOT_ALLOWED);
    }

    @Test
    void publicKeysOfOtherToolsAreRead() {
        SigningKey key = SigningKey.generate(KeyAlgorithm.ED25519);
        byte[] raw = key.publicKey().ed25519().orElseThrow();
        byte[] wasmsign = new byte[33];
        wasmsign[0] = 1;
        System.arraycopy(raw, 0, wasmsign, 1, 32);
        byte[] minisign = new byte[42];
        minisign[0] = 'E';
        minisign[1] = 'd';
        System.arraycopy(raw, 0, minisign, 10, 32);
        String file =
                "untrusted comment: minisign public key\n"
                        + java.util.Base64.getEncoder().encodeToString(minisign)
                        + "\n";

        assertThat(PublisherKey.read(wasmsign, "k")).isEqualTo(key.publicKey());
        assertThat(PublisherKey.read(bytes(file), "k")).isEqualTo(key.publicKey());
        assertThat(PublisherKey.read(key.publicKey().spki(), "k")).isEqualTo(key.publicKey());
        String line = key.publicPem().lines().skip(1).findFirst().orElseThrow();
        assertThat(PublisherKey.read(bytes(line), "k")).isEqualTo(key.publicKey());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "-----BEGIN PUBLIC KEY-----\n", "0", "\u0001", "RWQ="})
    void filesThatHoldNoKeyAreRefused(String text) {
        assertThatThrownBy(() -> PublisherKey.read(bytes(text), "k"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("`k` holds no key that can be used");
        assertThatThrownBy(() -> SigningKey.read(bytes(text), Optional::empty, "k"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("`k` holds no private key that can be used");
    }

    private static byte[] rsa(int bits, int exponent) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", BouncyCastle.PROVIDER);
        generator.initialize(new RSAKeyGenParameterSpec(bits, BigInteger.valueOf(exponent)));
        return generator.generateKeyPair().getPublic().getEncoded();
    }

    private static ErrorCode codeOf(byte[] spki, int minRsaBits) {
        UsageException refused =
                catchThrowableOfType(
                        UsageException.class, () -> PublisherKey.ofSpki(spki, minRsaBits));
        assertThat(refused.what()).contains("holds no key that can be used: ");
        return ((Rejection) refused.getCause()).code();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
