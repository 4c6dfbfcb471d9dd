package io.replaylinker.embedded.engine;

import com.sun.jna.Library;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * The C interface of the engine, as declared in chdb.h of version 26.7. Lengths are {@code size_t}. Handles are opaque pointers that the
 * caller frees.
 */
interface ChdbLibrary extends Library {

    /** Must be called with 0 before any other function, so that the engine leaves the signal handlers of the JVM unchanged. */
    void chdb_set_signal_handlers_enabled(int enabled);

    /** Returns a pointer to the connection, or null on failure. The first connection boots the engine with {@code --path=DIR}. */
    @Nullable Pointer chdb_connect(int argc, String[] argv);

    void chdb_close_conn(Pointer connectionPointer);

    Pointer chdb_query_n(
            Pointer connection, byte[] query, NativeLong queryLength, byte[] format, NativeLong formatLength);

    Pointer chdb_stream_insert_n(
            Pointer connection, byte[] query, NativeLong queryLength, byte[] format, NativeLong formatLength);

    int chdb_stream_append(Pointer insert, byte[] data, NativeLong length);

    Pointer chdb_stream_done(Pointer insert);

    @Nullable String chdb_stream_insert_error(Pointer insert);

    void chdb_destroy_insert_stream(Pointer insert);

    int chdb_classify_query_n(
            Pointer connection,
            byte[] query,
            NativeLong queryLength,
            @Nullable Pointer database,
            NativeLong databaseLength,
            Pointer analysis);

    @Nullable Pointer chdb_result_buffer(Pointer result);

    NativeLong chdb_result_length(Pointer result);

    @Nullable String chdb_result_error(Pointer result);

    double chdb_result_elapsed(Pointer result);

    long chdb_result_rows_read(Pointer result);

    long chdb_result_bytes_read(Pointer result);

    long chdb_result_storage_rows_read(Pointer result);

    long chdb_result_storage_bytes_read(Pointer result);

    long chdb_result_rows_written(Pointer result);

    long chdb_result_bytes_written(Pointer result);

    void chdb_destroy_query_result(Pointer result);
}
