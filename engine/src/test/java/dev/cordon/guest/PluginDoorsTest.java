package dev.cordon.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.capability.CapabilityBroker.Mode;
import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.capability.Scratch;
import dev.cordon.error.UsageException;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.ResourceQuota;
import dev.cordon.wasi.Preopen;
import dev.cordon.wasi.audit.AccessDecision;
import dev.cordon.wasi.audit.AccessDecision.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PluginDoorsTest {
    @TempDir private Path folder;

    private PluginDoors open(List<Scratch> scratch, String... grants) {
        return open(Map.of(), scratch, grants);
    }

    private static PluginDoors open(
            Map<String, DirectoryRules> rules, List<Scratch> scratch, String... grants) {
        return PluginDoors.open(
                "p",
                Grants.of(grants),
                rules,
                scratch,
                ResourceQuota.defaults(),
                null,
                new BrokerDoor(null, Mode.MISSING_GRANTS, EngineListener.NONE),
                EngineListener.NONE);
    }

    private static List<Preopen> preopens(PluginDoors doors) {
        return doors.forSession(List.of(), List.of()).preopens();
    }

    @Test
    void directoriesAreOpenedOnceInTheOrderOfTheirGrants() {
        try (PluginDoors doors =
                open(List.of(), "fs:read=" + folder + "::/b", "fs:write=" + folder + "::/a")) {
            List<Preopen> first = preopens(doors);
            assertThat(first).extracting(Preopen::name).containsExactly("/b", "/a");
            assertThat(first).extracting(Preopen::writable).containsExactly(false, true);
            assertThat(preopens(doors)).isEqualTo(first);
            doors.close();
            assertThat(first).noneMatch(Preopen::isOpen);
        }
    }

    @Test
    void readingAndWritingTheSameDirectoryIsOneDoor() {
        String read = "fs:read=" + folder + "::/a";
        try (PluginDoors doors = open(List.of(), read, "fs:write=" + folder + "::/a")) {
            Preopen both = preopens(doors).get(0);
            assertThat(preopens(doors)).hasSize(1);
            doors.revoke(Grant.parse(read));
            assertThat(preopens(doors)).containsExactly(both);
            doors.revoke(Grant.parse("fs:write=" + folder + "::/a"));
            assertThat(both.isOpen()).isFalse();
            assertThat(preopens(doors)).extracting(Preopen::name).containsExactly("/a");
            assertThat(doors.grants()).isEqualTo(Grants.none());
        }
    }

    @Test
    void nothingIsOpenedAgainOnceItWasClosed() {
        Grant write = Grant.parse("fs:write=" + folder + "::/a");
        PluginDoors doors = open(List.of(), write.text(), "fs:read=" + folder + "::/a");
        doors.close();
        assertThat(doors.revoke(write)).isFalse();
        assertThat(preopens(doors)).noneMatch(Preopen::isOpen);
    }

    @Test
    void scratchDirectoriesAreNewForEachCallUnlessTheyAreKept() {
        try (PluginDoors doors = open(List.of(Scratch.empty("/tmp")))) {
            assertThat(doors.makeScratch()).isNotEqualTo(doors.makeScratch());
            List<Preopen> kept = doors.keptScratch();
            assertThat(doors.keptScratch()).isSameAs(kept);
            doors.close();
            assertThat(kept).noneMatch(Preopen::isOpen);
        }
    }

    @Test
    void rulesAreForGrantedDirectoriesAndWellFormed() {
        DirectoryRules rules = DirectoryRules.everything().deny("x");
        assertThatThrownBy(() -> open(Map.of("/none", rules), List.of()))
                .hasMessageContaining("has rules for the directory `/none`, which it was not");
        assertThatThrownBy(
                        () ->
                                open(
                                        Map.of("/a", rules.deny("../x")),
                                        List.of(),
                                        "fs:read=" + folder + "::/a"))
                .hasMessageContaining("cannot use the grant `fs:read=" + folder + "::/a`: ");
        assertThatThrownBy(() -> open(List.of(), "net:outbound=tcp://10.0.0.1/8"))
                .hasMessageContaining("cannot use the grant `net:outbound=tcp://10.0.0.1/8`: ");
        assertThatThrownBy(() -> open(List.of(Scratch.copyOf(folder.resolve("none"), "/work"))))
                .hasMessageContaining("cannot copy the directory `" + folder.resolve("none"));
    }

    @Test
    void aRefusalNamesTheGrantThatWasMissing() {
        try (PluginDoors doors =
                open(
                        List.of(Scratch.empty("/tmp")),
                        "fs:read=" + folder + "::/data",
                        "fs:write=" + folder + "::/data/out")) {
            assertThat(missing(doors, Use.FILE_WRITE, "/data/x/y")).isEqualTo("fs:write=/data");
            assertThat(missing(doors, Use.FILE_WRITE, "/data/out/x"))
                    .isEqualTo("fs:write=/data/out/x");
            assertThat(missing(doors, Use.FILE_READ, "/database")).isEqualTo("fs:read=/database");
            assertThat(missing(doors, Use.NET_OUTBOUND, "tcp://192.0.2.1:80"))
                    .isEqualTo("net:outbound=tcp://192.0.2.1:80");
            assertThat(missing(doors, Use.NET_RESOLVE, "a.example"))
                    .isEqualTo("net:outbound=tcp://a.example");
            assertThat(missing(doors, Use.NET_OUTBOUND, "udp")).isEqualTo("net:outbound");
        }
    }

    private static void set(PluginDoors doors, String... grants) {
        doors.set(before -> Grants.of(grants));
    }

    @Test
    void whatWasTakenBackCanBeGrantedAgain() {
        String read = "fs:read=" + folder + "::/a";
        String write = "fs:write=" + folder + "::/a";
        try (PluginDoors doors = open(List.of(), read)) {
            Preopen first = preopens(doors).get(0);
            set(doors, read, write);
            assertThat(preopens(doors)).containsExactly(first);
            assertThat(first.writable()).as("at once").isTrue();
            set(doors, read);
            assertThat(first.isOpen()).isFalse();
            Preopen second = preopens(doors).get(0);
            assertThat(second.isOpen() && !second.writable()).isTrue();
            set(doors);
            assertThat(second.isOpen()).isFalse();
            assertThat(preopens(doors)).as("keeps its place").hasSize(1);
            set(doors, write);
            Preopen third = preopens(doors).get(0);
            assertThat(third.isOpen() && third.writable()).isTrue();
        }
    }

    @Test
    void whatIsGrantedLaterComesBehindWhatWasThere() {
        try (PluginDoors doors =
                open(List.of(Scratch.empty("/tmp")), "fs:read=" + folder + "::/a")) {
            List<Preopen> scratch = doors.makeScratch();
            set(doors, "fs:read=" + folder + "::/b", "fs:read=" + folder + "::/a");
            assertThat(doors.forSession(scratch, List.of()).preopens())
                    .extracting(Preopen::name)
                    .containsExactly("/a", "/tmp", "/b");
            assertThatThrownBy(() -> set(doors, "fs:read=" + folder + "::/tmp"))
                    .hasMessageContaining("two directories that it is to know as `/tmp`");
        }
    }

    @Test
    void allOfAChangeHappensOrNothing() {
        String good = "fs:read=" + folder + "::/a";
        try (PluginDoors doors = open(List.of(), good, "net:outbound=tcp://192.0.2.1")) {
            Grants before = doors.grants();
            List<Preopen> opened = preopens(doors);
            for (String bad :
                    List.of(
                            "fs:read=" + folder.resolve("none") + "::/b",
                            "fs:read=" + folder.resolve("none") + "::/a",
                            "net:outbound=tcp://10.0.0.1/8")) {
                assertThatThrownBy(() -> set(doors, "fs:write=" + folder + "::/c", bad))
                        .isInstanceOf(UsageException.class);
                assertThat(doors.grants()).isEqualTo(before);
                assertThat(preopens(doors)).isEqualTo(opened).allMatch(Preopen::isOpen);
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aChangeThatFailsLeavesProgramsAndRequestsAsTheyWere() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/bin/sh"));
        Path none = folder.resolve("none");
        try (PluginDoors doors = open(List.of(), "net:outbound=https://a.example")) {
            String[] wanted = {"sys:exec=" + link, "net:outbound=http://b.example", ""};
            for (String bad :
                    List.of(
                            "sys:exec=" + none,
                            "fs:read=" + none + "::/b",
                            "net:outbound=https://10.0.0.1/8",
                            "net:outbound=tcp://10.0.0.1/8")) {
                wanted[2] = bad;
                assertThatThrownBy(() -> set(doors, wanted)).isInstanceOf(UsageException.class);
                assertThat(doors.grants()).isEqualTo(Grants.of("net:outbound=https://a.example"));
                assertThat(doors.http().rules().allowsHttp(true, "a.example", 443)).isTrue();
                assertThat(doors.http().rules().allowsHttp(false, "b.example", 80)).isFalse();
                assertThat(doors.programs().objection(link)).as("never granted").isNotEmpty();
            }
            set(doors, "sys:exec=" + link);
            assertThat(doors.programs().objection(link)).isEmpty();
            Files.delete(link);
            Files.createSymbolicLink(link, Path.of("/bin/ls"));
            assertThat(doors.programs().objection(link)).isNotEmpty();
            set(doors);
            set(doors, "sys:exec=" + link);
            assertThat(doors.programs().objection(link)).as("granted again").isEmpty();
        }
    }

    @Test
    void aNameCanComeToMeanAnotherDirectory() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (PluginDoors doors = open(List.of(), "fs:write=" + folder + "::/a")) {
            Preopen first = preopens(doors).get(0);
            set(doors, "fs:read=" + other + "::/a");
            assertThat(first.isOpen()).isFalse();
            assertThat(preopens(doors)).extracting(Preopen::writable).containsExactly(false);
            set(doors, "fs:write=" + other + "::/a");
            assertThat(preopens(doors)).extracting(Preopen::writable).containsExactly(true);
        }
    }

    @Test
    void whatIsLeftCanBeTakenBackThoughItsDirectoryIsGone() throws IOException {
        Path gone = Files.createDirectory(folder.resolve("gone"));
        String read = "fs:read=" + gone + "::/a";
        String write = "fs:write=" + gone + "::/a";
        try (PluginDoors doors = open(List.of(), read, write, "random")) {
            Files.delete(gone);
            assertThat(doors.revoke(Grant.parse(write))).isTrue();
            set(doors, read, "random", "env");
            assertThat(doors.revoke(Grant.parse("random"))).isTrue();
            assertThatThrownBy(() -> set(doors, read, write)).isInstanceOf(UsageException.class);
            assertThat(doors.revoke(Grant.parse(read))).isTrue();
            assertThat(doors.grants()).isEqualTo(Grants.of("env"));
        }
    }

    @Test
    void aClosedPluginIsGrantedNothing() {
        PluginDoors doors = open(List.of());
        doors.close();
        assertThatThrownBy(() -> set(doors, "fs:read=" + folder + "::/a"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("was closed");
        assertThat(preopens(doors)).isEmpty();
    }

    private static String missing(PluginDoors doors, Use use, String subject) {
        return doors.capability(new AccessDecision("f", use, subject, false, "no", 1, 0, 0));
    }
}
