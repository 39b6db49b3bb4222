package dev.cordon.guest;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * What a run of a WASI command gets from its caller.
 *
 * @param args arguments after the program's name
 * @param environment variables, passed on only with the grant {@code env}
 * @param input standard input, like the others passed on only with the grant {@code stdio}
 * @param output standard output
 * @param error standard error
 */
public record RunStreams(
        List<String> args,
        Map<String, String> environment,
        InputStream input,
        OutputStream output,
        OutputStream error) {
    /**
     * Checks what the guest is to be given.
     *
     * @param plugin the plugin's id, for messages
     * @return this
     * @throws dev.cordon.error.UsageException if an argument or a variable cannot be passed
     */
    public RunStreams checked(String plugin) {
        WasiSession.check(plugin, args, environment);
        return this;
    }
}
