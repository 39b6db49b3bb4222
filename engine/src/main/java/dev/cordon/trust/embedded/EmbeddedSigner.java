package dev.cordon.trust.embedded;

import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.SigningKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Puts signatures and manifests into modules. */
public final class EmbeddedSigner {
    private static final int CUSTOM = 0;

    private EmbeddedSigner() {}

    /**
     * Signs a module. Signatures over the same module stay; those over another one are dropped.
     *
     * @param module the whole file
     * @param key an Ed25519 key
     * @return the signed module
     * @throws Rejection if the module cannot be read
     */
    public static byte[] sign(byte[] module, SigningKey key) {
        ModuleSections sections = ModuleSections.of(module);
        byte[] hashes = ModuleHashes.of(sections);
        byte[] raw = key.publicKey().ed25519().orElseThrow();
        byte[] keyId = KeyIds.of(raw);
        List<SignedHashes.KeySignature> signatures = new ArrayList<>(others(sections, keyId));
        byte[] signature = key.sign(ModuleHashes.message(hashes));
        signatures.add(new SignedHashes.KeySignature(keyId, signature));
        return withSignature(sections, content(hashes, signatures));
    }

    /**
     * Puts a manifest into a module, as its last section; an earlier one and all signatures go.
     *
     * @param module the whole file
     * @param manifest the document
     * @return the module with the manifest
     * @throws Rejection if the module cannot be read
     */
    public static byte[] withManifest(byte[] module, byte[] manifest) {
        ModuleSections sections = ModuleSections.of(module);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ModuleSections.HEADER);
        int from = sections.signedFrom();
        ModuleSections.Range old =
                sections.manifestSection()
                        .orElse(new ModuleSections.Range(module.length, module.length));
        out.write(module, from, old.start() - from);
        out.write(module, old.end(), module.length - old.end());
        section(out, ModuleSections.MANIFEST, manifest);
        return out.toByteArray();
    }

    private static List<SignedHashes.KeySignature> others(ModuleSections sections, byte[] keyId) {
        if (sections.signature().isEmpty()) {
            return List.of();
        }
        try {
            return EmbeddedVerifier.signedHashes(sections).signatures().stream()
                    .filter(it -> !Arrays.equals(it.keyId(), keyId))
                    .toList();
        } catch (Rejection useless) {
            return List.of(); // over another module, or unreadable: nobody loses anything
        }
    }

    private static byte[] content(byte[] hashes, List<SignedHashes.KeySignature> signatures) {
        ByteArrayOutputStream set = new ByteArrayOutputStream();
        u32(set, hashes.length / SignatureReader.HASH_BYTES);
        set.writeBytes(hashes);
        u32(set, signatures.size());
        for (SignedHashes.KeySignature signature : signatures) {
            ByteArrayOutputStream one = new ByteArrayOutputStream();
            sized(one, signature.keyId());
            one.write(SignatureReader.KNOWN);
            sized(one, signature.signature());
            sized(set, one.toByteArray());
        }
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) { // version, kind of content, hash function
            content.write(SignatureReader.KNOWN);
        }
        u32(content, 1);
        sized(content, set.toByteArray());
        return content.toByteArray();
    }

    private static byte[] withSignature(ModuleSections sections, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ModuleSections.HEADER);
        section(out, ModuleSections.SIGNATURE, content);
        int from = sections.signedFrom();
        out.write(sections.bytes(), from, sections.bytes().length - from);
        return out.toByteArray();
    }

    private static void section(ByteArrayOutputStream out, byte[] name, byte[] content) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        sized(body, name);
        body.writeBytes(content);
        out.write(CUSTOM);
        sized(out, body.toByteArray());
    }

    private static void sized(ByteArrayOutputStream out, byte[] bytes) {
        u32(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void u32(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
