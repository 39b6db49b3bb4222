package dev.cordon.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Takes connections and says nothing. */
final class SilentServer implements AutoCloseable {
    private final ServerSocket listener =
            new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    private final List<Socket> taken = new ArrayList<>();

    SilentServer(CountDownLatch asked) throws IOException {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                while (true) {
                                    taken.add(listener.accept());
                                    asked.countDown();
                                }
                            } catch (IOException closed) {
                                asked.countDown();
                            }
                        });
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : taken) {
            socket.close();
        }
    }
}
