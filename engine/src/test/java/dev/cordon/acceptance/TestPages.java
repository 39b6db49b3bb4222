package dev.cordon.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** What the server of the tests answers: what it was sent, a large page, or nothing that ends. */
final class TestPages {
    private final CountDownLatch hanging = new CountDownLatch(1);

    /** Is counted down when somebody asks for the page that never ends. */
    CountDownLatch hanging() {
        return hanging;
    }

    boolean answer(String head, OutputStream out) throws IOException {
        String path = head.split(" ")[1];
        if (path.equals("/hang")) {
            hanging.countDown();
            out.flush();
            while (!Thread.interrupted()) {
                out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(ISO_8859_1));
                out.flush();
                try {
                    Thread.sleep(20);
                } catch (InterruptedException ended) {
                    return false;
                }
            }
        }
        String body = path.equals("/large") ? "x".repeat(300_000) : "you sent " + sent(head);
        out.write(
                ("HTTP/1.1 200 OK\r\nX-Path: "
                                + path
                                + "\r\nContent-Length: "
                                + body.length()
                                + "\r\n\r\n"
                                + body)
                        .getBytes(ISO_8859_1));
        return true;
    }

    private static String sent(String request) {
        int body = request.indexOf("\r\n\r\n") + 4;
        return request.substring(0, request.indexOf(' ')) + " " + (request.length() - body);
    }
}
