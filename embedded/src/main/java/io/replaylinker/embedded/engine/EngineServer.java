package io.replaylinker.embedded.engine;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * The main class of the child process. It writes one line to stdout, {@code READY port} or {@code FAILED reason}, and serves until its
 * stdin ends, that is, until the parent closes it or dies.
 *
 * <p>Arguments have the form {@code --name=value}. {@code library} and {@code data} are paths. {@code host} and {@code port} are the
 * address to listen on (default: loopback and any free port). {@code user} and {@code password} are the accepted credentials.
 * {@code database} names a database to create. {@code config} is a file of the engine's own settings. With {@code until=signal} the server
 * runs until the process receives a signal instead, for a container, which has no stdin.
 */
public final class EngineServer {

    /** The parent waits for this prefix. */
    public static final String READY = "READY ";

    /** A one-line reason follows. */
    public static final String FAILED = "FAILED ";

    private EngineServer() {}

    public static void main(String[] args) {
        Map<String, String> options = options(args);
        try {
            serve(options);
            awaitEnd(options);
            // The engine is not shut down in an orderly way: every insert is on disk when its response is sent.
            leave(0);
        } catch (BindException e) {
            fail("port " + options.get("port") + " on " + options.get("host")
                    + " is taken; free it or choose another (0 takes any free one)");
        } catch (IOException | RuntimeException | UnsatisfiedLinkError e) {
            fail(String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString()));
        }
    }

    private static Map<String, String> options(String[] args) {
        Map<String, String> options = new LinkedHashMap<>(Map.of(
                "host",
                "127.0.0.1",
                "port",
                "0",
                "user",
                "default",
                "password",
                "",
                "database",
                "",
                "config",
                "",
                "until",
                "stdin-ends"));
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("not --name=value: " + arg);
            }
            options.put(arg.substring(2, equals), arg.substring(equals + 1));
        }
        return options;
    }

    private static void serve(Map<String, String> options) throws IOException {
        Path data = Files.createDirectories(Path.of(required(options, "data"))).toRealPath();
        // Bound before the engine boots, so that a port in use is reported at once.
        HttpServer server = HttpServer.create(
                new InetSocketAddress(
                        InetAddress.getByName(required(options, "host")), Integer.parseInt(required(options, "port"))),
                0);
        lock(data);
        Engine engine =
                Engine.open(Path.of(required(options, "library")), data.resolve("store"), required(options, "config"));
        Credentials owner = new Credentials(required(options, "user"), required(options, "password"));
        engine.createDatabase(required(options, "database"));
        server.createContext("/", new HttpBridge(engine, owner));
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        System.out.println(READY + server.getAddress().getPort());
    }

    /** Held until the process ends. Two engines with one folder would destroy the data. */
    @SuppressWarnings("resource")
    private static void lock(Path data) throws IOException {
        FileChannel channel =
                FileChannel.open(data.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            lock = null;
        }
        if (lock == null) {
            throw new IOException("the data folder " + data + " is used by another process; choose another");
        }
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException("--" + name + "=... is missing");
        }
        return value;
    }

    private static void awaitEnd(Map<String, String> options) throws IOException {
        if ("signal".equals(options.get("until"))) {
            try {
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return;
        }
        while (System.in.read() >= 0) {
            // The content of stdin has no meaning. Only its end counts.
        }
    }

    private static void fail(String reason) {
        System.out.println(FAILED + reason);
        leave(1);
    }

    /**
     * Ends the process without the exit handlers of the C library, which {@link Runtime#halt} runs too. They destroy the engine's global
     * objects while its threads still use them, and the process crashes.
     */
    private static void leave(int exitCode) {
        System.out.flush();
        Function.getFunction(Platform.C_LIBRARY_NAME, "_exit").invokeVoid(new Object[] {exitCode});
    }
}
