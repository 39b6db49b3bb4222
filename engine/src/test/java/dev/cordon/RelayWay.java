package dev.cordon;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The way of a command through samples {@code command-relay} to a last receiver.
 *
 * @param names who receives it, one after the other
 */
record RelayWay(List<String> names) {
    static RelayWay by(String... names) {
        return new RelayWay(List.of(names));
    }

    String first() {
        return names.get(0);
    }

    /** What the first one takes: the name of the next, and what that one takes. */
    byte[] payload(String last) {
        byte[] payload = last.getBytes(StandardCharsets.UTF_8);
        for (int i = names.size() - 1; i > 0; i--) {
            byte[] name = names.get(i).getBytes(StandardCharsets.UTF_8);
            ByteBuffer longer = ByteBuffer.allocate(1 + name.length + payload.length);
            payload = longer.put((byte) name.length).put(name).put(payload).array();
        }
        return payload;
    }

    /** What is behind the name of the next one. */
    static byte[] afterName(byte[] payload) {
        ByteBuffer rest = ByteBuffer.wrap(payload, 1 + payload[0], payload.length - 1 - payload[0]);
        byte[] bytes = new byte[rest.remaining()];
        rest.get(bytes);
        return bytes;
    }

    /** Whether each relay on the way was told that the next one answered. */
    boolean succeeded(byte[] answer) {
        ByteBuffer results = ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
        for (String name : names) {
            if (name.startsWith("relay")) {
                if (results.remaining() < Integer.BYTES || results.getInt() < 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
