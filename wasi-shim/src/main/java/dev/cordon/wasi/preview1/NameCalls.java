package dev.cordon.wasi.preview1;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.net.NameRequest;
import dev.cordon.wasi.net.NetworkNames;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/** Names of hosts and services, as guests write them. */
final class NameCalls {
    /** Longest name read; longer ones are none. */
    static final int MAX_NAME_BYTES = 255;

    private static final int MAX_PORT = 65_535;

    /** Services that guests ask for by name; the machine's own list is none of their business. */
    private static final Map<String, Integer> SERVICES =
            Map.of(
                    "domain", 53,
                    "http", 80,
                    "https", 443,
                    "imaps", 993,
                    "mysql", 3306,
                    "ntp", 123,
                    "postgresql", 5432,
                    "redis", 6379,
                    "smtp", 25,
                    "ssh", 22);

    private NameCalls() {}

    /**
     * Text of a guest, without the zero byte at its end.
     *
     * @throws Refusal {@code EAI_NONAME} when it is too long or no text of names
     */
    static String text(GuestSlice slice) throws Refusal {
        int length = (int) Math.min(slice.length(), MAX_NAME_BYTES + 2L);
        if (length > 0 && slice.u8(length - 1L) == 0) {
            length--;
        }
        if (length > MAX_NAME_BYTES) {
            throw Refusal.of(Errno.AINONAME);
        }
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            int each = slice.u8(i);
            if (each <= ' ' || each >= 0x7f) {
                throw Refusal.of(Errno.AINONAME);
            }
            bytes[i] = (byte) each;
        }
        return new String(bytes, US_ASCII);
    }

    /**
     * Text that ends with a zero byte.
     *
     * @throws Refusal {@code EFAULT} when memory ends first, {@code EAI_NONAME} when it is too long
     *     or no text of names
     */
    static String terminated(GuestCall call, int pointer) throws Refusal {
        for (int length = 0; length <= MAX_NAME_BYTES; length++) {
            if (call.slice(pointer, length + 1L).u8(length) == 0) {
                return text(call.slice(pointer, length));
            }
        }
        throw Refusal.of(Errno.AINONAME);
    }

    /**
     * The port of a service; 0 for none.
     *
     * @throws Refusal {@code EAI_SERVICE} when it is not known
     */
    static int port(String service, boolean numericOnly) throws Refusal {
        if (service.isEmpty()) {
            return 0;
        }
        if (service.matches("[0-9]{1,5}") && Integer.parseInt(service) <= MAX_PORT) {
            return Integer.parseInt(service);
        }
        Integer known = numericOnly ? null : SERVICES.get(service);
        if (known == null) {
            throw Refusal.of(Errno.AISERVICE);
        }
        return known;
    }

    /**
     * The addresses of a host; waits until they are known.
     *
     * @throws Refusal {@code EACCES} when no rule is about the name, or why there are none
     */
    static List<InetAddress> addresses(GuestCall call, String host, boolean numericOnly)
            throws Refusal {
        InetAddress literal = NetworkNames.literal(host);
        if (literal != null) {
            return List.of(literal);
        }
        if (numericOnly) {
            throw Refusal.of(Errno.AINONAME);
        }
        NetworkNames names = call.run().network().names();
        NameRequest request = names.ask(call.function(), host);
        try (Wait wait = call.startWait()) {
            while (!request.isDone()) {
                wait.pause(Long.MAX_VALUE);
            }
        }
        return names.answer(request);
    }
}
