package dev.cordon.wasi.net;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that are not simply hosts on the internet. A guest reaches them only by a rule that
 * lies within the range, so that a wide rule does not open them by accident; groups and broadcasts
 * it never reaches.
 */
final class AddressRanges {
    /** A range and what it is called in records. */
    record Range(AddressBlock block, String name) {}

    private static final List<Range> GROUPS =
            List.of(
                    range("224.0.0.0/4", "multicast"),
                    range("ff00::/8", "multicast"),
                    range("255.255.255.255", "broadcast"));

    /** The addresses of clouds' metadata services come first: each is named alone or not at all. */
    private static final List<Range> SPECIAL =
            List.of(
                    range("169.254.169.254", "metadata"),
                    range("169.254.170.2", "metadata"),
                    range("100.100.100.200", "metadata"),
                    range("168.63.129.16", "metadata"),
                    range("192.0.0.192", "metadata"),
                    range("fd00:ec2::254", "metadata"),
                    range("127.0.0.0/8", "loopback"),
                    range("::1", "loopback"),
                    range("169.254.0.0/16", "link-local"),
                    range("fe80::/10", "link-local"),
                    range("10.0.0.0/8", "private"),
                    range("172.16.0.0/12", "private"),
                    range("192.168.0.0/16", "private"),
                    range("100.64.0.0/10", "private"),
                    range("198.18.0.0/15", "private"),
                    range("fc00::/7", "private"),
                    range("fec0::/10", "private"),
                    range("64:ff9b:1::/48", "private"),
                    range("0.0.0.0/8", "unspecified"),
                    range("::/112", "unspecified"),
                    range("192.0.0.0/24", "reserved"),
                    range("192.0.2.0/24", "reserved"),
                    range("192.88.99.0/24", "reserved"),
                    range("198.51.100.0/24", "reserved"),
                    range("203.0.113.0/24", "reserved"),
                    range("240.0.0.0/4", "reserved"),
                    range("100::/64", "reserved"),
                    range("2001:db8::/32", "reserved"));

    private AddressRanges() {}

    private static Range range(String block, String name) {
        return new Range(AddressBlock.parse(block), name);
    }

    /** The group or broadcast that an address is, else null. */
    static @Nullable Range group(InetAddress address) {
        return first(GROUPS, address);
    }

    /** The special range that an address lies in, the narrowest first, else null. */
    static @Nullable Range special(InetAddress address) {
        return first(SPECIAL, address);
    }

    private static @Nullable Range first(List<Range> ranges, InetAddress address) {
        for (Range range : ranges) {
            if (range.block().contains(address)) {
                return range;
            }
        }
        return null;
    }
}
