package dev.cordon.cli;

import dev.cordon.samples.SamplePlugins;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** One run of the command inside this JVM, with streams of its own. */
record CliRun(int status, String out, String err) {
    static CliRun of(String... args) {
        return withInput(new byte[0], args);
    }

    static CliRun withInput(byte[] input, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = new CordonCli(new ByteArrayInputStream(input), out, err).run(args);
        return new CliRun(status, text(out), text(err));
    }

    /** A sample's path, in a directory of the test. */
    static String sample(String name, Path directory) {
        return SamplePlugins.copyTo(name, directory).toString();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
