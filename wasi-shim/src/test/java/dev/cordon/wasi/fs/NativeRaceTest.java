package dev.cordon.wasi.fs;

import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
@EnabledForJreRange(min = JRE.JAVA_22)
class NativeRaceTest extends HostRaceContract {
    @Override
    DirectoryHandle open(Path real) throws Exception {
        return NativeDirectoryTest.open(real);
    }
}
