package dev.cordon.http;

import dev.cordon.wasi.EgressConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;

/**
 * A connection in the shape that the libraries of HTTP and TLS know. Only what they use of a socket
 * is there; its options have no effect, since waiting is the connection's business.
 */
final class EgressSocket extends Socket {
    /** Largest piece written at once, so that rates hold within a body. */
    private static final int PIECE = 16 * 1024;

    private final EgressConnection connection;
    private boolean probed;

    EgressSocket(EgressConnection connection) {
        this.connection = connection;
    }

    /** Has reads wait for nothing, to see whether anything has come. */
    void probe(boolean next) {
        probed = next;
    }

    @Override
    public InputStream getInputStream() {
        return new Input();
    }

    @Override
    public OutputStream getOutputStream() {
        return new Output();
    }

    @Override
    public synchronized void close() {
        connection.close();
    }

    @Override
    public boolean isClosed() {
        return !connection.isOpen();
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public InetAddress getInetAddress() {
        return connection.address().getAddress();
    }

    @Override
    public int getPort() {
        return connection.address().getPort();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return connection.address();
    }

    @Override
    public void shutdownInput() {
        connection.close();
    }

    @Override
    public void shutdownOutput() {
        connection.close();
    }

    @Override
    public boolean isInputShutdown() {
        return isClosed();
    }

    @Override
    public boolean isOutputShutdown() {
        return isClosed();
    }

    @Override
    public synchronized void setSoTimeout(int millis) {
        // Waits end by the watch of the session.
    }

    @Override
    public synchronized int getSoTimeout() {
        return 0;
    }

    @Override
    public void setSoLinger(boolean on, int seconds) {
        // It is closed without waiting.
    }

    @Override
    public int getSoLinger() {
        return 0;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // The connection sends at once.
    }

    private final class Input extends InputStream {
        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return length == 0 ? 0 : connection.read(target, offset, length, !probed);
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    private final class Output extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            connection.write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] source, int offset, int length) throws IOException {
            for (int done = 0; done < length; done += PIECE) {
                connection.write(source, offset + done, Math.min(PIECE, length - done));
            }
        }

        @Override
        public void close() {
            connection.close();
        }
    }
}
