package dev.cordon.scan.rule;

import dev.cordon.wasm.ModuleVisitor;
import java.util.Arrays;

/** Where a module's data is, remembered while it is read. */
final class DataSegments implements ModuleVisitor {
    private int[] offsets = new int[16];
    private int[] sizes = new int[16];
    private int count;

    @Override
    public void data(int expression, int offset, int size) {
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
        }
        offsets[count] = offset;
        sizes[count++] = size;
    }

    int count() {
        return count;
    }

    ByteRange range(byte[] module, int index) {
        return new ByteRange(module, offsets[index], offsets[index] + sizes[index]);
    }
}
