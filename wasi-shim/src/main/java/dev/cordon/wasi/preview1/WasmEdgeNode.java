package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestBytes;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.net.Family;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * One node of the list that {@code sock_getaddrinfo} fills: flags u16 at 0, family u8 at 2, type u8
 * at 3, protocol u32 at 4, length u32 at 8, address u32 at 12, name u32 at 16 and its length u32 at
 * 20, next u32 at 24. The address is a family u8 at 0, a length u32 at 4 and data u32 at 8, where
 * there are a port in network order and then the address itself.
 */
final class WasmEdgeNode {
    /** Most nodes looked at, however many the guest says there are. */
    static final int MAX_NODES = 64;

    private static final int NODE = 28;
    private static final int SOCKET_ADDRESS = 12;
    private static final int DATA_4 = 14;
    private static final int DATA_6 = 26;
    private static final int LENGTH_4 = 16;
    private static final int LENGTH_6 = 28;
    private static final int PORT = 2;
    private static final int DATAGRAM = 1;
    private static final int STREAM = 2;
    private static final int TCP = 1;
    private static final int UDP = 2;

    private final GuestSlice node;
    private final GuestSlice address;
    private final GuestSlice data;

    private WasmEdgeNode(GuestSlice node, GuestSlice address, GuestSlice data) {
        this.node = node;
        this.address = address;
        this.data = data;
    }

    /**
     * The nodes of a list.
     *
     * @throws Refusal {@code EFAULT} when one of them does not lie within the memory, {@code
     *     EINVAL} when it has no room for any address
     */
    static List<WasmEdgeNode> list(GuestBytes bytes, long first, long most) throws Refusal {
        List<WasmEdgeNode> nodes = new ArrayList<>();
        long at = first;
        while (at != 0 && nodes.size() < Math.min(most, MAX_NODES)) {
            GuestSlice node = bytes.slice(at, NODE);
            GuestSlice address = bytes.slice(node.u32(12), SOCKET_ADDRESS);
            long room = address.u32(4);
            if (room < DATA_4) {
                throw Refusal.of(Errno.INVAL);
            }
            // Guests in Rust say 14 and have 26.
            long length = room == DATA_4 ? DATA_6 : Math.min(room, DATA_6);
            nodes.add(new WasmEdgeNode(node, address, bytes.slice(address.u32(8), length)));
            at = node.u32(24);
        }
        return nodes;
    }

    boolean fits(InetAddress found) {
        return data.length() >= PORT + Family.of(found).bytes();
    }

    void write(InetAddress found, int port, boolean datagram) {
        Family family = Family.of(found);
        boolean four = family == Family.V4;
        node.put16(0, 0);
        node.put8(2, WasmEdgeAddress.number(family));
        node.put8(3, datagram ? DATAGRAM : STREAM);
        node.put32(4, datagram ? UDP : TCP);
        node.put32(8, four ? LENGTH_4 : LENGTH_6);
        node.put32(20, 0);
        address.put8(0, WasmEdgeAddress.number(family));
        address.put32(4, four ? DATA_4 : DATA_6);
        for (int i = 0; i < data.length(); i++) {
            data.put8(i, 0);
        }
        data.put8(0, port >>> Byte.SIZE);
        data.put8(1, port);
        data.put(PORT, found.getAddress(), 0, family.bytes());
    }
}
