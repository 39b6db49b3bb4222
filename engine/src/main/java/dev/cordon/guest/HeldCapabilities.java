package dev.cordon.guest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.cordon.capability.Grant;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.Grants;
import dev.cordon.capability.NamePattern;
import dev.cordon.data.SharedData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a plugin holds, in words that it may hear: the guest's paths, never the host's. Looks at no
 * file and looks no name up.
 */
final class HeldCapabilities {
    private static final int HELD = 1;
    private static final int NOT_HELD = 0;
    private static final String SEPARATOR = "/";
    private static final List<String> NO_COMPONENTS = List.of("", ".", "..");
    private static final JsonFactory JSON = new JsonFactory();

    private final PluginDoors doors;
    private final Grants grants;

    HeldCapabilities(PluginDoors doors) {
        this.doors = doors;
        this.grants = doors.grants();
    }

    /** How many grants there are to look at. */
    int size() {
        return grants.granted().size();
    }

    /** The grants as a JSON array of texts. */
    byte[] list() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartArray();
            for (String text : grants.granted().stream().map(this::text).distinct().toList()) {
                json.writeString(text);
            }
            json.writeEndArray();
        } catch (IOException impossible) { // it is written to memory
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private String text(Grant grant) {
        if (grant instanceof Grant.Directory directory) {
            return grant.kind().text() + "=" + directory.guest();
        }
        return grant instanceof Grant.Program ? grant.kind().text() : grant.text();
    }

    /** Whether one use is granted: 1, 0, or the result for what is no use. */
    int query(String use) {
        int equals = use.indexOf('=');
        Optional<GrantKind> kind = GrantKind.of(equals < 0 ? use : use.substring(0, equals));
        boolean control = use.chars().anyMatch(Character::isISOControl);
        if (kind.isEmpty() || control) {
            return Result.INVALID;
        }
        return equals < 0 ? plain(kind.get()) : scoped(kind.get(), use.substring(equals + 1));
    }

    private int plain(GrantKind kind) {
        switch (kind) {
            case SYS_MEMORY:
            case CLOCK_PRECISE:
            case RANDOM:
            case ENV:
            case STDIO:
                return held(grants.has(kind));
            default:
                return Result.INVALID;
        }
    }

    private int scoped(GrantKind kind, String subject) {
        switch (kind) {
            case FS_READ:
            case FS_WRITE:
                return path(kind, subject);
            case NET_OUTBOUND:
                return outbound(subject);
            case NET_INBOUND:
                return inbound(subject);
            case SYS_EXEC:
                return program(subject);
            case COMMAND_SEND:
            case EVENT_PUBLISH:
            case EVENT_SUBSCRIBE:
            case HOST_CALL:
                return name(kind, subject, NamePattern.isName(subject));
            case DATA_READ:
            case DATA_WRITE:
                return name(kind, subject, SharedData.isKey(subject));
            default:
                return Result.INVALID;
        }
    }

    private int name(GrantKind kind, String subject, boolean valid) {
        return valid ? held(grants.allows(kind, subject)) : Result.INVALID;
    }

    private int program(String subject) {
        return held(
                grants.granted().stream()
                        .filter(grant -> grant instanceof Grant.Program)
                        .anyMatch(grant -> grant.scope().equals(subject)));
    }

    private int path(GrantKind kind, String path) {
        if (path.isEmpty()) {
            return Result.INVALID;
        }
        Optional<DirectoryDoor> directory =
                doors.directories().stream()
                        .filter(door -> isIn(path, door.name()))
                        .reduce((a, b) -> a.name().length() >= b.name().length() ? a : b);
        Optional<String> scratch =
                doors.scratchNames().stream()
                        .filter(name -> isIn(path, name))
                        .reduce((a, b) -> a.length() >= b.length() ? a : b);
        int own = scratch.map(String::length).orElse(-1);
        boolean inScratch = own > directory.map(door -> door.name().length()).orElse(-1);
        String name =
                inScratch ? scratch.orElse("") : directory.map(DirectoryDoor::name).orElse("");
        List<String> below = below(path, name);
        if (below.stream().anyMatch(NO_COMPONENTS::contains)) {
            return Result.INVALID;
        }
        return held(
                inScratch
                        || directory
                                .filter(door -> door.grants(kind) && door.allows(below))
                                .isPresent());
    }

    private static boolean isIn(String path, String directory) {
        String start = directory.endsWith(SEPARATOR) ? directory : directory + SEPARATOR;
        return path.equals(directory) || path.startsWith(start);
    }

    /** The components of a path behind a directory's name. */
    private static List<String> below(String path, String name) {
        if (path.equals(name)) {
            return List.of();
        }
        String rest = path.substring(name.length());
        String relative = rest.startsWith(SEPARATOR) ? rest.substring(1) : rest;
        return Arrays.asList(relative.split(SEPARATOR, -1));
    }

    private int outbound(String subject) {
        Optional<PeerText> peer = PeerText.parse(subject).filter(each -> each.port() > 0);
        if (peer.isEmpty()) {
            return Result.INVALID;
        }
        PeerText end = peer.get();
        switch (end.scheme()) {
            case "tcp":
                return held(doors.network().network().allowsTcp(end.host(), end.port()));
            case "udp":
                return held(doors.network().network().allowsUdp(end.host(), end.port()));
            case "http":
                return held(doors.http().rules().allowsHttp(false, end.host(), end.port()));
            case "https":
                return held(doors.http().rules().allowsHttp(true, end.host(), end.port()));
            default:
                return Result.INVALID;
        }
    }

    private int inbound(String subject) {
        Optional<PeerText> end =
                PeerText.parse(subject).filter(each -> each.scheme().equals("tcp"));
        return end.isEmpty()
                ? Result.INVALID
                : held(
                        doors.network()
                                .network()
                                .allowsListening(end.get().host(), end.get().port()));
    }

    private static int held(boolean held) {
        return held ? HELD : NOT_HELD;
    }
}
