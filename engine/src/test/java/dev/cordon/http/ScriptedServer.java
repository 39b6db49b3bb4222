package dev.cordon.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** A server that says exactly what it is told to, well-formed or not. */
public final class ScriptedServer implements Closeable {
    /** What it does with a request. */
    @FunctionalInterface
    public interface Script {
        /** Answers a request; the connection stays open if it returns true. */
        boolean answer(String head, OutputStream out) throws IOException;
    }

    private final ServerSocket listener;
    private final Script script;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch gone = new CountDownLatch(1);

    public ScriptedServer(Script script) {
        this(script, ServerSocketFactory.getDefault());
    }

    /** One that may speak TLS. */
    public ScriptedServer(Script script, ServerSocketFactory sockets) {
        this.script = script;
        try {
            listener = sockets.createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** One that says the same to everybody, and closes the connection. */
    public static ScriptedServer saying(String answer) {
        return new ScriptedServer(
                (head, out) -> {
                    out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    return false;
                });
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                connections.incrementAndGet();
                start(() -> serve(socket));
            }
        } catch (IOException closed) {
            connections.get();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            boolean open = true;
            while (open) {
                String head = head(in);
                if (head.isEmpty()) {
                    break;
                }
                heads.add(head);
                open = script.answer(head, socket.getOutputStream());
                socket.getOutputStream().flush();
            }
        } catch (IOException ended) {
            gone.countDown();
        }
        gone.countDown();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        int length = head.indexOf("Content-Length: ");
        int body = length < 0 ? 0 : Integer.parseInt(head.substring(length + 16).split("\r")[0]);
        head.append(new String(in.readNBytes(body), StandardCharsets.ISO_8859_1));
        return head.toString();
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public List<String> heads() {
        return heads;
    }

    public int connections() {
        return connections.get();
    }

    /** Is counted down when a client has gone. */
    public CountDownLatch gone() {
        return gone;
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
