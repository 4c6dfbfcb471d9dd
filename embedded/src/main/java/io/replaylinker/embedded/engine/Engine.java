package io.replaylinker.embedded.engine;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The engine in this process. It boots once, with one data folder, and runs until the process ends. */
final class Engine implements AutoCloseable {

    private final ChdbLibrary library;
    private final String[] arguments;
    // One connection stays open, because closing the last one would shut the engine down.
    private final EngineConnection keepAlive;
    private final String version;
    private final String timezone;

    private Engine(ChdbLibrary library, Path data, String configFile) {
        this.library = library;
        this.arguments = configFile.isEmpty()
                ? new String[] {"clickhouse", "--path=" + data}
                : new String[] {"clickhouse", "--path=" + data, "--config-file=" + configFile};
        this.keepAlive = connect();
        this.version = ask("SELECT version()");
        this.timezone = ask("SELECT timezone()");
    }

    /**
     * Boots the engine.
     *
     * @param configFile ClickHouse's own configuration file, empty for none
     * @throws UnsatisfiedLinkError if the file is not a library for this machine
     */
    static Engine open(Path libraryFile, Path data, String configFile) {
        ChdbLibrary library = Native.load(libraryFile.toString(), ChdbLibrary.class);
        library.chdb_set_signal_handlers_enabled(0);
        return new Engine(library, data, configFile);
    }

    /** Opens a session with the engine's default settings, in the database {@code default}. */
    EngineConnection connect() {
        Pointer outer = library.chdb_connect(arguments.length, arguments);
        if (outer == null) {
            throw EngineException.of("the engine refuses a connection; its data folder is damaged or in use");
        }
        return new EngineConnection(library, outer);
    }

    /** Creates a database if it does not exist. Does nothing for an empty name. */
    void createDatabase(String name) {
        if (!name.isEmpty()) {
            ask("CREATE DATABASE IF NOT EXISTS " + EngineConnection.identifier(name));
        }
    }

    private String ask(String sql) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Answer answer = keepAlive.query(sql.getBytes(StandardCharsets.UTF_8), "TabSeparated")) {
            answer.writeTo(out);
        } catch (IOException e) {
            throw new IllegalStateException("memory does not fail to write", e);
        }
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    /** The ClickHouse version, such as {@code 26.7.2.1}. */
    String version() {
        return version;
    }

    /** The name of the server's time zone. */
    String timezone() {
        return timezone;
    }

    @Override
    public void close() {
        keepAlive.close();
    }
}
