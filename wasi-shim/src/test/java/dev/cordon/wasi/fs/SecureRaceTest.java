package dev.cordon.wasi.fs;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(OS.WINDOWS)
class SecureRaceTest extends HostRaceContract {
    @Override
    DirectoryHandle open(Path real) throws Exception {
        return HostDirectories.secure(real);
    }
}
