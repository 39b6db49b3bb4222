package dev.cordon.examples.orders;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The server that the enriching plugin asks: a stand-in for a service of somebody else. */
final class Catalog implements AutoCloseable {
    private static final byte[] ANSWER =
            "{\"region\":\"north\",\"secret\":\"not asked for\"}".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;

    private Catalog(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts the server on a free port of this machine alone.
     *
     * @return to be closed by the caller
     * @throws IOException if there is none
     */
    static Catalog start() throws IOException {
        InetAddress here = InetAddress.getLoopbackAddress();
        HttpServer server = HttpServer.create(new InetSocketAddress(here, 0), 0);
        server.createContext("/stock", Catalog::answer);
        server.start();
        return new Catalog(server);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, ANSWER.length);
            exchange.getResponseBody().write(ANSWER);
        }
    }

    String host() {
        return "127.0.0.1";
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
