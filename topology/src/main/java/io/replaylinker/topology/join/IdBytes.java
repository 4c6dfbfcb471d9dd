package io.replaylinker.topology.join;

import io.replaylinker.schemas.Id;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Ids inside rows, of 16 bytes each; zeros where there is none. */
final class IdBytes {

    static final int BYTES = 16;

    private static final byte[] NIL = new byte[BYTES];

    private IdBytes() {}

    static byte[] of(@Nullable Id id) {
        return id == null ? NIL : id.bytes();
    }

    static Id read(ByteBuffer in) {
        byte[] bytes = new byte[BYTES];
        in.get(bytes);
        return new Id(bytes);
    }

    static @Nullable Id readNullable(ByteBuffer in) {
        Id id = read(in);
        return Arrays.equals(id.bytes(), NIL) ? null : id;
    }
}
