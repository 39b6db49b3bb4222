package dev.cordon.cli;

import java.io.IOException;

/** Nobody reads our output any more; not an error, the work is just over. */
final class BrokenPipeException extends IOException {
    private static final long serialVersionUID = 1L;

    BrokenPipeException(IOException cause) {
        super("nobody reads the output any more", cause);
    }
}
