package io.replaylinker.local;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Where a dump comes from.
 *
 * @param name for messages
 */
record DumpSource(String name, Opening opening) {

    private static final String SAMPLE = "shop.ndjson";

    /** Opens the source; to be closed by the caller. */
    @FunctionalInterface
    interface Opening {
        InputStream open() throws IOException;
    }

    static DumpSource of(Path file) {
        return new DumpSource(file.toString(), () -> Files.newInputStream(file));
    }

    static DumpSource standardInput() {
        return new DumpSource("standard input", () -> new KeptOpen(System.in));
    }

    /** The small shop that comes with the program. */
    static DumpSource sample() {
        return new DumpSource(
                "the bundled sample",
                () -> Objects.requireNonNull(DumpSource.class.getResourceAsStream(SAMPLE), SAMPLE));
    }

    InputStream open() throws IOException {
        return opening.open();
    }

    /** Keeps standard input open, which this program must not close. */
    private static final class KeptOpen extends FilterInputStream {

        KeptOpen(InputStream input) {
            super(input);
        }

        @Override
        public void close() {}
    }
}
