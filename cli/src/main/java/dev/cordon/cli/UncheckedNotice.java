package dev.cordon.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Says once that signatures of local files are not required, not at every run. */
final class UncheckedNotice {
    static final String TEXT =
            "note: signatures of local files are not checked; `--require-signature` and `--config`"
                    + " ask for them (this is said once)";

    private static final String MARK = "unchecked-notice-shown";

    private UncheckedNotice() {}

    /** Whether it has not been said yet; where nothing is kept on disk, it is not said. */
    static boolean isDue(Optional<Path> cache) {
        if (cache.isEmpty()) {
            return false;
        }
        try {
            Files.createFile(cache.get().resolve(MARK));
            return true;
        } catch (FileAlreadyExistsException said) {
            return false;
        } catch (IOException unwritable) {
            return false;
        }
    }
}
