package dev.cordon.wasi.net;

import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Map;

/** Error numbers for what goes wrong with sockets. */
final class SocketErrno {
    /** What systems say, in words of which each is enough; the JDK hands the words on. */
    private static final Map<String, Errno> WORDS =
            Map.ofEntries(
                    Map.entry("refused", Errno.CONNREFUSED),
                    Map.entry("reset", Errno.CONNRESET),
                    Map.entry("broken pipe", Errno.PIPE),
                    Map.entry("aborted", Errno.CONNABORTED),
                    Map.entry("timed out", Errno.TIMEDOUT),
                    Map.entry("network is unreachable", Errno.NETUNREACH),
                    Map.entry("network unreachable", Errno.NETUNREACH),
                    Map.entry("no route to host", Errno.HOSTUNREACH),
                    Map.entry("host is unreachable", Errno.HOSTUNREACH),
                    Map.entry("already in use", Errno.ADDRINUSE),
                    Map.entry("cannot assign", Errno.ADDRNOTAVAIL),
                    Map.entry("can't assign", Errno.ADDRNOTAVAIL),
                    Map.entry("permission denied", Errno.ACCES),
                    Map.entry("not permitted", Errno.ACCES),
                    Map.entry("too long", Errno.MSGSIZE),
                    Map.entry("too many open files", Errno.NFILE));

    private SocketErrno() {}

    /** Where the system speaks another language, the kind of exception is all there is. */
    private static Errno guess(IOException failure) {
        if (failure instanceof ConnectException) {
            return Errno.CONNREFUSED;
        }
        return failure instanceof BindException ? Errno.ADDRINUSE : Errno.IO;
    }

    static Errno of(IOException failure) {
        if (failure instanceof ClosedChannelException) {
            return Errno.BADF;
        }
        if (failure instanceof PortUnreachableException) {
            return Errno.CONNREFUSED;
        }
        if (failure instanceof NoRouteToHostException) {
            return Errno.HOSTUNREACH;
        }
        if (failure instanceof SocketTimeoutException) {
            return Errno.TIMEDOUT;
        }
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        for (Map.Entry<String, Errno> words : WORDS.entrySet()) {
            if (message.contains(words.getKey())) {
                return words.getValue();
            }
        }
        return guess(failure);
    }
}
