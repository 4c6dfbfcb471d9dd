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

/** A TLS proxy on a loopback port. It forwards the decrypted bytes to a server that does not support TLS. */
public final class TlsFront implements AutoCloseable {

    private final SSLServerSocket server;
    private final int behind;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private TlsFront(SSLServerSocket server, int behind) {
        this.server = server;
        this.behind = behind;
    }

    /**
     * Starts listening on a free port.
     *
     * @param port of the server behind it, on 127.0.0.1
     * @param identity that it presents
     * @throws IOException if it cannot listen
     */
    public static TlsFront of(int port, Identity identity) throws IOException {
        SSLServerSocket server = (SSLServerSocket)
                identity.context().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        TlsFront front = new TlsFront(server, port);
        run("tls-front", front::accept);
        return front;
    }

    /** The port on 127.0.0.1. */
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

    /** The handshake comes first, so a test of the handshake needs no server behind the proxy. */
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

    /** Copies until either side ends. Then both connections are closed, because neither is used any further. */
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

    /** Ignores failures of a connection, because its two ends see them. Tests provoke failed handshakes. */
    private static void run(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException e) {
                        // Closing the connection has informed both ends.
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
