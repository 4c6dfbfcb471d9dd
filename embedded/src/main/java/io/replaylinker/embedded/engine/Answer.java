package io.replaylinker.embedded.engine;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** The result of a finished query. The engine's memory holds it until it is closed. */
final class Answer implements AutoCloseable {

    private static final int COPY_BYTES = 1 << 20;
    private static final double NANOS_A_SECOND = 1e9;

    private final ChdbLibrary library;
    private final Pointer result;

    /** @throws EngineException if the result is an error; it is then freed at once */
    Answer(ChdbLibrary library, Pointer result) {
        this.library = library;
        this.result = result;
        String error = library.chdb_result_error(result);
        if (error != null) {
            close();
            throw EngineException.of(error);
        }
    }

    long length() {
        return library.chdb_result_length(result).longValue();
    }

    Summary summary() {
        long written = library.chdb_result_rows_written(result);
        return new Summary(
                library.chdb_result_storage_rows_read(result),
                library.chdb_result_storage_bytes_read(result),
                written,
                library.chdb_result_bytes_written(result),
                written > 0 ? written : library.chdb_result_rows_read(result),
                length(),
                (long) (library.chdb_result_elapsed(result) * NANOS_A_SECOND));
    }

    /** Copies in chunks, because a result may be larger than this JVM's heap. */
    void writeTo(OutputStream out) throws IOException {
        @Nullable Pointer buffer = library.chdb_result_buffer(result);
        long length = length();
        if (buffer == null || length == 0) {
            return;
        }
        byte[] piece = new byte[(int) Math.min(COPY_BYTES, length)];
        for (long offset = 0; offset < length; offset += piece.length) {
            int size = (int) Math.min(piece.length, length - offset);
            buffer.read(offset, piece, 0, size);
            out.write(piece, 0, size);
        }
    }

    @Override
    public void close() {
        library.chdb_destroy_query_result(result);
    }
}
