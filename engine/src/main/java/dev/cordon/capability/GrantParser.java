package dev.cordon.capability;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one grant. */
final class GrantParser {
    /** Longest grant accepted: paths and names are far shorter. */
    private static final int MAX_LENGTH = 4_096;

    /** How an http or https grant for every port ends. */
    static final String ANY_PORT = ":*";

    private static final String ANY_HOST = "*";
    private static final Set<String> SCHEMES = Set.of("tcp", "udp", "http", "https");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Pattern LABELS =
            Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]*)(\\.[A-Za-z0-9_]([A-Za-z0-9_-]*))*\\.?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern NAME_PART = Pattern.compile("[A-Za-z0-9_-]+|\\*");

    private final String text;

    GrantParser(String text) {
        this.text = text;
    }

    Grant parse() {
        if (text.length() > MAX_LENGTH) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "grant",
                    "a grant of " + text.length() + " characters is too long",
                    "write at most " + MAX_LENGTH + " characters");
        }
        if (CONTROL.matcher(text).find()) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "grant",
                    "a grant contains a control character",
                    "write grants in one line of plain text");
        }
        int equals = text.indexOf('=');
        String name = equals < 0 ? text : text.substring(0, equals);
        GrantKind kind =
                GrantKind.of(name)
                        .orElseThrow(
                                () ->
                                        bad(
                                                "there is no grant of kind `" + name + "`",
                                                "the kinds are " + GrantKind.names()));
        if (kind.scope() == GrantKind.Scope.NONE) {
            if (equals >= 0) {
                throw bad("`" + name + "` takes no scope", "write `" + name + "` without `=`");
            }
            return new Grant.Plain(kind);
        }
        if (equals < 0 || equals == text.length() - 1) {
            throw bad("`" + name + "` needs a scope", "write `" + example(kind) + "`");
        }
        return scoped(kind, text.substring(equals + 1));
    }

    private Grant scoped(GrantKind kind, String scope) {
        switch (kind.scope()) {
            case DIRECTORY:
                return directory(kind, scope);
            case ENDPOINT:
                return endpoint(kind, scope);
            case LISTENER:
                return listener(kind, scope);
            case PROGRAM:
                return program(kind, scope);
            default:
                return names(kind, scope);
        }
    }

    private Grant directory(GrantKind kind, String scope) {
        int split = scope.indexOf("::");
        String host = split < 0 ? scope : scope.substring(0, split);
        String guest = split < 0 ? scope : scope.substring(split + 2);
        if (host.isEmpty()) {
            throw bad("it names no host directory", "write `" + example(kind) + "`");
        }
        if (guest.isEmpty()) {
            throw bad("it names no guest directory", "write `" + example(kind) + "`");
        }
        return new Grant.Directory(kind, path(host), guest, scope);
    }

    private Grant endpoint(GrantKind kind, String scope) {
        int split = scope.indexOf("://");
        if (split < 0) {
            throw bad("it has no scheme", "write `" + example(kind) + "`");
        }
        String scheme = scope.substring(0, split);
        if (!SCHEMES.contains(scheme)) {
            throw bad(
                    "`" + scheme + "` is not a scheme", "the schemes are http, https, tcp and udp");
        }
        boolean request = scheme.startsWith("http");
        String place = scope.substring(split + 3);
        boolean anyPort = request && place.endsWith(ANY_PORT);
        HostAndPort target =
                hostAndPort(
                        anyPort ? place.substring(0, place.length() - ANY_PORT.length()) : place,
                        kind);
        if (anyPort && target.port().isPresent()) {
            throw bad("it has two ports", "write `" + example(kind) + "`");
        }
        if (!request || !target.host().equals(ANY_HOST)) {
            checkHost(target.host(), kind);
        }
        return new Grant.Endpoint(kind, scheme, target.host(), target.port(), scope);
    }

    private Grant listener(GrantKind kind, String scope) {
        if (!scope.startsWith("tcp://")) {
            throw bad("it does not start with `tcp://`", "write `" + example(kind) + "`");
        }
        HostAndPort target = hostAndPort(scope.substring(6), kind);
        if (target.port().isEmpty()) {
            throw bad("it names no port", "write `" + example(kind) + "`");
        }
        if (target.host().contains("*") || target.host().contains("/")) {
            throw bad("it does not name one address", "write `" + example(kind) + "`");
        }
        checkHost(target.host(), kind);
        return new Grant.Listener(kind, target.host(), target.port().getAsInt(), scope);
    }

    private Grant program(GrantKind kind, String scope) {
        Path program = path(scope);
        if (!program.isAbsolute()) {
            throw bad("the program's path is not absolute", "write `" + example(kind) + "`");
        }
        if (!program.equals(program.normalize()) || program.getNameCount() == 0) {
            throw bad("the program's path has `.` or `..` in it", "write where it really is");
        }
        return new Grant.Program(kind, program, scope);
    }

    private Grant names(GrantKind kind, String scope) {
        String[] parts = scope.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            if (parts[i].equals("**") && i != parts.length - 1) {
                throw bad("`**` stands before the end", "use `*` for one part in the middle");
            }
            if (!parts[i].equals("**") && !NAME_PART.matcher(parts[i]).matches()) {
                throw bad(
                        "`" + scope + "` is not a dot-separated name",
                        "use letters, digits, `_` and `-`, with `*` for a whole part");
            }
        }
        return new Grant.Names(kind, scope);
    }

    private Path path(String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException unusable) {
            throw bad("`" + path + "` is not a path", "write a path of this system");
        }
    }

    private record HostAndPort(String host, OptionalInt port) {}

    private HostAndPort hostAndPort(String text, GrantKind kind) {
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            if (end < 0) {
                throw bad("`[` is not closed", "write an IPv6 address like `[::1]:8080`");
            }
            String rest = text.substring(end + 1);
            if (rest.startsWith("/")) {
                int colon = rest.indexOf(':');
                String block = colon < 0 ? rest : rest.substring(0, colon);
                String after = colon < 0 ? "" : rest.substring(colon);
                return new HostAndPort(text.substring(1, end) + block, port(after, kind));
            }
            return new HostAndPort(text.substring(1, end), port(rest, kind));
        }
        int colon = text.indexOf(':');
        if (colon >= 0 && text.indexOf(':', colon + 1) >= 0) {
            throw bad("an IPv6 address has no brackets", "write it like `[::1]:8080`");
        }
        String host = colon < 0 ? text : text.substring(0, colon);
        return new HostAndPort(host, port(colon < 0 ? "" : text.substring(colon), kind));
    }

    private OptionalInt port(String text, GrantKind kind) {
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (text.matches(":[0-9]{1,5}")) {
            int port = Integer.parseInt(text.substring(1));
            if (port <= 65_535 && (port > 0 || kind == GrantKind.NET_INBOUND)) {
                return OptionalInt.of(port);
            }
        }
        throw bad("`" + text + "` is not a port", "write a number from 1 to 65535 behind `:`");
    }

    private void checkHost(String host, GrantKind kind) {
        int slash = host.indexOf('/');
        if (slash >= 0) {
            checkBlock(host.substring(0, slash), host.substring(slash + 1));
            return;
        }
        String name = host.startsWith("*.") ? host.substring(2) : host;
        if (!LABELS.matcher(name).matches() && !IPV6.matcher(name).matches()) {
            throw bad("`" + host + "` is not a host", "write `" + example(kind) + "`");
        }
    }

    private void checkBlock(String address, String bits) {
        boolean six = IPV6.matcher(address).matches();
        boolean four = address.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}");
        int most = six ? 128 : 32;
        if ((!six && !four) || !bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > most) {
            throw bad(
                    "`" + address + "/" + bits + "` is not a block of addresses",
                    "write it like `10.0.0.0/8` or `[fd00::]/8`");
        }
    }

    private static String example(GrantKind kind) {
        switch (kind.scope()) {
            case DIRECTORY:
                return kind.text() + "=/srv/data::/data";
            case ENDPOINT:
                return kind.text() + "=https://api.example.org";
            case LISTENER:
                return kind.text() + "=tcp://127.0.0.1:8080";
            case PROGRAM:
                return kind.text() + "=/usr/bin/sort";
            default:
                return kind.text() + "=order.*";
        }
    }

    private UsageException bad(String why, String help) {
        return new UsageException(
                ErrorCode.USAGE, "grant", "cannot use the grant `" + text + "`: " + why, help);
    }
}
