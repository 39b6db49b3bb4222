package dev.cordon.scan.rule;

import dev.cordon.scan.ScanRule;
import dev.cordon.wasm.CustomSection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Goes over a module's data once, byte by byte, and remembers what gives something away. */
final class DataScan {
    /** Data is judged in blocks of this many bytes. */
    static final int BLOCK = 4_096;

    /** Bits a byte above which a block looks packed. */
    private static final double PACKED_BITS = 7.5;

    private final Telltale[][] byFirst = new Telltale[256][];
    private final DataFacts facts = new DataFacts();

    private final int[] counts = new int[256];
    private int counted;
    private int blockStart;
    private int packedStart = -1;
    private int packedBytes;
    private double packedBits;

    private DataScan() {
        List<Telltale> all = new ArrayList<>(SecretTelltales.all());
        all.addAll(TextTelltales.all());
        all.addAll(FileTelltales.all());
        for (Telltale telltale : all) {
            int first = telltale.start()[0] & 0xff;
            Telltale[] others = byFirst[first] == null ? new Telltale[0] : byFirst[first];
            byFirst[first] = Arrays.copyOf(others, others.length + 1);
            byFirst[first][others.length] = telltale;
        }
    }

    static DataFacts of(byte[] module, DataSegments data, List<CustomSection> sections) {
        DataScan scan = new DataScan();
        for (int i = 0; i < data.count(); i++) {
            ByteRange range = data.range(module, i);
            scan.find(range, false);
            scan.measure(range);
        }
        scan.endOfPacked();
        for (CustomSection section : sections) {
            if (!isDebugging(section.name())) {
                int to = section.offset() + section.size();
                scan.find(new ByteRange(module, section.offset(), to), true);
            }
        }
        return scan.facts;
    }

    /** Names of functions and variables look like anything. */
    private static boolean isDebugging(String name) {
        return name.equals("name") || name.startsWith(".debug_") || name.startsWith("reloc.");
    }

    private void find(ByteRange range, boolean secretsOnly) {
        for (int at = range.from(); at < range.to(); at++) {
            Telltale[] candidates = byFirst[range.bytes()[at] & 0xff];
            if (candidates == null) {
                continue;
            }
            for (Telltale telltale : candidates) {
                if (secretsOnly && telltale.rule() != ScanRule.SECRET) {
                    continue;
                }
                int from = at + telltale.start().length;
                int end =
                        range.startsWith(telltale.start(), at)
                                ? telltale.tail().end(range, at, from)
                                : -1;
                if (end >= 0) {
                    facts.add(telltale, at, Math.min(end, range.to()) - at);
                }
            }
        }
    }

    /** Goes on where the segment before ended: cutting data up does not make it look innocent. */
    private void measure(ByteRange range) {
        for (int at = range.from(); at < range.to(); at++) {
            if (counted == 0) {
                blockStart = at;
            }
            counts[range.bytes()[at] & 0xff]++;
            if (++counted == BLOCK) {
                block();
            }
        }
    }

    private void block() {
        double bits = Entropy.bits(counts, counted);
        if (bits > PACKED_BITS) {
            packedStart = packedStart < 0 ? blockStart : packedStart;
            packedBytes += counted;
            packedBits = Math.max(packedBits, bits);
        } else {
            endOfPacked();
        }
        Arrays.fill(counts, 0);
        counted = 0;
    }

    private void endOfPacked() {
        if (packedStart >= 0) {
            facts.addPacked(packedStart, packedBytes, packedBits);
        }
        packedStart = -1;
        packedBytes = 0;
        packedBits = 0;
    }
}
