package dev.cordon.capability;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * One authority that a host gives a guest. Immutable.
 *
 * <p>Written {@code KIND} or {@code KIND=SCOPE}; {@link #parse(String)} reads what {@link #text()}
 * gives.
 */
public sealed interface Grant {
    /**
     * What it allows.
     *
     * @return the kind, without the scope
     */
    GrantKind kind();

    /**
     * Where it allows it.
     *
     * @return the part behind {@code =}; empty for kinds without a scope
     */
    String scope();

    /**
     * The grant as users write it.
     *
     * @return {@code KIND} or {@code KIND=SCOPE}
     */
    default String text() {
        return scope().isEmpty() ? kind().text() : kind().text() + "=" + scope();
    }

    /**
     * Reads a grant; looks at no file.
     *
     * @param text {@code KIND} or {@code KIND=SCOPE}
     * @return the grant
     * @throws dev.cordon.error.UsageException if it is none, saying which and why
     */
    static Grant parse(String text) {
        return new GrantParser(text).parse();
    }

    /**
     * An authority that is had or not.
     *
     * @param kind which one
     */
    record Plain(GrantKind kind) implements Grant {
        @Override
        public String scope() {
            return "";
        }
    }

    /**
     * A host directory under a guest name.
     *
     * @param kind {@code fs:read} or {@code fs:write}
     * @param host the host's directory
     * @param guest the path that the guest knows it by
     * @param scope as written
     */
    record Directory(GrantKind kind, Path host, String guest, String scope) implements Grant {}

    /**
     * Other machines to connect to.
     *
     * @param kind {@code net:outbound}
     * @param scheme {@code tcp}, {@code udp}, {@code http} or {@code https}
     * @param host a name, {@code *.suffix}, an address or a CIDR block, without brackets; for http
     *     and https {@code *} for every host
     * @param port the only port; empty for the scheme's own, with tcp and udp any, and for any
     *     where http or https is written with {@code :*}
     * @param scope as written
     */
    record Endpoint(GrantKind kind, String scheme, String host, OptionalInt port, String scope)
            implements Grant {
        private static final int HTTP_PORT = 80;
        private static final int HTTPS_PORT = 443;

        /**
         * Whether it is for requests over HTTP. These open no socket for the guest itself, and a
         * grant for sockets sends no request.
         *
         * @return false for tcp and udp
         */
        public boolean isForRequests() {
            return scheme.equals("http") || scheme.equals("https");
        }

        /**
         * The port that it opens.
         *
         * @return empty for every port
         */
        public OptionalInt onlyPort() {
            if (port.isPresent() || !isForRequests() || scope.endsWith(GrantParser.ANY_PORT)) {
                return port;
            }
            return OptionalInt.of(scheme.equals("http") ? HTTP_PORT : HTTPS_PORT);
        }
    }

    /**
     * A place to accept connections at.
     *
     * @param kind {@code net:inbound}
     * @param address an address of this machine, without brackets
     * @param port 0 to 65,535
     * @param scope as written
     */
    record Listener(GrantKind kind, String address, int port, String scope) implements Grant {}

    /**
     * A program to start.
     *
     * @param kind {@code sys:exec}
     * @param program its absolute path
     * @param scope as written
     */
    record Program(GrantKind kind, Path program, String scope) implements Grant {}

    /**
     * Names of commands, topics, keys or functions of the application.
     *
     * @param kind which family of names
     * @param scope dot-separated; {@code *} stands for one part, {@code **} at the end for the rest
     */
    record Names(GrantKind kind, String scope) implements Grant {}
}
