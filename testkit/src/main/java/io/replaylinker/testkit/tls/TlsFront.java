package io.replaylinker.testkit.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Speaks TLS on a loopback port and hands what it reads to a server that does not, byte for byte, as a proxy in front of it does.
 */
public final class TlsFront implements AutoCloseable {

    private final SSLServerSocket server;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsFront(SSLServerSocket server, int behind) {
        this.server = server;
        this.behind = behind;
    }

    /**
     * Starts to listen on a free port.
     *
     * @param port of the server behind it, on 127.0.0.1
     * @param identity that it shows
     * @throws IOException if it cannot listen
     */
    public static TlsFront of(int port, Identity identity) throws IOException {
        SSLServerSocket server = (SSLServerSocket)
                identity.context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TlsFront front = new TlsFront(server, port);
        run("tls-front", front::accept);
        return front;
    }

    /** Where it listens, on 127.0.0.1. */
    public int port() {
        return server.getLocalPort();
    }

    private void accept() throws IOException {
        while (true) {
            SSLSocket outside = (SSLSocket) server.accept();
            open.add(outside);
            run("tls-front-in", () -> connect(outside));
        }
    }

    /** First the handshake: whoever only wants to see that needs nobody behind it. */
    private void connect(SSLSocket outside) throws IOException {
        try (outside) {
            outside.startHandshake();
            try (Socket inside = new Socket(InetAddress.getLoopbackAddress(), behind)) {
                open.add(inside);
                run("tls-front-out", () -> copy(inside, outside));
                copy(outside, inside);
                open.remove(inside);
            }
        } finally {
            open.remove(outside);
        }
    }

    /** Until either side has ended; then both are closed, because nobody here speaks on after that. */
    private static void copy(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    /** What ends a connection is the business of its two ends; a handshake that fails is what tests are after. */
    private static void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Told to the ends by closing.
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }
}
