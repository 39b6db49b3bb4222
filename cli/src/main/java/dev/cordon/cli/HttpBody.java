package dev.cordon.cli;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Reads bodies of requests, a bounded number of bytes for all of them together. Thread-safe. */
final class HttpBody {
    /** Most bytes of bodies that are kept at the same time. */
    private static final int MAX_KIB_TOGETHER = 128 << 10;

    private static final int KIB = 1024;

    private final Semaphore room = new Semaphore(MAX_KIB_TOGETHER);

    /** What is done with a body. */
    interface Use {
        HttpAnswer answer(byte[] body);
    }

    /**
     * Reads a body and has it used.
     *
     * @param most the most bytes that it may have
     * @throws IOException if the connection breaks
     */
    HttpAnswer with(HttpExchange exchange, int most, Use use) throws IOException {
        Optional<Long> announced = announced(exchange);
        if (announced.orElse(0L) > most) {
            return tooLarge(most);
        }
        int kib = (int) (announced.orElse((long) most) / KIB) + 1;
        if (!room.tryAcquire(kib)) {
            return HttpRoutes.busy("too many bytes are being worked on");
        }
        try {
            byte[] body = exchange.getRequestBody().readNBytes(most + 1);
            return body.length > most ? tooLarge(most) : use.answer(body);
        } finally {
            room.release(kib);
        }
    }

    /** How long it says it is; empty if it comes in chunks. */
    private static Optional<Long> announced(HttpExchange exchange) {
        if (exchange.getRequestHeaders().containsKey("Transfer-Encoding")) {
            return Optional.empty();
        }
        String text = exchange.getRequestHeaders().getFirst("Content-Length");
        try {
            return Optional.of(text == null ? 0 : Long.parseLong(text));
        } catch (NumberFormatException unusable) {
            return Optional.of(Long.MAX_VALUE); // the server refuses it before
        }
    }

    private static HttpAnswer tooLarge(int most) {
        return HttpAnswer.refused(
                        HttpAnswer.TOO_LARGE,
                        "the body has more than " + most + " bytes",
                        "send less, or a reference to it")
                .with("Connection", "close");
    }
}
