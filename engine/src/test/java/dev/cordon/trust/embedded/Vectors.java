package dev.cordon.trust.embedded;

import dev.cordon.trust.key.PublisherKey;
import dev.cordon.trust.key.SigningKey;
import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Optional;

/** Modules, keys and signatures that wasmsign2 0.2.6 made, and pieces to build others of. */
public final class Vectors {
    static final HexFormat HEX = HexFormat.of();

    /** Keys of tests 1 and 2 of RFC 8032, section 7.1. */
    public static final SigningKey KEY_1 =
            wasmsignKey("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");

    public static final SigningKey KEY_2 =
            wasmsignKey("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

    public static final byte[] ADD =
            HEX.parseHex(
                    "0061736d0100000001070160027f7f017f0302010007070103616464"
                            + "00000a09010700200020016a0b");

    static final String HASH = "21e47953666b0e01b8b768800c6951d4b8eab94388266b06efa8ba803afc4264";

    static final String SIGNATURE_1 =
            "c36c10e6d47a9ade7dad00b2347f2c5d28b50bce43b53da943b70f02ef9a919d"
                    + "1744ad9681e885e64494cb38a2f088ecd4ebbb64f29fedc04807c25361b78508";

    static final String SIGNATURE_2 =
            "ef9bbeff147434bb6d06d035c68f3f1fdcd3c6677678de33e6c2e4e4b07f3fe1"
                    + "cff7ae8330bd16cc3c3a156995f1ff1c276f548c86ac38935e268b5e0f0b320a";

    static final String KEY_ID_1 = "58fb94a6933f01b8b7707a8b";
    static final String KEY_ID_2 = "8e32fa7b09c26bb314fca278";

    /** The content of the section without a key id. */
    static final byte[] PLAIN_CONTENT =
            HEX.parseHex("010101016601" + HASH + "0143000140" + SIGNATURE_1);

    private Vectors() {}

    static PublisherKey key(SigningKey key) {
        return key.publicKey();
    }

    private static SigningKey wasmsignKey(String seed) {
        byte[] file = HEX.parseHex("81" + seed + "00".repeat(32));
        return SigningKey.read(file, Optional::empty, "test");
    }

    /** The module with a signature section of this content in front. */
    static byte[] signed(byte[] content) {
        return signed(ADD, content);
    }

    static byte[] signed(byte[] module, byte[] content) {
        return join(
                java.util.Arrays.copyOf(module, 8),
                custom("signature", content),
                java.util.Arrays.copyOfRange(module, 8, module.length));
    }

    /** A custom section, its numbers in the shortest encoding. */
    static byte[] custom(String name, byte[] content) {
        byte[] body = join(sized(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)), content);
        return join(new byte[] {0}, sized(body));
    }

    static byte[] delimiter() {
        return custom("signature_delimiter", new byte[16]);
    }

    static byte[] sized(byte[] bytes) {
        return join(number(bytes.length), bytes);
    }

    static byte[] number(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        for (; rest >= 0x80; rest >>>= 7) {
            out.write(rest & 0x7f | 0x80);
        }
        out.write(rest);
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
