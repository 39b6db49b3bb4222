package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Directories through the system's own functions: on Linux, where the JVM was told that this module
 * may call them. Without that it would print a warning, so then they are not called.
 */
final class NativeDirectories {
    private static final boolean USABLE =
            NativeDirectories.class.getModule().isNativeAccessEnabled()
                    && Platform.isKnown()
                    && LinuxOpening.work();

    private NativeDirectories() {}

    /** Opens a root, or returns null when this JVM has to do without. */
    static @Nullable DirectoryHandle open(Path real) throws IOException {
        if (!USABLE) {
            return null;
        }
        try {
            @Nullable String path = HostName.text(real);
            return path == null ? null : NativeDirectory.root(path);
        } catch (Refusal e) {
            throw new IOException("`" + real + "` cannot be opened: " + e.errno(), e);
        }
    }
}
