package dev.cordon.wasi.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
@EnabledForJreRange(min = JRE.JAVA_22)
class NativeDirectoryTest extends DirectoryHandleContract {
    @TempDir Path directory;

    /** What is opened by default here, which has to be what these tests are about. */
    static DirectoryHandle open(Path real) throws Exception {
        DirectoryHandle open = HostDirectories.open(real);
        assertThat(open).isNotInstanceOf(SecureDirectory.class);
        return open;
    }

    @Override
    DirectoryHandle newRoot() throws Exception {
        return open(directory);
    }

    @Override
    boolean tellsEverything() {
        return true;
    }
}
