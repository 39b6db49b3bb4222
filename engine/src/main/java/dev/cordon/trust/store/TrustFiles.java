package dev.cordon.trust.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads files that an administrator names, within bounds. */
public final class TrustFiles {
    private static final int MAX_FILES = 1_000;

    private TrustFiles() {}

    /**
     * Reads a file.
     *
     * @param file which one
     * @param most bytes that it may have
     * @return its bytes
     * @throws IOException if it cannot be read or is larger
     */
    public static byte[] read(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException("`" + file + "` is larger than " + most + " bytes");
            }
            return bytes;
        }
    }

    /**
     * Reads the regular files of a folder whose names fit a pattern.
     *
     * @param folder which one
     * @param names for example {@code *.crl}
     * @param most bytes that each may have
     * @return their bytes in the order of their names
     * @throws IOException if one cannot be read, is larger, or there are too many
     */
    public static List<byte[]> readAll(Path folder, String names, int most) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, names)) {
            for (Path entry : entries) {
                if (files.size() == MAX_FILES) {
                    throw new IOException("`" + folder + "` has more than " + MAX_FILES + " files");
                }
                files.add(entry);
            }
        }
        files.sort(null);
        List<byte[]> contents = new ArrayList<>();
        for (Path file : files) {
            if (Files.isRegularFile(file)) {
                contents.add(read(file, most));
            }
        }
        return contents;
    }
}
