package dev.cordon.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.UsageException;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "fs:read=/srv/data::/data",
                "fs:read=data",
                "fs:write=C:/x::/y",
                "net:outbound=https://api.example.org",
                "net:outbound=tcp://*.example.org:8080",
                "net:outbound=udp://10.0.0.0/8",
                "net:outbound=tcp://[fd00::]/8:53",
                "net:outbound=http://[::1]:80",
                "net:outbound=http://*",
                "net:outbound=https://*:*",
                "net:outbound=https://*.example.org:*",
                "net:outbound=http://[::1]:*",
                "net:inbound=tcp://127.0.0.1:8080",
                "net:inbound=tcp://[::1]:0",
                "sys:exec=/usr/bin/sort",
                "sys:memory",
                "command:send=order.place",
                "event:publish=order.*",
                "event:subscribe=order.**",
                "data:read=*.total",
                "data:write=**",
                "clock:precise",
                "random",
                "env",
                "stdio"
            })
    void whatIsReadIsWhatIsWritten(String text) {
        assertThat(Grant.parse(text).text()).isEqualTo(text);
        assertThat(Grant.parse(text)).isEqualTo(Grant.parse(text));
    }

    @Test
    void partsAreTold() {
        assertThat(Grant.parse("fs:read=/srv/data::/data"))
                .isEqualTo(
                        new Grant.Directory(
                                GrantKind.FS_READ,
                                Path.of("/srv/data"),
                                "/data",
                                "/srv/data::/data"));
        assertThat(Grant.parse("fs:write=/srv"))
                .isEqualTo(
                        new Grant.Directory(GrantKind.FS_WRITE, Path.of("/srv"), "/srv", "/srv"));
        assertThat(Grant.parse("net:outbound=tcp://[fd00::]/8:53"))
                .isEqualTo(
                        new Grant.Endpoint(
                                GrantKind.NET_OUTBOUND,
                                "tcp",
                                "fd00::/8",
                                OptionalInt.of(53),
                                "tcp://[fd00::]/8:53"));
        assertThat(Grant.parse("net:inbound=tcp://[::1]:0"))
                .isEqualTo(new Grant.Listener(GrantKind.NET_INBOUND, "::1", 0, "tcp://[::1]:0"));
        assertThat(Grant.parse("random")).isEqualTo(new Grant.Plain(GrantKind.RANDOM));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fs:read | `fs:read` needs a scope | write `fs:read=/srv/data::/data`",
                "fs:read= | `fs:read` needs a scope | write `fs:read=/srv/data::/data`",
                "fs:read=::/data | it names no host directory | write `fs:read=/srv/data::/data`",
                "fs:write=/srv:: | it names no guest directory | write `fs:write=/srv/data::/data`",
                "random=1 | `random` takes no scope | write `random` without `=`",
                "net:outbound=example.org | it has no scheme"
                        + " | write `net:outbound=https://api.example.org`",
                "net:outbound=ftp://a | `ftp` is not a scheme"
                        + " | the schemes are http, https, tcp and udp",
                "net:outbound=tcp://a:0 | `:0` is not a port"
                        + " | write a number from 1 to 65535 behind `:`",
                "net:outbound=tcp://a:65536 | `:65536` is not a port"
                        + " | write a number from 1 to 65535 behind `:`",
                "net:outbound=tcp:// | `` is not a host"
                        + " | write `net:outbound=https://api.example.org`",
                "net:outbound=tcp://a*b | `a*b` is not a host"
                        + " | write `net:outbound=https://api.example.org`",
                "net:outbound=tcp://fd00::1 | an IPv6 address has no brackets"
                        + " | write it like `[::1]:8080`",
                "net:outbound=tcp://[::1 | `[` is not closed"
                        + " | write an IPv6 address like `[::1]:8080`",
                "net:outbound=tcp://10.0.0.0/33 | `10.0.0.0/33` is not a block of addresses"
                        + " | write it like `10.0.0.0/8` or `[fd00::]/8`",
                "net:inbound=tcp://127.0.0.1 | it names no port"
                        + " | write `net:inbound=tcp://127.0.0.1:8080`",
                "net:inbound=udp://127.0.0.1:1 | it does not start with `tcp://`"
                        + " | write `net:inbound=tcp://127.0.0.1:8080`",
                "net:inbound=tcp://*.a:1 | it does not name one address"
                        + " | write `net:inbound=tcp://127.0.0.1:8080`",
                "sys:exec=sort | the program's path is not absolute"
                        + " | write `sys:exec=/usr/bin/sort`",
                "sys:exec=/usr/../bin/sort | the program's path has `.` or `..` in it"
                        + " | write where it really is",
                "sys:exec=/ | the program's path has `.` or `..` in it"
                        + " | write where it really is",
                "event:publish=a..b | `a..b` is not a dot-separated name"
                        + " | use letters, digits, `_` and `-`, with `*` for a whole part",
                "event:publish=a.**.b | `**` stands before the end"
                        + " | use `*` for one part in the middle",
                "command:send=a* | `a*` is not a dot-separated name"
                        + " | use letters, digits, `_` and `-`, with `*` for a whole part",
            })
    void whatIsNoGrantIsRefusedWithTheReason(String text, String why, String help) {
        assertThatThrownBy(() -> Grant.parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "CRD-702 [grant] cannot use the grant `"
                                + text
                                + "`: "
                                + why
                                + "\n  help: "
                                + help);
    }

    @Test
    void unknownKindsAreRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Grant.parse("file:read=/a"))
                .hasMessageStartingWith(
                        "CRD-702 [grant] cannot use the grant `file:read=/a`: there is no grant of"
                                + " kind `file:read`\n  help: the kinds are fs:read, fs:write, ");
    }

    @Test
    void textThatCannotBeShownIsNotShown() {
        assertThatThrownBy(() -> Grant.parse("random\u001b[2J"))
                .hasMessageContaining("a grant contains a control character");
        assertThatThrownBy(() -> Grant.parse("fs:read=" + "x".repeat(5_000)))
                .hasMessageContaining("a grant of 5008 characters is too long");
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.example, 80",
        "https://a.example, 443",
        "https://a.example:8443, 8443",
        "http://a.example:*, -1",
        "http://[::1]:*, -1",
        "tcp://a.example, -1",
        "udp://a.example:53, 53"
    })
    void anEndpointOpensOnePortOrAll(String scope, int port) {
        Grant.Endpoint endpoint = (Grant.Endpoint) Grant.parse("net:outbound=" + scope);
        assertThat(endpoint.onlyPort().orElse(-1)).isEqualTo(port);
        assertThat(endpoint.isForRequests()).isEqualTo(scope.startsWith("http"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://*",
                "tcp://a:*",
                "udp://*:53",
                "http://a:80:*",
                "http://[::1]:80:*",
                "http://**",
                "http://*a.example",
                "http://a.*",
                "http://:*",
                "http://*:0"
            })
    void onlyRequestsGoEverywhere(String scope) {
        assertThatThrownBy(() -> Grant.parse("net:outbound=" + scope))
                .isInstanceOf(UsageException.class);
    }
}
