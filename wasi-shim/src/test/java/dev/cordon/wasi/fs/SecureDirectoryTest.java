package dev.cordon.wasi.fs;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class SecureDirectoryTest extends DirectoryHandleContract {
    @TempDir Path directory;

    @Override
    DirectoryHandle newRoot() throws Exception {
        return HostDirectories.secure(directory.toRealPath());
    }

    @Override
    boolean tellsEverything() {
        return false;
    }
}
