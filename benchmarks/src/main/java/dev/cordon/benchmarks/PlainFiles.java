package dev.cordon.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Files by {@code java.nio}, without any check. */
final class PlainFiles implements FileCalls {
    private final Path directory;
    private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
    private @Nullable FileChannel large;

    PlainFiles() {
        this(Path.of(""));
    }

    PlainFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public void openLarge(String name) throws IOException {
        large =
                FileChannel.open(
                        directory.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public long readLarge(int blocks) throws IOException {
        FileChannel file = rewound();
        long total = 0;
        for (int i = 0; i < blocks; i++) {
            block.clear();
            total += file.read(block);
        }
        return total;
    }

    @Override
    public long writeLarge(int times, int bytes) throws IOException {
        FileChannel file = rewound();
        long total = 0;
        for (int i = 0; i < times; i++) {
            block.clear().limit(bytes);
            total += file.write(block);
        }
        return total;
    }

    private FileChannel rewound() throws IOException {
        FileChannel file = large;
        if (file == null) {
            throw new IllegalStateException("the large file is not open");
        }
        return file.position(0);
    }

    @Override
    public void openAndClose(String path) throws IOException {
        FileChannel.open(directory.resolve(path), StandardOpenOption.READ, StandardOpenOption.WRITE)
                .close();
    }

    @Override
    public long list(String path) throws IOException {
        long total = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.resolve(path))) {
            for (Path entry : entries) {
                total += entry.getFileName().toString().length();
            }
        }
        return total;
    }

    @Override
    public void close() throws IOException {
        if (large != null) {
            large.close();
        }
    }
}
