package dev.cordon.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.capability.Scratch;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.ResourceQuota;
import dev.cordon.wasi.Preopen;
import dev.cordon.wasi.audit.AccessDecision;
import dev.cordon.wasi.audit.AccessDecision.Use;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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

    private static String missing(PluginDoors doors, Use use, String subject) {
        return doors.capability(new AccessDecision("f", use, subject, false, "no", 1, 0, 0));
    }
}
