package dev.cordon.guest;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.wasi.GuestListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
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
 * @param listeners bound sockets that the guest may accept connections on
 */
public record RunStreams(
        List<String> args,
        Map<String, String> environment,
        InputStream input,
        OutputStream output,
        OutputStream error,
        List<ServerSocketChannel> listeners) {
    /**
     * Checks what the guest is to be given.
     *
     * @param plugin the plugin's id, for messages
     * @return this
     * @throws UsageException if an argument, a variable or a socket cannot be passed
     */
    public RunStreams checked(String plugin) {
        WasiSession.check(plugin, args, environment);
        guestListeners(plugin);
        return this;
    }

    /**
     * The sockets as the shim takes them; they stay the caller's to close.
     *
     * @throws UsageException if one of them is closed or not bound
     */
    List<GuestListener> guestListeners(String plugin) {
        List<GuestListener> all = new ArrayList<>();
        for (ServerSocketChannel channel : listeners) {
            try {
                all.add(GuestListener.of(channel));
            } catch (IOException unusable) {
                throw new UsageException(
                        ErrorCode.USAGE,
                        plugin,
                        "cannot listen on `" + channel + "`: " + unusable.getMessage(),
                        "pass sockets that are open and bound",
                        unusable);
            }
        }
        return all;
    }
}
