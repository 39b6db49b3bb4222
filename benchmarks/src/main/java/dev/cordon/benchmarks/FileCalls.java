package dev.cordon.benchmarks;

import java.io.Closeable;
import java.io.IOException;

/** What {@link WasiBenchmark} does with files, whoever implements it. */
interface FileCalls extends Closeable {
    /** Bytes in a block. */
    int BLOCK = 64 << 10;

    /** Nobody: what stands there before a benchmark is prepared. */
    FileCalls NONE = new PlainFiles();

    /** Opens the file that {@link #readLarge} and {@link #writeLarge} are about. */
    void openLarge(String name) throws IOException;

    /** Reads blocks from the start, and tells how many bytes. */
    long readLarge(int blocks) throws IOException;

    /** Writes from the start, and tells how many bytes. */
    long writeLarge(int times, int bytes) throws IOException;

    void openAndClose(String path) throws IOException;

    /** Lists a directory, and tells how much there was. */
    long list(String path) throws IOException;
}
