package dev.cordon.cli;

/**
 * Limits of the JDK's HTTP server, which it reads once, from system properties. What somebody set
 * with {@code CORDON_JAVA_OPTS} stays.
 */
final class HttpLimits {
    /** Longest time to send a request; whoever is slower loses the connection. */
    private static final int REQUEST_SECONDS = 30;

    /** Longest time from there to the end of the answer: the longest deadline and some. */
    private static final int ANSWER_SECONDS = 360;

    /**
     * Most bytes of a body that are read although they are of no use: whoever still sends when the
     * connection ends is told of that and not of the answer.
     */
    private static final int DRAINED_BYTES = 2 << 20;

    private static final int HEADERS = 64;
    private static final int HEADER_BYTES = 32 << 10;

    private HttpLimits() {}

    static void apply() {
        set("sun.net.httpserver.maxReqTime", REQUEST_SECONDS);
        set("sun.net.httpserver.maxRspTime", ANSWER_SECONDS);
        set("sun.net.httpserver.drainAmount", DRAINED_BYTES);
        set("sun.net.httpserver.maxReqHeaders", HEADERS);
        set("sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES);
        set("jdk.httpserver.maxConnections", HttpEndpoint.MAX_CONNECTIONS);
    }

    private static void set(String name, int value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, Integer.toString(value));
        }
    }
}
