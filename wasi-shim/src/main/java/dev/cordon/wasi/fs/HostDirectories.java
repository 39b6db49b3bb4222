package dev.cordon.wasi.fs;

import java.io.IOException;
import java.nio.file.Path;

/** Opens directories of the host. */
public final class HostDirectories {
    private HostDirectories() {}

    /**
     * Opens a directory of the host, to be the root of a preopen.
     *
     * @param directory where it is; symbolic links are followed this once
     * @return a handle that the caller closes
     * @throws IOException when there is no such directory, or this platform cannot keep a guest in
     *     it
     */
    @SuppressWarnings("DoNotCallSuggester") // the body comes with the host directories
    public static DirectoryHandle open(Path directory) throws IOException {
        throw new IOException("host directories are not there yet: `" + directory + "`");
    }
}
