package dev.cordon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The three streams that the command was given. Thread-safe. */
final class Console {
    private final InputStream in;
    private final OutputStream out;
    private final OutputStream err;
    private final PrintStream errText;
    private volatile Runnable whenBroken = () -> {};
    private volatile boolean broken;

    Console(InputStream in, OutputStream out, OutputStream err) {
        this.in = in;
        this.out = new StandardOutput(out);
        this.err = err;
        this.errText = new PrintStream(err, true, StandardCharsets.UTF_8);
    }

    /** Standard input. */
    InputStream in() {
        return in;
    }

    /** Standard output; throws {@link BrokenPipeException} once nobody reads it. */
    OutputStream out() {
        return out;
    }

    /** Standard error as bytes, for guests that write to it. */
    OutputStream err() {
        return err;
    }

    /** Writes text to standard output. */
    void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Writes a line to standard error, where a failure has nobody left to be told. */
    void error(String line) {
        errText.print(line + "\n");
        errText.flush();
    }

    /** Has something done once nobody reads stdout any more, so that a guest does not go on. */
    void whenBroken(Runnable action) {
        whenBroken = action;
    }

    /** Whether nobody reads stdout any more. */
    boolean broken() {
        return broken;
    }

    /** Tells a reader that went away from other failures. */
    private final class StandardOutput extends OutputStream {
        private final OutputStream target;

        StandardOutput(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                target.write(bytes, offset, length);
            } catch (IOException e) {
                throw explained(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                target.flush();
            } catch (IOException e) {
                throw explained(e);
            }
        }

        private IOException explained(IOException e) {
            if (!String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe")) {
                return e;
            }
            broken = true;
            whenBroken.run();
            return new BrokenPipeException(e);
        }
    }
}
