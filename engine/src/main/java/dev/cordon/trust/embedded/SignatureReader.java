package dev.cordon.trust.embedded;

import dev.cordon.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/** Reads the content of a signature section, to the last byte of every record. */
final class SignatureReader {
    /** The only version, kind of content, hash function and kind of signature that there are. */
    static final int KNOWN = 1;

    static final int HASH_BYTES = 32;

    /** Most sets of hashes; bounds of the format, as are the next two. */
    static final int MAX_SETS = 64;

    /** Most parts of a module. */
    static final int MAX_HASHES = 64;

    /** Most signatures over one set. */
    static final int MAX_SIGNATURES = 256;

    private SignatureReader() {}

    /** Reads what is between two offsets. */
    static List<SignedHashes> read(byte[] bytes, int start, int end) {
        SectionCursor in = new SectionCursor(bytes, start, end, ErrorCode.MALFORMED_SIGNATURE);
        in.require(KNOWN, "version");
        in.require(KNOWN, "kind of content");
        in.require(KNOWN, "hash function");
        int count = in.count("sets of hashes", MAX_SETS);
        List<SignedHashes> sets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sets.add(set(in.part(in.length())));
        }
        in.requireEnd("last set of hashes");
        return sets;
    }

    private static SignedHashes set(SectionCursor in) {
        byte[] hashes = in.bytes(in.count("hashes", MAX_HASHES) * HASH_BYTES);
        int count = in.count("signatures", MAX_SIGNATURES);
        List<SignedHashes.KeySignature> signatures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            signature(in.part(in.length()), signatures);
        }
        in.requireEnd("last signature");
        return new SignedHashes(hashes, signatures);
    }

    /** Kinds that are not known are read over; they never count. */
    private static void signature(SectionCursor in, List<SignedHashes.KeySignature> signatures) {
        int idLength = in.length();
        if (idLength > SignedHashes.MAX_KEY_ID) {
            throw in.wrong("has a key id of " + idLength + " bytes");
        }
        byte[] keyId = in.bytes(idLength);
        int kind = in.u8();
        byte[] signature = in.bytes(in.length());
        in.requireEnd("signature");
        if (kind != KNOWN) {
            return;
        }
        if (signature.length != SignedHashes.SIGNATURE_BYTES) {
            throw in.wrong("has a signature of " + signature.length + " bytes");
        }
        signatures.add(new SignedHashes.KeySignature(keyId, signature));
    }
}
