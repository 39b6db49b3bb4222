package dev.cordon.http;

import dev.cordon.wasi.EgressConnection;
import dev.cordon.wasi.EgressSession;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** A connection to one origin that speaks HTTP/1.1. Belongs to one thread at a time. */
final class HttpConnection implements Closeable {
    /** Longest line of a response's head. */
    static final int MAX_LINE = 8 * 1024;

    /** Most header fields of a response. */
    static final int MAX_FIELDS = 100;

    private static final Http1Config BOUNDS =
            Http1Config.custom().setMaxLineLength(MAX_LINE).setMaxHeaderCount(MAX_FIELDS).build();
    private static final Timeout NO_TIME = Timeout.ofMilliseconds(1);

    private final HttpTarget origin;
    private final EgressConnection connection;
    private final EgressSocket socket;
    private final DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(BOUNDS);

    private HttpConnection(HttpTarget origin, EgressConnection connection) {
        this.origin = origin;
        this.connection = connection;
        this.socket = new EgressSocket(connection);
    }

    /**
     * Connects, and agrees on TLS where the target says so: with a certificate that the trust
     * accepts for the very host of the URL.
     */
    static HttpConnection open(HttpTarget target, EgressSession session, @Nullable SSLContext trust)
            throws IOException {
        EgressConnection plain = session.connect(target.secure(), target.host(), target.port());
        boolean done = false;
        try {
            HttpConnection connection = new HttpConnection(target, plain);
            connection.begin(trust);
            done = true;
            return connection;
        } finally {
            if (!done) {
                plain.close();
            }
        }
    }

    private void begin(@Nullable SSLContext trust) throws IOException {
        if (!origin.secure()) {
            http.bind(socket);
            return;
        }
        Socket layered = factory(trust).createSocket(socket, origin.host(), origin.port(), true);
        SSLSocket secure = (SSLSocket) layered;
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        http.bind(secure, socket);
    }

    /** The JVM's own trust is read when it is first needed: few plugins ever speak TLS. */
    private static SSLSocketFactory factory(@Nullable SSLContext trust) throws SSLException {
        try {
            return (trust == null ? SSLContext.getDefault() : trust).getSocketFactory();
        } catch (NoSuchAlgorithmException unusable) {
            throw new SSLException("the JVM has no trust of its own", unusable);
        }
    }

    DefaultBHttpClientConnection http() {
        return http;
    }

    boolean isTo(HttpTarget target) {
        return origin.hasOriginOf(target);
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    /** Whether it can be used again: nothing came that nobody asked for, not even its end. */
    boolean revive(EgressSession session) {
        connection.useIn(session);
        socket.probe(true);
        try {
            return connection.isOpen() && !http.isStale() && !http.isDataAvailable(NO_TIME);
        } catch (IOException gone) {
            return false;
        } finally {
            socket.probe(false);
        }
    }

    /** Nobody uses it from now on. */
    void rest() {
        connection.useIn(null);
    }

    /** Closes the connection under it; what is above holds nothing that would have to be closed. */
    @Override
    public void close() {
        connection.close();
    }
}
