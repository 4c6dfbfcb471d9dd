package io.replaylinker.embedded.engine;

import com.sun.jna.Memory;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A session of the engine, with its own current database and settings. Opening one takes a fraction of a millisecond. A connection is not
 * thread-safe, but several connections can run in parallel.
 */
final class EngineConnection implements AutoCloseable {

    private static final int APPEND_BYTES = 1 << 20;
    private static final int ANALYSIS_BYTES = 16;
    private static final int STATEMENT_COUNT_OFFSET = 4;
    private static final byte[] NO_FORMAT = "TabSeparated".getBytes(StandardCharsets.US_ASCII);

    private final ChdbLibrary library;
    private final Pointer outer;
    private final Pointer connection;

    /** @param outer result of {@code chdb_connect}: a pointer to the connection pointer, needed again to close it */
    EngineConnection(ChdbLibrary library, Pointer outer) {
        this.library = library;
        this.outer = outer;
        this.connection = outer.getPointer(0);
    }

    void use(String database) {
        execute("USE " + identifier(database));
    }

    static String identifier(String name) {
        return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
    }

    /** @throws EngineException with code 115 for an unknown setting */
    void set(Map<String, String> settings) {
        if (!settings.isEmpty()) {
            execute(settings.entrySet().stream()
                    .map(setting -> setting.getKey() + " = '" + quoted(setting.getValue()) + "'")
                    .collect(Collectors.joining(", ", "SET ", "")));
        }
    }

    void reset(Collection<String> settings) {
        if (!settings.isEmpty()) {
            execute(settings.stream().map(name -> name + " = DEFAULT").collect(Collectors.joining(", ", "SET ", "")));
        }
    }

    private static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("'", "\\'");
    }

    private void execute(String sql) {
        query(sql.getBytes(StandardCharsets.UTF_8), NO_FORMAT).close();
    }

    /** Runs one statement and waits for its end. */
    Answer query(byte[] sql, String format) {
        return query(sql, format.getBytes(StandardCharsets.UTF_8));
    }

    private Answer query(byte[] sql, byte[] format) {
        return new Answer(library, library.chdb_query_n(connection, sql, length(sql), format, length(format)));
    }

    /** Returns the number of statements in the text; 0 if it cannot be parsed. */
    int statements(byte[] sql) {
        try (Memory analysis = new Memory(ANALYSIS_BYTES)) {
            analysis.clear();
            analysis.setInt(0, ANALYSIS_BYTES);
            library.chdb_classify_query_n(connection, sql, length(sql), null, new NativeLong(0), analysis);
            return analysis.getInt(STATEMENT_COUNT_OFFSET);
        }
    }

    /**
     * Inserts rows from a stream. They become one sequence of blocks in one INSERT, as on a server.
     *
     * @param sql the statement without its FORMAT clause
     */
    Answer insert(byte[] sql, String format, InputStream rows) throws IOException {
        byte[] formatName = format.getBytes(StandardCharsets.UTF_8);
        Pointer insert = library.chdb_stream_insert_n(connection, sql, length(sql), formatName, length(formatName));
        try {
            String error = library.chdb_stream_insert_error(insert);
            if (error != null) {
                throw EngineException.of(error);
            }
            append(insert, rows);
            return new Answer(library, library.chdb_stream_done(insert));
        } finally {
            // Cancels the insert if the stream was not finished: rows of an incomplete upload are not inserted.
            library.chdb_destroy_insert_stream(insert);
        }
    }

    private void append(Pointer insert, InputStream rows) throws IOException {
        byte[] buffer = new byte[APPEND_BYTES];
        int read = rows.readNBytes(buffer, 0, buffer.length);
        // A failed append only ends the loop. The engine reports the reason when the stream is finished.
        while (read > 0 && library.chdb_stream_append(insert, buffer, new NativeLong(read)) == 0) {
            read = rows.readNBytes(buffer, 0, buffer.length);
        }
    }

    private static NativeLong length(byte[] bytes) {
        return new NativeLong(bytes.length);
    }

    @Override
    public void close() {
        library.chdb_close_conn(outer);
    }
}
