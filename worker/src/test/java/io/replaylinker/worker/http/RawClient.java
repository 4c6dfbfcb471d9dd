package io.replaylinker.worker.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A connection that sends what no proper client would. */
final class RawClient implements AutoCloseable {

    private static final int TIMEOUT_MS = 20_000;

    private static final Duration BETWEEN_BYTES = Duration.ofMillis(50);

    private final Socket socket;

    RawClient(int port) throws IOException {
        socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MS);
        socket.setSoTimeout(TIMEOUT_MS);
    }

    /** What the server says to this text, until it hangs up. */
    static String exchange(int port, String text) throws IOException {
        try (RawClient client = new RawClient(port)) {
            try {
                client.send(text);
            } catch (SocketException e) {
                // It has heard enough; what it said may still be there.
                return client.rest();
            }
            return client.rest();
        }
    }

    /** A whole request without body. */
    static String request(int port, String method, String path, String... headers) throws IOException {
        String more = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return exchange(port, method + " " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + more + "\r\n");
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Whether something of an answer has come. */
    boolean isAnswered() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    /** Sends a byte now and then until the server has ended the connection, and reads nothing; false if it does not in time. */
    boolean sendsUntilEnded() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MS);
        while (System.nanoTime() < deadline) {
            try {
                send("a");
            } catch (SocketException e) {
                return true;
            }
            LockSupport.parkNanos(BETWEEN_BYTES.toNanos());
        }
        return false;
    }

    /** Everything until the server ends the connection, in whichever way. */
    String rest() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                all.write(buffer, 0, read);
            }
        } catch (SocketException e) {
            // A reset is an end too.
            return all.toString(StandardCharsets.ISO_8859_1);
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
