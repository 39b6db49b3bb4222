package dev.cordon.scan.rule;

import dev.cordon.scan.Evidence;
import dev.cordon.scan.ScanRule;
import dev.cordon.wasm.ExternKind;
import java.util.Arrays;

/** Finds segments that do not fit what their memory or table starts with. */
final class SegmentBounds implements CodeRule {
    private static final long PAGE = 65_536;
    private static final int MEMORY = -1;

    /** For each segment with a constant place: target, expression, first place, count. */
    private long[][] segments = new long[16][];

    private final byte[] module;
    private int size;

    SegmentBounds(byte[] module) {
        this.module = module;
    }

    @Override
    public void data(int expression, int offset, int bytes) {
        if (expression >= 0) {
            add(MEMORY, expression, bytes);
        }
    }

    @Override
    public void elements(int table, int expression, int count) {
        add(table, expression, count);
    }

    private void add(int target, int expression, int count) {
        long start = Numbers.constant(module, expression);
        if (start < 0) {
            return;
        }
        if (size == segments.length) {
            segments = Arrays.copyOf(segments, 2 * size);
        }
        segments[size++] = new long[] {target, expression, start, count};
    }

    @Override
    public void check(Subject subject, Findings findings) {
        long room = memory(subject);
        long importedTables = imported(subject, ExternKind.TABLE);
        for (int i = 0; i < size; i++) {
            int target = (int) segments[i][0];
            boolean data = target == MEMORY;
            if (!data && target < importedTables) {
                continue;
            }
            long most = data ? room : subject.outline().tables().get(target).size().minimum();
            long end = segments[i][2] + segments[i][3];
            if (most >= 0 && end > most) {
                findings.add(
                        ScanRule.SEGMENT_BOUNDS,
                        ScanRule.SEGMENT_BOUNDS.level(),
                        Evidence.bytes(segments[i][1], 1),
                        (data ? "data up to byte " : "elements up to ")
                                + end
                                + ", but "
                                + (data ? "the memory" : "table " + target)
                                + " starts with "
                                + most);
            }
        }
    }

    /** Bytes that the memory starts with, -1 if the module does not say. */
    private static long memory(Subject subject) {
        return imported(subject, ExternKind.MEMORY) > 0
                ? -1
                : subject.outline().memory().map(it -> it.minimum() * PAGE).orElse(-1L);
    }

    private static long imported(Subject subject, ExternKind kind) {
        return subject.outline().imports().stream().filter(it -> it.kind() == kind).count();
    }
}
