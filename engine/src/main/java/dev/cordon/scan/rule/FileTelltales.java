package dev.cordon.scan.rule;

import dev.cordon.scan.Level;
import dev.cordon.scan.ScanRule;
import java.util.HexFormat;
import java.util.List;

/** What programs and archives start with, and tables of hash functions. */
final class FileTelltales {
    private static final int MAX_NAME = 512;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int LAST_SECTION = 13;
    private static final int MAX_PE_HEADER = 4_096;

    private FileTelltales() {}

    static List<Telltale> all() {
        return List.of(
                file("zip archive", "PK\3\4", FileTelltales::zip),
                file("native program (ELF)", "\177ELF", FileTelltales::elf),
                file("Windows program", "MZ", FileTelltales::windows),
                file("WebAssembly module", "\0asm\1\0\0\0", FileTelltales::module),
                table("SHA-256", "982f8a4291443771"),
                table("SHA-512", "22ae28d7982f8a42"),
                table("Keccak", "82800000000000008a80000000000080"),
                table("SHA-256 or BLAKE", "67e6096a85ae67bb"),
                table("SHA-512 or BLAKE2", "08c9bcf367e6096a"),
                table("AES", "637c777bf26b6fc5"));
    }

    private static Telltale file(String what, String start, Telltale.Tail tail) {
        return Telltale.of(ScanRule.PACKED_DATA, Level.MEDIUM, what, start, tail);
    }

    private static Telltale table(String family, String hex) {
        byte[] start = HexFormat.of().parseHex(hex);
        return new Telltale(ScanRule.HASH_KERNEL, Level.LOW, family, start, Telltale.ANYTHING);
    }

    /** A local header with a way of packing that exists and a name that fits. */
    private static int zip(ByteRange range, int start, int from) {
        int method = range.at(start + 8) | range.at(start + 9) << 8;
        int name = range.at(start + 26) | range.at(start + 27) << 8;
        boolean fits =
                (method == STORED || method == DEFLATED)
                        && name > 0
                        && name <= MAX_NAME
                        && start + 30 + name <= range.to()
                        && range.at(start + 30) >= ' ';
        return fits ? start + 30 + name : -1;
    }

    private static int elf(ByteRange range, int start, int from) {
        boolean width = range.at(from) == 1 || range.at(from) == 2;
        boolean order = range.at(from + 1) == 1 || range.at(from + 1) == 2;
        return width && order && range.at(from + 2) == 1 ? from + 12 : -1;
    }

    private static int windows(ByteRange range, int start, int from) {
        long header = range.word(start + 0x3c);
        boolean fits =
                header >= 0x40
                        && header <= MAX_PE_HEADER
                        && range.word(start + (int) header) == 0x00004550;
        return fits ? start + (int) header + 4 : -1;
    }

    /** A first section that exists and fits; programs that read modules hold the magic alone. */
    private static int module(ByteRange range, int start, int from) {
        int id = range.at(from);
        long size = 0;
        int content = from + 1;
        for (int shift = 0; shift < 35; shift += 7) {
            int part = range.at(content++);
            size |= (long) (part & 0x7f) << shift;
            if (part < 0x80) {
                break;
            }
        }
        boolean fits = id <= LAST_SECTION && size > 1 && content + size <= range.to();
        return fits ? content + (int) size : -1;
    }
}
