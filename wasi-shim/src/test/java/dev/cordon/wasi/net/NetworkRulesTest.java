package dev.cordon.wasi.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkRulesTest {
    private static InetAddress address(String text) {
        return AddressFaces.meant(AddressText.literal(text));
    }

    private static NetworkRules outbound(String host, int port) {
        return new NetworkRules(
                List.of(new OutboundRule(Transport.TCP, HostPattern.parse(host), port)), List.of());
    }

    private static @Nullable String why(NetworkRules rules, String target, int port) {
        return rules.whyNotOutbound(Transport.TCP, address(target), port, new PinnedNames());
    }

    @ParameterizedTest
    @CsvSource({
        "93.184.216.34, 93.184.216.34",
        "93.184.216.0/24, 93.184.216.255",
        "0.0.0.0/0, 8.8.8.8",
        "::/0, 2606:4700::1111",
        "2606:4700::/32, 2606:4700:1::",
        "127.0.0.1, 127.0.0.1",
        "127.0.0.0/8, 127.1.2.3",
        "127.0.0.1, 0.0.0.0",
        "::1, ::",
        "::1, ::1",
        "10.0.0.0/8, 10.9.8.7",
        "169.254.169.254, 169.254.169.254",
        "localhost, 127.0.0.1",
        "localhost, ::1",
        "127.0.0.1, ::ffff:127.0.0.1",
        "127.0.0.1, ::127.0.0.1",
        "93.184.216.34, 64:ff9b::93.184.216.34",
        "::/0, 2002:5db8:d822::1",
        "fd00::/8, fd00::1"
    })
    void whatARuleNamesIsReached(String rule, String target) {
        assertThat(why(outbound(rule, OutboundRule.ANY_PORT), target, 80)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "93.184.216.34, 93.184.216.35",
        "93.184.216.0/24, 93.184.217.0",
        "0.0.0.0/0, 2606:4700::1111",
        "::/0, 8.8.8.8",
        "localhost, 127.0.0.2",
        "127.0.0.1, 127.0.0.2",
        "example.org, 93.184.216.34",
        "*.example.org, 93.184.216.34"
    })
    void whatNoRuleNamesIsNot(String rule, String target) {
        assertThat(why(outbound(rule, OutboundRule.ANY_PORT), target, 80))
                .isEqualTo("no rule allows it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "127.0.0.1",
                "127.255.255.254",
                "10.0.0.1",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "100.64.0.1",
                "169.254.0.1",
                "169.254.169.254",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "192.0.2.1",
                "198.18.0.1",
                "240.0.0.1",
                "::ffff:10.0.0.1",
                "::10.0.0.1",
                "::ffff:169.254.169.254",
                "::127.0.0.1"
            })
    void aWideRuleNeverOpensASpecialRange(String target) {
        assertThat(why(outbound("0.0.0.0/0", OutboundRule.ANY_PORT), target, 80))
                .matches("its address is .* and no rule names that");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "::2",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "fec0::1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::7f00:1",
                "2002:7f00:1::1",
                "2002:a9fe:a9fe::",
                "2001:0:a00:1::1",
                "2001:0:808:808::80ff:fffe",
                "2606:4700::5efe:10.0.0.1",
                "2606:4700::200:5efe:127.0.0.1",
                "2001:db8::1"
            })
    void aWideRuleNeverOpensASpecialRangeOfVersion6(String target) {
        assertThat(why(outbound("::/0", OutboundRule.ANY_PORT), target, 80))
                .matches("its address is .* and no rule names that");
    }

    @ParameterizedTest
    @ValueSource(strings = {"224.0.0.1", "239.255.255.255", "255.255.255.255", "ff02::1"})
    void groupsAreNeverReached(String target) {
        NetworkRules named = outbound(target, OutboundRule.ANY_PORT);
        assertThat(why(named, target, 80)).endsWith("addresses are never reached");
    }

    @ParameterizedTest
    @CsvSource({"64:ff9b::224.0.0.1, ::/0", "2002:ffff:ffff::1, ::/0"})
    void hiddenGroupsAreNotEither(String target, String rule) {
        assertThat(why(outbound(rule, OutboundRule.ANY_PORT), target, 80))
                .endsWith("address hides in it");
    }

    @Test
    void aMetadataAddressIsNamedAloneOrNotAtAll() {
        NetworkRules around = outbound("169.254.0.0/16", OutboundRule.ANY_PORT);
        assertThat(why(around, "169.254.1.1", 80)).isNull();
        assertThat(why(around, "169.254.169.254", 80)).contains("metadata");
    }

    @Test
    void aBlockThatIsWiderThanARangeDoesNotOpenIt() {
        assertThat(why(outbound("10.0.0.0/7", OutboundRule.ANY_PORT), "10.0.0.1", 80))
                .contains("private");
        assertThat(why(outbound("10.0.0.0/7", OutboundRule.ANY_PORT), "11.0.0.1", 80)).isNull();
    }

    @Test
    void portsAndTransportsAreNotMixed() {
        NetworkRules rules =
                new NetworkRules(
                        List.of(
                                new OutboundRule(Transport.TCP, HostPattern.parse("10.0.0.1"), 80),
                                new OutboundRule(
                                        Transport.UDP,
                                        HostPattern.parse("0.0.0.0/0"),
                                        OutboundRule.ANY_PORT)),
                        List.of());
        assertThat(why(rules, "10.0.0.1", 80)).isNull();
        assertThat(why(rules, "10.0.0.1", 81)).isNotNull();
        assertThat(why(rules, "8.8.8.8", 53)).isNotNull();
        PinnedNames none = new PinnedNames();
        assertThat(rules.whyNotOutbound(Transport.UDP, address("8.8.8.8"), 53, none)).isNull();
        // The rule that names the address is for streams, and the one for datagrams is wide.
        assertThat(rules.whyNotOutbound(Transport.UDP, address("10.0.0.1"), 80, none)).isNotNull();
    }

    @Test
    void aPinnedNameOpensItsAddressesForItsOwnRuleOnly() {
        NetworkRules rules =
                new NetworkRules(
                        List.of(
                                new OutboundRule(Transport.TCP, HostPattern.parse("a.org"), 443),
                                new OutboundRule(Transport.TCP, HostPattern.parse("b.org"), 80)),
                        List.of());
        PinnedNames pinned = new PinnedNames();
        pinned.pin("a.org", List.of(address("8.8.8.8")));
        assertThat(rules.whyNotOutbound(Transport.TCP, address("8.8.8.8"), 443, pinned)).isNull();
        assertThat(rules.whyNotOutbound(Transport.TCP, address("8.8.8.8"), 80, pinned)).isNotNull();
        assertThat(rules.whyNotOutbound(Transport.UDP, address("8.8.8.8"), 443, pinned))
                .isNotNull();
        assertThat(rules.whyNotOutbound(Transport.TCP, address("8.8.4.4"), 443, pinned))
                .isNotNull();
    }

    @Test
    void inboundNeedsTheAddressAndThePort() {
        NetworkRules rules =
                new NetworkRules(
                        List.of(),
                        List.of(
                                new InboundRule(Transport.TCP, address("127.0.0.1"), 8080),
                                new InboundRule(Transport.UDP, AddressText.literal("0.0.0.0"), 0)));
        assertThat(rules.whyNotInbound(Transport.TCP, address("127.0.0.1"), 8080)).isNull();
        assertThat(rules.whyNotInbound(Transport.TCP, address("127.0.0.1"), 0)).isNotNull();
        assertThat(rules.whyNotInbound(Transport.TCP, address("127.0.0.2"), 8080)).isNotNull();
        assertThat(rules.whyNotInbound(Transport.UDP, address("127.0.0.1"), 8080)).isNotNull();
        assertThat(rules.whyNotInbound(Transport.UDP, address("10.0.0.1"), 0)).isNull();
        assertThat(rules.whyNotInbound(Transport.UDP, address("::1"), 0)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.org", "10.0.0.0/8", "*.localhost", "224.0.0.1", "ff02::1", ""})
    void inboundTakesOneAddress(String address) {
        NetworkDoor.Builder rules = new NetworkDoor.Builder();
        assertThatThrownBy(() -> rules.inbound(Transport.TCP, address, 80))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textOfBlocksIsWhatWasRead() {
        assertThat(AddressBlock.parse("10.0.0.0/8")).hasToString("10.0.0.0/8");
        assertThat(AddressBlock.parse("10.0.0.1")).hasToString("10.0.0.1");
        assertThat(AddressBlock.parse("10.0.0.0/8").bits()).isEqualTo(8);
    }
}
