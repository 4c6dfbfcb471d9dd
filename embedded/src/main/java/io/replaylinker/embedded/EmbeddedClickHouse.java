package io.replaylinker.embedded;

import com.clickhouse.data.ClickHouseFormat;
import com.github.luben.zstd.Zstd;
import com.sun.jna.Native;
import io.replaylinker.embedded.engine.EngineServer;
import io.replaylinker.embedded.library.EngineLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jpountz.lz4.LZ4Factory;
import org.jspecify.annotations.Nullable;

/**
 * ClickHouse's own engine in a child process behind ClickHouse's HTTP interface on loopback. The first start fetches the engine with npm
 * (166 MB). Later starts take about a second.
 *
 * <p>clickhouse-jdbc and client-v2 work with it unchanged, including LZ4 compression. client-v2's {@code useHttpCompression} and ZSTD do
 * not work. There is one user, no TLS, no native protocol, no Keeper and no user management. The rights of the user can be configured.
 */
public final class EmbeddedClickHouse implements ClickHouseServer {

    private static final String USER = "default";
    private static final String PASSWORD = "";

    private final ChildJvm child;
    private final int port;
    private final Path work;

    private EmbeddedClickHouse(ChildJvm child, int port, Path work) {
        this.child = child;
        this.port = port;
        this.work = work;
    }

    /** Starts with a temporary data folder and a free port, without progress messages. */
    public static EmbeddedClickHouse start() {
        return start(new Options());
    }

    /** Starts with a data folder. It is created if it is missing, and kept when the server is closed. */
    public static EmbeddedClickHouse start(Path data) {
        return start(new Options().data(data));
    }

    /**
     * Starts the server.
     *
     * @throws PartUnavailableException with a one-line reason and remedy
     */
    public static EmbeddedClickHouse start(Options options) {
        Path library = EngineLibrary.locate(System.getenv(), options.progress);
        Path work = Folders.temporary("clickhouse");
        Path stderr = work.resolve("stderr.log");
        Path data = options.data == null ? work.resolve("data") : options.data;
        ChildJvm child = null;
        try {
            String config = config(options, work);
            child = ChildJvm.start(
                    jvmOptions(), classPath(), EngineServer.class, arguments(options, library, data, config), stderr);
            return new EmbeddedClickHouse(child, awaitPort(child, stderr), work);
        } catch (IOException e) {
            throw failed(
                    child,
                    work,
                    new PartUnavailableException("the embedded ClickHouse did not start: " + e.getMessage(), e));
        } catch (PartUnavailableException e) {
            throw failed(child, work, e);
        }
    }

    private static String config(Options options, Path work) throws IOException {
        if (options.configuration != null) {
            return options.configuration.toString();
        }
        return options.grants.isEmpty() && options.profile.isEmpty()
                ? ""
                : UserConfig.write(work, USER, options.grants, options.profile);
    }

    private static List<String> jvmOptions() {
        List<String> options = new ArrayList<>(List.of(
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                // Without this setting every response waits 40 ms for the client's delayed acknowledgement.
                "-Dsun.net.httpserver.nodelay=true",
                // A keep-alive connection must not close while a client is about to reuse it.
                "-Dsun.net.httpserver.idleInterval=3600"));
        if (Runtime.version().feature() >= 24) {
            options.add("--enable-native-access=ALL-UNNAMED");
        }
        return options;
    }

    /** Not the class path of this JVM: its logging would write to the child's stdout. */
    private static String classPath() {
        return ChildJvm.classPathOf(
                EngineServer.class, Native.class, ClickHouseFormat.class, LZ4Factory.class, Zstd.class);
    }

    private static List<String> arguments(Options options, Path library, Path data, String config) {
        return List.of(
                "--library=" + library,
                "--data=" + data,
                "--host=" + options.host,
                "--port=" + options.port,
                "--user=" + USER,
                "--password=" + PASSWORD,
                "--config=" + config);
    }

    private static int awaitPort(ChildJvm child, Path stderr) throws IOException {
        String line = child.readLine();
        while (line != null) {
            if (line.startsWith(EngineServer.READY)) {
                child.discardOutput();
                return Integer.parseInt(line.substring(EngineServer.READY.length()));
            }
            if (line.startsWith(EngineServer.FAILED)) {
                throw new PartUnavailableException(
                        "the embedded ClickHouse did not start: " + line.substring(EngineServer.FAILED.length()));
            }
            line = child.readLine();
        }
        List<String> output = Files.readAllLines(stderr);
        throw new PartUnavailableException("the embedded ClickHouse ended while it started"
                + (output.isEmpty() ? "" : ": " + output.get(output.size() - 1)));
    }

    private static PartUnavailableException failed(
            @Nullable ChildJvm child, Path work, PartUnavailableException reason) {
        if (child != null) {
            child.close();
        }
        Folders.delete(work);
        return reason;
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:clickhouse://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public String httpUrl() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public String user() {
        return USER;
    }

    @Override
    public String password() {
        return PASSWORD;
    }

    /** The process id of the server. */
    public long pid() {
        return child.pid();
    }

    /** Returns whether the server's process is still running. */
    public boolean isAlive() {
        return child.isAlive();
    }

    @Override
    public void close() {
        child.close();
        Folders.delete(work);
    }

    /** Options for starting the server. Each method returns a changed copy. */
    public static final class Options {

        private @Nullable Path data;
        private String host = "127.0.0.1";
        private int port;
        private List<String> grants = List.of();
        private Map<String, String> profile = Map.of();
        private @Nullable Path configuration;
        private Consumer<String> progress = line -> {};

        /** Sets the data folder. It is created if it is missing, and kept when the server is closed. Default: a temporary one. */
        public Options data(Path data) {
            this.data = data;
            return this;
        }

        /** Sets the address to listen on. Default: 127.0.0.1 and port 0, which is any free port. */
        public Options listen(String host, int port) {
            this.host = host;
            this.port = port;
            return this;
        }

        /**
         * Sets a file of ClickHouse's own server configuration, for example for {@code remote_servers}. It replaces the grants. Default:
         * none.
         */
        public Options configuration(Path configuration) {
            this.configuration = configuration;
            return this;
        }

        /**
         * Sets the grants of the one user. Default: all rights.
         *
         * @param grants such as {@code GRANT SELECT ON db.*}, without the user
         */
        public Options grants(List<String> grants) {
            this.grants = List.copyOf(grants);
            return this;
        }

        /** Sets the profile settings of the one user, such as {@code readonly}. Default: none. */
        public Options profile(Map<String, String> settings) {
            this.profile = Map.copyOf(settings);
            return this;
        }

        /** Sets the receiver of progress messages, one line each, while the engine is fetched. */
        public Options progress(Consumer<String> progress) {
            this.progress = progress;
            return this;
        }
    }
}
