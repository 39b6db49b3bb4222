package dev.cordon.wasi.fs;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Directories through the system's own functions, where the JVM can call them: not in this one. */
final class NativeDirectories {
    private NativeDirectories() {}

    /** Opens a root, or returns null when this JVM has to do without. */
    static @Nullable DirectoryHandle open(Path real) {
        return null;
    }
}
