package dev.cordon.trust.embedded;

import dev.cordon.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the sections of a module are that verification looks at, found in one walk whose time grows
 * with the module's bytes only.
 */
public final class ModuleSections {
    static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};
    static final byte[] SIGNATURE = ascii("signature");
    static final byte[] DELIMITER = ascii("signature_delimiter");
    static final byte[] MANIFEST = ascii("cordon.manifest");
    static final int DELIMITER_BYTES = 16;

    /** The place of each section id in a module; they must ascend. */
    private static final int[] ORDER = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6};

    private final byte[] bytes;
    private final List<Integer> partEnds = new ArrayList<>();
    private @Nullable Range signature;
    private @Nullable Range manifest;
    private @Nullable Range manifestSection;
    private int signatureEnd = HEADER.length;
    private int place;

    /**
     * Bytes of a module.
     *
     * @param start offset of the first
     * @param end offset after the last
     */
    public record Range(int start, int end) {}

    private ModuleSections(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Walks a module.
     *
     * @param bytes the whole file; kept, not copied
     * @return what was found
     * @throws dev.cordon.trust.crypto.Rejection if the sections are not as the format has them
     */
    public static ModuleSections of(byte[] bytes) {
        ModuleSections sections = new ModuleSections(bytes);
        sections.walk();
        return sections;
    }

    private void walk() {
        SectionCursor in = new SectionCursor(bytes, 0, bytes.length, ErrorCode.MALFORMED_MODULE);
        if (!in.startsWith(HEADER)) {
            throw in.wrong("has not the header of a WebAssembly module of version 1");
        }
        in.skip(HEADER.length);
        while (in.left() > 0) {
            section(in);
        }
        if (partEnds.isEmpty() || partEnds.get(partEnds.size() - 1) != bytes.length) {
            addPart(in, bytes.length);
        }
    }

    private void section(SectionCursor in) {
        int start = in.position();
        int id = in.u8();
        if (id >= ORDER.length) {
            throw in.wrong("has a section of the unknown kind " + id);
        }
        long size = in.u32();
        if (size > in.left()) {
            throw in.wrong("has a section that ends after the file");
        }
        SectionCursor body = in.part((int) size);
        if (id == 0) {
            custom(start, body);
            return;
        }
        if (ORDER[id] <= place) {
            throw in.wrong("has a section of the kind " + id + " that is out of place");
        }
        place = ORDER[id];
    }

    private void custom(int start, SectionCursor body) {
        int end = body.position() + body.left();
        long length = body.u32();
        if (length > body.left()) {
            throw body.wrong("has a section whose name ends after it");
        }
        SectionCursor name = body.part((int) length);
        if (is(name, SIGNATURE)) {
            signature(start, body, end);
        } else if (is(name, DELIMITER)) {
            if (body.left() != DELIMITER_BYTES) {
                throw body.wrong("has a delimiter of signed parts of the wrong size");
            }
            addPart(body, end);
        } else if (is(name, MANIFEST)) {
            if (manifest != null) {
                throw body.wrong("has two manifests");
            }
            manifest = new Range(body.position(), end);
            manifestSection = new Range(start, end);
        }
    }

    private void signature(int start, SectionCursor body, int end) {
        if (start != HEADER.length) {
            throw malformed(start, "is not the first section, or not the only one");
        }
        SectionCursor header =
                new SectionCursor(bytes, start + 1, end, ErrorCode.MALFORMED_SIGNATURE);
        header.shortestU32();
        header.shortestU32();
        signature = new Range(body.position(), end);
        signatureEnd = end;
    }

    private void addPart(SectionCursor in, int end) {
        if (partEnds.size() == SignatureReader.MAX_HASHES) {
            throw in.wrong("has more than " + SignatureReader.MAX_HASHES + " signed parts");
        }
        partEnds.add(end);
    }

    private static dev.cordon.trust.crypto.Rejection malformed(int at, String what) {
        return new SectionCursor(new byte[0], at, at, ErrorCode.MALFORMED_SIGNATURE).wrong(what);
    }

    private static boolean is(SectionCursor name, byte[] expected) {
        return name.left() == expected.length && name.startsWith(expected);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The content of the signature section.
     *
     * @return empty if there is none
     */
    public Optional<Range> signature() {
        return Optional.ofNullable(signature);
    }

    /**
     * The document in the manifest's section.
     *
     * @return empty if there is none
     */
    public Optional<Range> manifest() {
        return Optional.ofNullable(manifest);
    }

    /** The manifest's section with its header. */
    Optional<Range> manifestSection() {
        return Optional.ofNullable(manifestSection);
    }

    /** Where the bytes start that a signature inside the module is over. */
    int signedFrom() {
        return signatureEnd;
    }

    /** Where each signed part ends; the last one ends with the module. */
    List<Integer> partEnds() {
        return partEnds;
    }

    byte[] bytes() {
        return bytes;
    }
}
