package dev.cordon.runtime;

import java.util.Arrays;

/**
 * The state of an instance at one moment, to go back to.
 *
 * <p>Memory is kept in blocks, and a block that is all zeros costs nothing. Going back compares
 * block by block and copies only what differs: reading is several times as fast as writing, and
 * marking blocks while the guest runs would slow every one of its stores.
 */
final class GuestImage {
    private static final int BLOCK = 4096;
    private static final byte[] ZEROS = new byte[BLOCK];

    private final byte[][] blocks;
    private final long[] globals;
    private final int[][] tables;
    private final boolean[] droppedData;
    private final boolean[] droppedElements;
    private final int tableElements;

    private GuestImage(GuestState s) {
        this.blocks = new byte[s.limit / BLOCK][];
        for (int i = 0; i < blocks.length; i++) {
            int at = i * BLOCK;
            boolean zero = Arrays.equals(s.memory, at, at + BLOCK, ZEROS, 0, BLOCK);
            blocks[i] = zero ? ZEROS : Arrays.copyOfRange(s.memory, at, at + BLOCK);
        }
        this.globals = s.globals.clone();
        this.tables = new int[s.tables.length][];
        for (int i = 0; i < tables.length; i++) {
            tables[i] = s.tables[i].image();
        }
        this.droppedData = s.droppedData();
        this.droppedElements = s.droppedElements();
        this.tableElements = s.tableElements;
    }

    static GuestImage of(GuestState state) {
        return new GuestImage(state);
    }

    void restore(GuestState s) {
        restoreMemory(s);
        System.arraycopy(globals, 0, s.globals, 0, globals.length);
        for (int i = 0; i < tables.length; i++) {
            s.tables[i].restore(tables[i]);
        }
        s.tableElements = tableElements;
        s.resetSegments(droppedData, droppedElements);
    }

    private void restoreMemory(GuestState s) {
        int bytes = blocks.length * BLOCK;
        if (s.limit > bytes && s.memory.length > 2L * bytes) {
            s.memory = new byte[bytes]; // gives a grown memory back
        } else if (s.limit > bytes) {
            Arrays.fill(s.memory, bytes, s.limit, (byte) 0);
        }
        s.limit = bytes;
        byte[] memory = s.memory;
        for (int i = 0; i < blocks.length; i++) {
            int at = i * BLOCK;
            byte[] block = blocks[i];
            if (Arrays.mismatch(memory, at, at + BLOCK, block, 0, BLOCK) >= 0) {
                System.arraycopy(block, 0, memory, at, BLOCK);
            }
        }
    }
}
